import { ChartError } from '../error/chart-error.ts';
import { quoteGo } from '../value/quote.ts';
import type { ChartFiles } from './chart.ts';
import { gunzip, GunzipError, GunzipLimitError } from './gunzip.ts';
import { TarError, tarEntries } from './tar-entries.ts';

/** Helm's own limit for what the files of a chart hold together. */
const MAX_CHART_BYTES = 100 * 1024 * 1024;
/** What the headers of a tar archive may come to besides: every file has 512 bytes of them, and padding. */
const MAX_HEADER_BYTES = 32 * 1024 * 1024;

/**
 * The files of a packed chart, `.tgz`, by their paths inside the chart.
 *
 * It is expanded here and not where files are read, so that a browser can render what somebody drops into it. Refuses
 * with `CHART_ARCHIVE_INVALID`, in Helm's words, what is no archive, expands to more than 100 MiB, or names a path
 * that is absolute or leaves the chart. Nothing but plain bytes comes out: links in the archive are empty files.
 */
export function readArchive(data: Uint8Array): ChartFiles {
  const files = new Map<string, Uint8Array>();
  let remaining = MAX_CHART_BYTES;
  for (const entry of entriesOf(data)) {
    if (entry.type === '5') continue;
    const path = pathInChart(entry.name);
    remaining -= entry.data.length;
    if (remaining <= 0) throw tooLarge();
    files.set(path, entry.data);
  }
  if (files.size === 0) throw refused('no files in chart archive');
  return files;
}

function entriesOf(data: Uint8Array): ReturnType<typeof tarEntries> {
  try {
    return tarEntries(gunzip(data, MAX_CHART_BYTES + MAX_HEADER_BYTES));
  } catch (error) {
    if (error instanceof GunzipLimitError) throw tooLarge();
    if (error instanceof GunzipError || error instanceof TarError) throw refused(error.message, error);
    throw error;
  }
}

/** The path without the folder that every packed chart stands in. Archives from Windows may have `\` between folders. */
function pathInChart(name: string): string {
  const [top = '', ...rest] = name.split(name.includes('\\') ? '\\' : '/');
  const path = rest.join('/');
  if (path.startsWith('/')) throw refused('chart illegally contains absolute paths');
  const clean = cleaned(path);
  if (clean === '') {
    throw refused(`chart illegally contains content outside the base directory: ${quoteGo(name)}`);
  }
  if (clean.startsWith('..')) throw refused('chart illegally references parent directory');
  if (/^[a-zA-Z]:\//.test(clean)) throw refused('chart contains illegally named files');
  if (top === 'Chart.yaml') throw refused('chart yaml not in base directory');
  return clean;
}

/** Without empty and `.` steps, and with `..` taken back where that stays inside. */
function cleaned(path: string): string {
  const steps: string[] = [];
  for (const step of path.split('/')) {
    if (step === '' || step === '.') continue;
    if (step === '..' && steps.length > 0 && steps.at(-1) !== '..') steps.pop();
    else steps.push(step);
  }
  return steps.join('/');
}

function tooLarge(): ChartError {
  return refused(`decompressed chart is larger than the maximum size ${MAX_CHART_BYTES}`);
}

function refused(reason: string, cause?: unknown): ChartError {
  return new ChartError('CHART_ARCHIVE_INVALID', { reason }, { cause });
}
