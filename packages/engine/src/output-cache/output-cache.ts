import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../kube/target.ts';
import { cacheRoot } from '../rehearsal/binary/binary-cache.ts';

/**
 * What charts were rendered to, found by a digest of everything that the text follows from.
 *
 * It only ever saves work: an entry that is damaged counts as absent, and a disk that refuses to be written is none of the
 * caller's business. Texts may hold Secrets, so nobody else may read them.
 */
export interface OutputCache {
  readonly read: (key: string) => string | undefined;
  readonly add: (key: string, text: string) => void;
  /** Removes the oldest entries until the bounds are kept; to be called once after texts were added. */
  readonly trim: () => void;
}

export interface OutputCacheBounds {
  readonly bytes: number;
  readonly entries: number;
}

const BOUNDS: OutputCacheBounds = { bytes: 256 * 1024 * 1024, entries: 5000 };
/** Trimming goes below the bounds, so that it is not due again with the next text. */
const TRIMMED_SHARE = 0.75;

/** Touches nothing yet. */
export function openOutputCache(environment: Environment, bounds: OutputCacheBounds = BOUNDS): OutputCache {
  const folder = join(cacheRoot(environment), 'rendered');
  return {
    read: (key) => attempt(() => unseal(readFileSync(join(folder, key), 'utf8'))),
    add: (key, text) => {
      attempt(() => {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        const draft = join(folder, `.${randomUUID()}`);
        try {
          writeFileSync(draft, `${digestOf(text)}\n${text}`, { mode: 0o600 });
          renameSync(draft, join(folder, key));
        } finally {
          rmSync(draft, { force: true });
        }
      });
    },
    trim: () => {
      attempt(() => removeOldest(folder, bounds));
    },
  };
}

/** A key of the cache: equal parts give equal keys. */
export function outputKey(parts: readonly unknown[]): string {
  return digestOf(JSON.stringify(parts));
}

/** A digest of files by their names and contents, in whatever order they come. */
export function filesDigest(files: ReadonlyMap<string, Uint8Array>): string {
  const hash = createHash('sha256');
  for (const name of [...files.keys()].toSorted()) {
    const bytes = files.get(name) ?? new Uint8Array();
    hash.update(JSON.stringify([name, bytes.length])).update(bytes);
  }
  return hash.digest('hex');
}

/** The digest stands in the first line, so that a text that was cut off or changed is known as such. */
function unseal(sealed: string): string | undefined {
  const end = sealed.indexOf('\n');
  const text = sealed.slice(end + 1);
  return end > 0 && sealed.slice(0, end) === digestOf(text) ? text : undefined;
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function removeOldest(folder: string, { bytes, entries }: OutputCacheBounds): void {
  const found = readdirSync(folder).flatMap((name) => {
    const info = attempt(() => statSync(join(folder, name)));
    return info === undefined ? [] : [{ name, bytes: info.size, mtimeMs: info.mtimeMs }];
  });
  let [left, total] = [found.length, found.reduce((sum, entry) => sum + entry.bytes, 0)];
  if (left <= entries && total <= bytes) return;
  for (const entry of found.toSorted((a, b) => a.mtimeMs - b.mtimeMs)) {
    if (left <= entries * TRIMMED_SHARE && total <= bytes * TRIMMED_SHARE) return;
    rmSync(join(folder, entry.name), { force: true });
    left -= 1;
    total -= entry.bytes;
  }
}

/** Undefined when the disk refuses. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}
