import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RehearsalEvent } from '../control-plane.ts';
import { addToCache, cacheEntry } from './binary-cache.ts';
import { locateBinaries, type LocateOptions } from './locate-binaries.ts';
import { LEVEL_BINARIES, recipeOf, type BinaryName } from './recipe.ts';

let root: string;
let environment: Record<string, string>;
let events: RehearsalEvent[];

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'naru-locate-'));
  events = [];
  // No Go, and a proxy that nobody listens on instead of the internet.
  environment = { PATH: join(root, 'bin'), NARU_CACHE: join(root, 'cache'), HTTPS_PROXY: 'http://127.0.0.1:1' };
});
afterEach(() => rm(root, { recursive: true, force: true }));

const locate = (names: readonly BinaryName[], options: Partial<LocateOptions> = {}) =>
  locateBinaries({ names, environment, onProgress: (event) => void events.push(event), ...options });

async function script(path: string, text: string): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, `#!/bin/sh\n${text}\n`);
  await chmod(path, 0o755);
}

async function provideAssets(version: string, ...names: string[]): Promise<string> {
  const folder = join(root, 'assets');
  await script(join(folder, 'kube-apiserver'), `echo Kubernetes v${version}`);
  for (const name of names) await script(join(folder, name), 'exit 0');
  environment['KUBEBUILDER_ASSETS'] = folder;
  return folder;
}

const cached = async (name: BinaryName, version: string): Promise<string> => {
  const entry = cacheEntry(join(root, 'cache'), recipeOf(name, version), name);
  await addToCache(entry, (path) => writeFile(path, name));
  return entry.path;
};

it('takes what the user vouches for first, at its version', async () => {
  const folder = await provideAssets('1.33.1', 'etcd');
  await cached('etcd', '1.33.1');
  const { kubernetesVersion, paths } = await locate(['etcd', 'kube-apiserver']);
  expect(kubernetesVersion).toBe('1.33.1');
  expect([...paths.values()]).toEqual([join(folder, 'etcd'), join(folder, 'kube-apiserver')]);
});

it('takes what the folder lacks from the cache, at the same version', async () => {
  await provideAssets('1.33.1');
  const path = await cached('etcd', '1.33.1');
  expect((await locate(['etcd'])).paths.get('etcd')).toBe(path);
});

it('leaves the folder alone when another version is asked for', async () => {
  await provideAssets('1.33.1', 'etcd');
  const path = await cached('etcd', '1.34.4');
  const { kubernetesVersion, paths } = await locate(['etcd'], { kube: '1.34' });
  expect([kubernetesVersion, paths.get('etcd')]).toEqual(['1.34.4', path]);
});

it('uses the folder when its version is the one asked for', async () => {
  const folder = await provideAssets('1.34.4', 'etcd');
  expect((await locate(['etcd'], { kube: '1.34' })).paths.get('etcd')).toBe(join(folder, 'etcd'));
});

it.each(['/nowhere', ''])('ignores a folder that cannot tell its version (%j)', async (folder) => {
  environment['KUBEBUILDER_ASSETS'] = folder;
  const path = await cached('etcd', '1.36.3');
  expect((await locate(['etcd'])).paths.get('etcd')).toBe(path);
});

it('keeps versions side by side', async () => {
  await cached('etcd', '1.34.4');
  await cached('etcd', '1.36.3');
  const [old, recent] = await Promise.all([locate(['etcd'], { kube: '1.34' }), locate(['etcd'], { kube: '1.36' })]);
  expect(old.paths.get('etcd')).toContain('/kubernetes/1.34.4/');
  expect(recent.paths.get('etcd')).toContain('/kubernetes/1.36.3/');
});

it('names everything it has tried when there is no way', async () => {
  await expect(locate(['etcd'])).rejects.toMatchObject({
    code: 'BINARY_UNAVAILABLE',
    details: { binary: 'etcd', version: '1.36.3', tried: expect.stringContaining('Go: not installed') },
  });
  expect(events.map((event) => ('from' in event ? event.from : ''))).toEqual(['archive', 'go']);
});

it('says so when it may not write to the cache', async () => {
  environment['NARU_CACHE'] = '/dev/null/cache';
  await expect(locate(['etcd'])).rejects.toThrow(/cache: .*ENOTDIR/);
});

it('says why the compiler gave up', async () => {
  await script(
    join(root, 'bin', 'go'),
    '[ "$1" = version ] || { echo "go: downloading x" >&2; echo "no space left" >&2; exit 1; }',
  );
  await expect(locate(['pause'])).rejects.toThrow('Go: no space left');
});

it('builds with Go what is nowhere else, once', async () => {
  // A compiler that writes its last flag but one, `-o OUTPUT PACKAGE`.
  await script(
    join(root, 'bin', 'go'),
    'case $1 in version) ;; build) while [ "$1" != -o ]; do shift; done; echo "#!/bin/sh" >"$2";; esac',
  );
  const [one, two] = await Promise.all([locate(['pause']), locate(['pause'])]);
  expect(one.paths).toEqual(two.paths);
  const ready = events.filter((event) => event.kind === 'binary-ready').map(({ from }) => from);
  expect(ready.sort()).toEqual(['cache', 'go']);
  expect((await locate(['pause'])).paths).toEqual(one.paths);
});

it('stops when it is told to', async () => {
  await script(join(root, 'bin', 'go'), '[ "$1" = version ] || exec sleep 30');
  environment['PATH'] += ':/usr/bin:/bin';
  const signal = AbortSignal.timeout(400);
  const before = Date.now();
  await expect(locate(['pause'], { signal })).rejects.toThrow(/timeout/i);
  expect(Date.now() - before).toBeLessThan(5000);
});

it('knows how to make every binary of every level', () => {
  for (const name of new Set(Object.values(LEVEL_BINARIES).flat())) {
    const { product, version, build } = recipeOf(name, '1.34.4');
    expect(version).toMatch(/^\d/);
    expect(build.module === undefined || /^[\w./-]+@v\d/.test(build.module)).toBe(true);
    if (product === 'kubernetes') expect(version).toBe('1.34.4');
  }
});
