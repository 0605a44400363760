import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Environment } from '../control-plane.ts';

const DRAFT = '.draft-';

/** One binary in the cache, or its place there. */
export interface CacheEntry {
  readonly folder: string;
  readonly path: string;
}

/** What was true of a binary when it was put into the cache. */
interface Seal {
  readonly bytes: number;
  readonly mtimeMs: number;
  readonly sha256: string;
}

/** `$NARU_CACHE`, or `naru` in the user's cache folder. */
export function cacheRoot(environment: Environment): string {
  const { NARU_CACHE, XDG_CACHE_HOME, HOME } = environment;
  return NARU_CACHE ?? join(XDG_CACHE_HOME ?? join(HOME ?? homedir(), '.cache'), 'naru');
}

/** The place of a binary; versions, systems and processors lie side by side. */
export function cacheEntry(root: string, recipe: { product: string; version: string }, name: string): CacheEntry {
  const folder = join(root, recipe.product, recipe.version, `${process.platform}-${process.arch}`);
  return { folder, path: join(folder, name) };
}

/**
 * Whether the binary is there and whole. Size and time are compared with its seal, since reading 400 MB before every
 * rehearsal would cost half a second; when they differ the content decides. What is not whole is removed.
 */
export async function isCached(entry: CacheEntry): Promise<boolean> {
  const found = await stat(entry.path).catch(() => undefined);
  if (found === undefined) return false;
  const seal = await readSeal(entry);
  if (seal !== undefined && found.size === seal.bytes) {
    if (found.mtimeMs === seal.mtimeMs) return true;
    if ((await digestOf(entry.path)) === seal.sha256) return true;
  }
  await rm(entry.path, { force: true });
  await rm(sealPath(entry), { force: true });
  return false;
}

/**
 * Lets `make` write the binary under a name that nobody looks for, then seals it and renames it into its place. So
 * whoever reads the cache meanwhile finds all of it or nothing. The caller holds the lock of the folder, so drafts that
 * lie there were left by somebody who was killed.
 */
export async function addToCache(entry: CacheEntry, make: (path: string) => Promise<void>): Promise<void> {
  await mkdir(entry.folder, { recursive: true });
  for (const left of (await readdir(entry.folder)).filter((name) => name.startsWith(DRAFT))) {
    await rm(join(entry.folder, left), { force: true });
  }
  const draft = join(entry.folder, `${DRAFT}${randomUUID()}`);
  try {
    await make(draft);
    await chmod(draft, 0o755);
    const { size, mtimeMs } = await stat(draft);
    const seal: Seal = { bytes: size, mtimeMs, sha256: await digestOf(draft) };
    await writeFile(`${draft}.seal`, JSON.stringify(seal));
    await rename(`${draft}.seal`, sealPath(entry));
    await rename(draft, entry.path);
  } finally {
    await rm(draft, { force: true });
    await rm(`${draft}.seal`, { force: true });
  }
}

function sealPath({ path }: CacheEntry): string {
  return `${path}.seal`;
}

async function readSeal(entry: CacheEntry): Promise<Seal | undefined> {
  try {
    return JSON.parse(await readFile(sealPath(entry), 'utf8')) as Seal;
  } catch {
    return undefined; // absent or unreadable: the binary has to prove itself by being made again
  }
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), hash);
  return hash.digest('hex');
}
