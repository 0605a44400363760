import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type ChartFiles, filterIgnored } from '@naru/chart';
import { NaruError, type Place } from '@naru/core';
import { unreadable } from './read-text.ts';

/** Helm's own limit for a chart (helm.sh/helm/v4 pkg/chart/loader/archive, MaxDecompressedChartSize) is 100 MiB. */
const CHART_LIMIT_BYTES = 100 * 1024 * 1024;
/** No chart has as many; links that lead to folders with links could name far more than there are. */
const ENTRY_LIMIT = 20_000;

/**
 * Reads every file of a chart's folder that its `.helmignore` does not hide. Links are followed, as Helm does.
 * `mentioned` is where the user named the folder.
 *
 * Throws `DOCUMENT_UNREADABLE` with the path at fault, also for links in a circle, and `DOCUMENT_TOO_LARGE` before anything
 * large is read.
 */
export async function readChartFolder(folder: string, mentioned: Place): Promise<ChartFiles> {
  // Without waiting: a chart is a few dozen small files, and each turn would take longer than the reading.
  const found = findFiles(folder, mentioned);
  const read = (path: string): Uint8Array => {
    const file = join(folder, path);
    return named(file, mentioned, () => readFileSync(file));
  };
  const nothing = new Uint8Array();
  const rules = found.has('.helmignore') ? read('.helmignore') : undefined;
  const names = [...found.keys()].toSorted().map((path) => [path, nothing] as const);
  const wanted = filterIgnored(new Map([...names, ...(rules === undefined ? [] : [['.helmignore', rules] as const])]));
  const bytes = [...wanted.keys()].reduce((sum, path) => sum + (found.get(path) ?? 0), 0);
  if (bytes > CHART_LIMIT_BYTES) {
    const details = { file: folder, bytes, limitBytes: CHART_LIMIT_BYTES };
    throw new NaruError('DOCUMENT_TOO_LARGE', details, { place: mentioned });
  }
  return new Map([...wanted.keys()].map((path) => [path, read(path)] as const));
}

/** The size of every file by its path in the chart, with `/` between folders. */
function findFiles(folder: string, mentioned: Place): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  let entries = 0;
  const walk = (prefix: string, above: readonly string[]): void => {
    const here = join(folder, prefix);
    const real = named(here, mentioned, () => realpathSync(here));
    if (above.includes(real)) throw unreadable(here, 'ELOOP', mentioned);
    const names = named(here, mentioned, () => readdirSync(here));
    entries += names.length;
    if (entries > ENTRY_LIMIT) {
      const details = { file: folder, reason: `> ${ENTRY_LIMIT} files` };
      throw new NaruError('DOCUMENT_TOO_COMPLEX', details, { place: mentioned });
    }
    for (const name of names) {
      const path = join(here, name);
      const info = named(path, mentioned, () => statSync(path));
      if (info.isDirectory()) walk(`${prefix}${name}/`, [...above, real]);
      else if (info.isFile()) sizes.set(`${prefix}${name}`, info.size);
    }
  };
  walk('', []);
  return sizes;
}

/** Does something to a path, and names the path when it cannot be done. */
function named<T>(path: string, mentioned: Place, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw unreadable(path, error, mentioned);
  }
}
