import { NaruError } from '@naru/core';
import type { BinarySource, Environment, RehearsalEvent } from '../control-plane.ts';
import { openArchives, type Archives } from './archive.ts';
import { chooseVersion, findInAssets, type Assets } from './assets.ts';
import { addToCache, cacheEntry, cacheRoot, isCached, type CacheEntry } from './binary-cache.ts';
import { withLock } from './cache-lock.ts';
import { findGo, type GoBuilder } from './go-build.ts';
import { recipeOf, type BinaryName, type Recipe } from './recipe.ts';

export interface LocateOptions {
  readonly names: readonly BinaryName[];
  /** As in `ControlPlaneOptions`. */
  readonly kube?: string | undefined;
  readonly environment: Environment;
  readonly onProgress?: ((event: RehearsalEvent) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface LocatedBinaries {
  readonly kubernetesVersion: string;
  readonly paths: ReadonlyMap<BinaryName, string>;
}

/**
 * Finds every binary, and fetches those that the host does not have: from the folder `KUBEBUILDER_ASSETS`, from our
 * cache, from the official archive (checksum verified), or built from Go modules. Fails with `BINARY_UNAVAILABLE`,
 * which names what was tried, at the first that cannot be had.
 */
export async function locateBinaries(options: LocateOptions): Promise<LocatedBinaries> {
  const { names, kube, environment, onProgress = () => undefined, signal = new AbortController().signal } = options;
  const { kubernetesVersion, assets } = await chooseVersion(kube, environment);
  const search: Search = { environment, onProgress, signal, kubernetesVersion, assets, fetchers: undefined };
  const paths = new Map<BinaryName, string>();
  try {
    // One after the other: compilers and downloads use the whole machine each.
    for (const name of names) paths.set(name, await locate(name, search));
  } finally {
    await search.fetchers?.close();
  }
  return { kubernetesVersion, paths };
}

/** The state of one search. Archives and Go are looked for once, and only when something is missing. */
interface Search {
  readonly environment: Environment;
  readonly onProgress: (event: RehearsalEvent) => void;
  readonly signal: AbortSignal;
  readonly kubernetesVersion: string;
  readonly assets: Assets | undefined;
  fetchers: Fetchers | undefined;
}

interface Fetchers {
  readonly archives: Archives;
  readonly go: GoBuilder | undefined;
  close(): Promise<void>;
}

async function locate(name: BinaryName, search: Search): Promise<string> {
  const startedAt = Date.now();
  const recipe = recipeOf(name, search.kubernetesVersion);
  const found = (path: string, from: BinarySource): string => {
    const durationMs = Date.now() - startedAt;
    search.onProgress({ kind: 'binary-ready', binary: name, version: recipe.version, from, durationMs });
    return path;
  };

  const own = await findInAssets(search.assets, name);
  if (own !== undefined) return found(own, 'assets');
  const entry = cacheEntry(cacheRoot(search.environment), recipe, name);
  if (await isCached(entry)) return found(entry.path, 'cache');

  try {
    return await withLock(entry.folder, search.signal, async () => {
      if (await isCached(entry)) return found(entry.path, 'cache'); // somebody else made it while we waited
      return found(entry.path, await obtain(name, recipe, entry, search));
    });
  } catch (error) {
    search.signal.throwIfAborted();
    if (error instanceof NaruError) throw error;
    const tried = `cache: ${reasonOf(error)}`;
    throw new NaruError('BINARY_UNAVAILABLE', { binary: name, version: recipe.version, tried }, { cause: error });
  }
}

async function obtain(name: BinaryName, recipe: Recipe, entry: CacheEntry, search: Search): Promise<BinarySource> {
  const { archives, go } = (search.fetchers ??= await openFetchers(search));
  const tried = [
    search.assets === undefined ? 'KUBEBUILDER_ASSETS: not set or another version' : 'KUBEBUILDER_ASSETS: not there',
  ];
  const announce = (from: BinarySource): void =>
    search.onProgress({ kind: 'binary-fetching', binary: name, version: recipe.version, from });

  const attempts: [BinarySource, string, (path: string) => Promise<void>][] = [
    ['archive', 'archive', (path) => archives.fetch(name, recipe.version, path)],
    ['go', 'Go', (path) => (go === undefined ? Promise.reject(new Error('not installed')) : go.build(recipe, path))],
  ];
  for (const [source, label, make] of attempts) {
    try {
      announce(source);
      await addToCache(entry, make);
      return source;
    } catch (error) {
      search.signal.throwIfAborted();
      tried.push(`${label}: ${reasonOf(error)}`);
    }
  }
  throw new NaruError('BINARY_UNAVAILABLE', { binary: name, version: recipe.version, tried: tried.join('; ') });
}

async function openFetchers({ environment, signal }: Search): Promise<Fetchers> {
  const archives = openArchives(environment, signal);
  const go = await findGo(environment, signal);
  return {
    archives,
    go,
    close: async () => void (await Promise.all([archives.close(), go?.close()])),
  };
}

/** The last line that a failed compiler wrote says why; of other errors it is the message. */
function reasonOf(error: unknown): string {
  const { stderr, message } = error as { readonly stderr?: string; readonly message?: string };
  const lines = (stderr ?? '').split('\n').filter((line) => line.trim() !== '' && !line.startsWith('go: downloading'));
  return lines.at(-1)?.trim() ?? message ?? String(error);
}
