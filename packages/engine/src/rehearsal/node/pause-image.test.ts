import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { PAUSE_IMAGE, writePauseImage } from './pause-image.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'naru-pause-'));
});
afterEach(() => rm(folder, { recursive: true }));

it.each([0, 1, 511, 512, 513, 70_000])('is an archive that tar can read, with a program of %i bytes', async (size) => {
  const program = Buffer.alloc(size, 'x');
  await writeFile(join(folder, 'program'), program);
  await writePauseImage(join(folder, 'program'), join(folder, 'image.tar'));
  execFileSync('tar', ['-xf', 'image.tar'], { cwd: folder });
  const listing = execFileSync('tar', ['-tvf', 'layer.tar'], {
    cwd: folder,
    env: { TZ: 'UTC', PATH: '/usr/bin:/bin' },
  });
  expect(listing.toString()).toMatch(new RegExp(`^-rwxr-xr-x 0/0 +${size} 1970-01-01 00:00 pause\n$`));
  const layer = await readFile(join(folder, 'layer.tar'));
  const config = JSON.parse(await readFile(join(folder, 'config.json'), 'utf8')) as { rootfs: { diff_ids: string[] } };
  expect(config.rootfs.diff_ids).toEqual([`sha256:${createHash('sha256').update(layer).digest('hex')}`]);
  const manifest: unknown = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
  expect(manifest).toEqual([{ Config: 'config.json', RepoTags: [PAUSE_IMAGE], Layers: ['layer.tar'] }]);
});

it('is the same for the same program', async () => {
  await writeFile(join(folder, 'program'), 'program');
  await writePauseImage(join(folder, 'program'), join(folder, 'one.tar'));
  await writePauseImage(join(folder, 'program'), join(folder, 'two.tar'));
  expect(await readFile(join(folder, 'one.tar'))).toEqual(await readFile(join(folder, 'two.tar')));
});
