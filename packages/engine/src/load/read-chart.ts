import { readFile, stat } from 'node:fs/promises';
import { ChartError, type ChartFiles, readArchive } from '@naru/chart';
import { NaruError, type Place } from '@naru/core';
import { readChartFolder } from './chart-folder.ts';
import { withChart } from './chart-refusal.ts';
import { unreadable } from './read-text.ts';

/** No packed chart is larger: what it expands to may be 100 MiB. */
const ARCHIVE_LIMIT_BYTES = 100 * 1024 * 1024;

/**
 * Reads the files of a chart that is a folder or a packed chart (`.tgz`). `mentioned` is where the user named it.
 *
 * Throws `DOCUMENT_UNREADABLE` and `DOCUMENT_TOO_LARGE` for what cannot be read, and `CHART_REFUSED` for a file that is no
 * packed chart.
 */
export async function readChart(path: string, mentioned: Place): Promise<ChartFiles> {
  const info = await stat(path).catch((error: unknown) => {
    throw unreadable(path, error, mentioned);
  });
  if (!info.isFile()) return await readChartFolder(path, mentioned);
  if (info.size > ARCHIVE_LIMIT_BYTES) {
    const details = { file: path, bytes: info.size, limitBytes: ARCHIVE_LIMIT_BYTES };
    throw new NaruError('DOCUMENT_TOO_LARGE', details, { place: mentioned });
  }
  const archive = await readFile(path).catch((error: unknown) => {
    throw unreadable(path, error, mentioned);
  });
  return expandChart(archive, path, mentioned);
}

/** The files of a packed chart that was read from somewhere; `name` says from where. */
export function expandChart(archive: Uint8Array, name: string, mentioned: Place): ChartFiles {
  return withChart(name, mentioned, () => {
    if (!isGzip(archive)) throw new ChartError('CHART_ARCHIVE_INVALID', { reason: notPacked(name) });
    return readArchive(archive);
  });
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8;
}

/** Helm's words; a values file where the chart should be is the usual reason. */
function notPacked(name: string): string {
  return /\.ya?ml$/.test(name)
    ? `file '${name}' seems to be a YAML file, but expected a gzipped archive`
    : `file '${name}' does not appear to be a gzipped archive`;
}
