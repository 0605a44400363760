import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { NaruError } from '@naru/core';
import type { Environment } from '../kube/target.ts';
import { fileFault } from '../load/read-text.ts';
import { cacheRoot } from '../rehearsal/binary/binary-cache.ts';

/**
 * What was fetched from servers of charts, on this disk. Contents are found by their digest, and what changes (an index, the
 * tags of a chart) by its address. Each is written under a name that nobody looks for and renamed into its place, so processes
 * at the same time find all of it or nothing; and each proves itself when it is read: what is damaged counts as absent.
 */
export interface ChartCache {
  readonly content: (digest: string) => Promise<Uint8Array | undefined>;
  /** Gives the digest, `sha256:…`. */
  readonly addContent: (bytes: Uint8Array) => Promise<string>;
  readonly latest: (address: string) => Promise<Uint8Array | undefined>;
  readonly setLatest: (address: string, bytes: Uint8Array) => Promise<void>;
}

const DIGEST = /^sha256:([0-9a-f]{64})$/;
/** A draft this old belongs to nobody: its writer was killed. */
const ABANDONED_AFTER_MS = 3_600_000;

/** Touches nothing yet. Reading and writing throw `CHART_CACHE_UNUSABLE` when the disk refuses. */
export function openChartCache(environment: Environment): ChartCache {
  const root = join(cacheRoot(environment), 'charts');
  const write = async (path: string, bytes: Uint8Array): Promise<void> => {
    const drafts = join(root, 'drafts');
    try {
      // Charts may be fetched with somebody's credentials: others of this host have no business with them.
      await mkdir(drafts, { recursive: true, mode: 0o700 });
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await removeAbandoned(drafts);
      const draft = join(drafts, randomUUID());
      try {
        await writeFile(draft, bytes);
        await rename(draft, path);
      } finally {
        await rm(draft, { force: true });
      }
    } catch (error) {
      throw new NaruError('CHART_CACHE_UNUSABLE', { folder: root, reason: fileFault(error) }, { cause: error });
    }
  };
  const read = async (path: string): Promise<Uint8Array | undefined> => {
    try {
      return await readFile(path);
    } catch (error) {
      if (['ENOENT', 'ENOTDIR'].includes(fileFault(error))) return undefined;
      throw new NaruError('CHART_CACHE_UNUSABLE', { folder: root, reason: fileFault(error) }, { cause: error });
    }
  };
  const contentPath = (digest: string): string => join(root, 'contents', DIGEST.exec(digest)?.[1] ?? '-');
  const latestPath = (address: string): string =>
    join(root, 'latest', sha256Of(Buffer.from(address)).slice('sha256:'.length));
  return {
    content: async (digest) => {
      if (!DIGEST.test(digest)) return undefined;
      const bytes = await read(contentPath(digest));
      return bytes !== undefined && sha256Of(bytes) === digest ? bytes : undefined;
    },
    addContent: async (bytes) => {
      const digest = sha256Of(bytes);
      await write(contentPath(digest), bytes);
      return digest;
    },
    latest: async (address) => unseal(await read(latestPath(address))),
    setLatest: (address, bytes) => write(latestPath(address), seal(bytes)),
  };
}

/** The digest as registries write it. */
export function sha256Of(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** The digest stands in the first line, so that a file that was cut off or changed is known as such. */
function seal(bytes: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`${sha256Of(bytes)}\n`), bytes]);
}

function unseal(sealed: Uint8Array | undefined): Uint8Array | undefined {
  const end = sealed?.indexOf(0x0a) ?? -1;
  if (sealed === undefined || end === -1) return undefined;
  const bytes = sealed.subarray(end + 1);
  return Buffer.from(sealed.subarray(0, end)).toString('latin1') === sha256Of(bytes) ? bytes : undefined;
}

async function removeAbandoned(drafts: string): Promise<void> {
  for (const name of await readdir(drafts)) {
    const path = join(drafts, name);
    const found = await stat(path).catch(() => undefined);
    if (found !== undefined && Date.now() - found.mtimeMs > ABANDONED_AFTER_MS) await rm(path, { force: true });
  }
}
