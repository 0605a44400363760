import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { collectTree } from './collect-tree.ts';
import type { ImageRecipe } from './image-recipe.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'naru-tree-'));
  for (const path of ['bin', 'usr/share/tool/man', 'usr/share/tool/bin'])
    mkdirSync(join(root, path), { recursive: true });
  write('bin/busybox', '#!/bin/sh\necho busybox; echo sh\n', 0o4755);
  write('usr/share/tool/man/tool.1', 'page', 0o644);
  write('usr/share/tool/bin/tool', 'program', 0o700);
  symlinkSync('tool', join(root, 'usr/share/tool/bin/alias'));
});
afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, text: string, mode: number): void {
  writeFileSync(join(root, path), text);
  chmodSync(join(root, path), mode);
}

const RECIPE: ImageRecipe = {
  name: 'tool',
  version: '1',
  packages: [],
  copy: ['/usr/share/tool'],
  omit: ['/man/'],
  links: { '/usr/bin/tool': '../share/tool/bin/tool' },
  files: [{ path: '/entry.sh', mode: 0o755, text: 'exec tool' }],
  directories: [{ path: '/data', mode: 0o700, uid: 1000 }],
  user: { name: 'tool', uid: 1000 },
  config: {},
};

it('puts together packages, the shell, and what the recipe brings', async () => {
  const tree = await collectTree(RECIPE, root);

  expect(tree.get('/usr/share/tool/bin/alias')).toEqual({ kind: 'link', target: 'tool' });
  expect(tree.get('/usr/bin/tool')).toEqual({ kind: 'link', target: '../share/tool/bin/tool' });
  expect(tree.get('/usr/bin/sh')).toEqual({ kind: 'link', target: 'busybox' });
  expect(tree.get('/bin')).toEqual({ kind: 'link', target: 'usr/bin' });
  expect(tree.get('/data')).toEqual({ kind: 'directory', mode: 0o700, uid: 1000 });
  expect(tree.get('/entry.sh')).toMatchObject({ kind: 'file', mode: 0o755 });
  expect(tree.get('/etc/passwd')).toMatchObject({
    content: Buffer.from('root:x:0:0:root:/:/bin/sh\ntool:x:1000:1000:tool:/:/bin/sh\n'),
  });
});

it('leaves out what the recipe omits', async () => {
  const tree = await collectTree(RECIPE, root);

  expect([...tree.keys()].filter((path) => path.includes('/man/'))).toEqual([]);
});

it('drops special bits: nothing in an image runs with more rights than its user', async () => {
  const tree = await collectTree(RECIPE, root);

  expect(tree.get('/usr/share/tool/bin/tool')).toMatchObject({ mode: 0o755 });
  expect(tree.get('/usr/bin/busybox')).toMatchObject({ mode: 0o755 });
});

it('refuses a root without busybox', async () => {
  rmSync(join(root, 'bin/busybox'));

  await expect(collectTree(RECIPE, root)).rejects.toThrow('no package brings');
});
