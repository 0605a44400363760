import { mkdtemp, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addToCache, cacheEntry, cacheRoot, isCached, type CacheEntry } from './binary-cache.ts';

let root: string;
let entry: CacheEntry;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'naru-cache-'));
  entry = cacheEntry(root, { product: 'kubernetes', version: '1.36.3' }, 'etcd');
});
afterEach(() => rm(root, { recursive: true, force: true }));

const write = (text: string) => (path: string) => writeFile(path, text);

it.each([
  [{ NARU_CACHE: '/n', XDG_CACHE_HOME: '/x', HOME: '/h' }, '/n'],
  [{ XDG_CACHE_HOME: '/x', HOME: '/h' }, '/x/naru'],
  [{ HOME: '/h' }, '/h/.cache/naru'],
])('lies where %j says', (environment, path) => {
  expect(cacheRoot(environment)).toBe(path);
});

it('keeps versions apart', () => {
  const other = cacheEntry(root, { product: 'kubernetes', version: '1.34.4' }, 'etcd');
  expect(other.path).not.toBe(entry.path);
});

it('has what was added, executable and nothing else beside it', async () => {
  expect(await isCached(entry)).toBe(false);
  await addToCache(entry, write('binary'));
  expect(await isCached(entry)).toBe(true);
  expect((await stat(entry.path)).mode & 0o777).toBe(0o755);
  expect((await readdir(entry.folder)).sort()).toEqual(['etcd', 'etcd.seal']);
});

it('keeps nothing of a binary that could not be made', async () => {
  const failing = addToCache(entry, async (path) => {
    await writeFile(path, 'half a bina');
    throw new Error('the disk is full');
  });
  await expect(failing).rejects.toThrow('the disk is full');
  expect(await readdir(entry.folder)).toEqual([]);
  expect(await isCached(entry)).toBe(false);
});

it('clears away what a killed builder has left', async () => {
  await addToCache(entry, write('binary'));
  await writeFile(join(entry.folder, '.draft-from-somebody'), 'half');
  await addToCache(cacheEntry(root, { product: 'kubernetes', version: '1.36.3' }, 'kubectl'), write('other'));
  expect((await readdir(entry.folder)).sort()).toEqual(['etcd', 'etcd.seal', 'kubectl', 'kubectl.seal']);
});

describe('a binary that changed in the cache', () => {
  beforeEach(() => addToCache(entry, write('a whole binary')));

  it('is refused and removed when it was cut short', async () => {
    await truncate(entry.path, 5);
    expect(await isCached(entry)).toBe(false);
    expect(await readdir(entry.folder)).toEqual([]);
  });

  it('is refused when its content is another of the same length', async () => {
    await writeFile(entry.path, 'a whole bimary');
    await utimes(entry.path, new Date(), new Date(Date.now() - 60_000));
    expect(await isCached(entry)).toBe(false);
  });

  it('is accepted when only its time differs, as after a copy', async () => {
    await utimes(entry.path, new Date(), new Date(0));
    expect(await isCached(entry)).toBe(true);
    expect(await readFile(entry.path, 'utf8')).toBe('a whole binary');
  });

  it.each(['', '{', '{"bytes":14}'])('is refused when its seal reads %j', async (seal) => {
    await writeFile(`${entry.path}.seal`, seal);
    expect(await isCached(entry)).toBe(false);
  });
});
