import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ImagesUnavailable } from './debian-root.ts';
import { ensureImages } from './ensure-images.ts';
import type { ImageRecipe } from './image-recipe.ts';
import { IMAGE_RECIPES } from './recipes.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'naru-ensure-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const RECIPE: ImageRecipe = {
  name: 'tool',
  version: '1',
  packages: ['tool'],
  copy: ['/usr/share/tool'],
  omit: ['/man/'],
  links: {},
  files: [],
  directories: [],
  user: { name: 'tool', uid: 1000 },
  config: {},
};

/** Stands in for Debian: `apt-get` knows the packages `tool` and `busybox-static`, and both programs note their calls. */
function fakeDebian({ updateFails = false } = {}): Record<string, string> {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const log = join(folder, 'calls');
  writeFileSync(
    join(bin, 'apt-get'),
    `#!/bin/sh
for word; do case $word in update|install|download) verb=$word;; esac; done
echo "apt-get $verb" >>${log}
case $verb in
  update) ${updateFails ? 'echo "E: no route to the mirror" >&2; exit 100' : ':'} ;;
  install) echo 'Inst busybox-static (1)'; echo 'Inst tool (1)'; echo 'Inst libllvm14 (1)' ;;
  download) for word; do case $word in *libllvm*) exit 1;; tool|busybox-static) : >$word.deb;; esac; done ;;
esac
`,
  );
  writeFileSync(
    join(bin, 'dpkg-deb'),
    `#!/bin/sh
mkdir -p "$3/bin" "$3/usr/share/tool/man"
echo page >"$3/usr/share/tool/man/tool.1"
echo data >"$3/usr/share/tool/data"
printf '#!/bin/sh\\necho busybox; echo sh; echo ls\\n' >"$3/bin/busybox"
chmod 755 "$3/bin/busybox"
`,
  );
  for (const name of readdirSync(bin)) chmodSync(join(bin, name), 0o755);
  return { PATH: `${bin}:/usr/bin:/bin`, NARU_CACHE: join(folder, 'cache') };
}

it('builds what the cache lacks, once', async () => {
  const environment = fakeDebian();
  const built: string[] = [];
  const onBuild = (references: readonly string[]): void => void built.push(...references);

  const [first] = await ensureImages([RECIPE], { environment, onBuild });
  const [second] = await ensureImages([RECIPE], { environment, onBuild });

  expect(built).toEqual(['registry.naru.test/tool:1']);
  expect(second).toBe(first);
  expect(statSync(first ?? '').size).toBeGreaterThan(1024);
});

it('builds again when the recipe changes', async () => {
  const environment = fakeDebian();
  const [before] = await ensureImages([RECIPE], { environment });
  const [after] = await ensureImages([{ ...RECIPE, config: { Cmd: ['tool'] } }], { environment });

  expect(after).not.toBe(before);
  expect(readdirSync(join(folder, 'cache/images'))).toHaveLength(2);
});

it('says which package source failed, and caches nothing', async () => {
  const environment = fakeDebian({ updateFails: true });

  const attempt = ensureImages([RECIPE], { environment });

  await expect(attempt).rejects.toThrow(ImagesUnavailable);
  await expect(attempt).rejects.toThrow(/apt-get ended with 100\nE: no route to the mirror/);
  expect(readdirSync(join(folder, 'cache/images'))).toEqual([]);
});

it('says that a file of the recipe is in no package', async () => {
  const environment = fakeDebian();

  const attempt = ensureImages([{ ...RECIPE, copy: ['/usr/bin/absent'] }], { environment });

  await expect(attempt).rejects.toThrow('no package brings /usr/bin/absent');
});

it('says that this is no Debian', async () => {
  const attempt = ensureImages([RECIPE], { environment: { PATH: folder, NARU_CACHE: folder } });

  await expect(attempt).rejects.toThrow('apt-get is not on this machine');
});

it('names every image once, with a user that is not root', () => {
  const names = IMAGE_RECIPES.map(({ name }) => name);

  expect(new Set(names).size).toBe(names.length);
  expect(IMAGE_RECIPES.filter(({ user }) => user.uid === 0)).toEqual([]);
});
