import { existsSync } from 'node:fs';
import type { ChartFiles } from '@naru/chart';
import type { Context } from '../context.ts';
import type { SourceFlags } from './chart-source-options.ts';

/** Asked before anything is loaded that fetching takes: a chart on this disk must be rendered at once. */
const ADDRESS = /^[a-z][a-z\d+.-]*:\/\//i;

/** A chart of a repository that Helm knows, or a folder in a folder: whichever is there, and a path first, as with Helm. */
const ALIAS = /^[\w-][\w.-]*\/[\w.-]+$/;

/** The files of a published chart; undefined for one on this disk. */
export async function publishedFiles(
  written: string,
  flags: SourceFlags,
  context: Context,
): Promise<ChartFiles | undefined> {
  const isPath = !ADDRESS.test(written) && (!ALIAS.test(written) || existsSync(written));
  if (flags.repo === undefined && isPath) return undefined;
  const { fetchFiles } = await import('./fetch-chart.ts');
  return await fetchFiles(written, flags, context);
}
