import { expect, it } from 'vitest';
import { type ImageTree, mergedPath, sortedEntries } from './image-tree.ts';

it.each([
  ['/bin/sh', '/usr/bin/sh'],
  ['/lib64/ld.so', '/usr/lib64/ld.so'],
  ['/lib', '/usr/lib'],
  ['/library/x', '/library/x'],
  ['/usr/bin/sh', '/usr/bin/sh'],
])('puts %s at %s', (path, merged) => {
  expect(mergedPath(path)).toBe(merged);
});

it('adds the parents that nobody named, and keeps those that somebody did', () => {
  const tree: ImageTree = new Map([
    ['/data/deep/file', { kind: 'file', mode: 0o600, content: new Uint8Array() }],
    ['/data', { kind: 'directory', mode: 0o700, uid: 999 }],
  ]);

  expect(sortedEntries(tree)).toEqual([
    ['/data', { kind: 'directory', mode: 0o700, uid: 999 }],
    ['/data/deep', { kind: 'directory', mode: 0o755, uid: 0 }],
    ['/data/deep/file', { kind: 'file', mode: 0o600, content: new Uint8Array() }],
  ]);
});
