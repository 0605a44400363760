import { join } from 'node:path';
import { type ChartChoice, type ComponentContent, NaruError, type Place } from '@naru/core';
import type { FetchOptions } from '../source/fetch-options.ts';
import type { ChartSource } from '../source/fetch-published.ts';
import { expandChart, readChart } from './read-chart.ts';

/** Reads the charts of one platform, wherever they are. */
export interface ChartReader {
  /** `base` is where paths start; `mentioned` is where the user named the chart, and the place of every failure. */
  readonly read: (choice: ChartChoice, base: string, mentioned: Place) => Promise<ComponentContent>;
  readonly close: () => Promise<void>;
}

/** What fetching takes is loaded when a published chart is asked for: most platforms have none. */
export function chartReader(options: FetchOptions): ChartReader {
  let opened: Promise<ChartSource> | undefined;
  const source = async (): Promise<ChartSource> => {
    const { openChartSource } = await import('../source/fetch-published.ts');
    return await openChartSource(options);
  };
  return {
    read: async (choice, base, mentioned) => {
      if (typeof choice === 'string') return await localChart(join(base, choice), mentioned);
      if ('path' in choice) return await localChart(join(base, choice.path), mentioned);
      opened ??= source();
      return await placed(mentioned, async () => publishedChart(choice, await (opened ?? source()), mentioned));
    },
    close: async () => {
      // Why it could not be opened was said by whoever asked for a chart.
      const open = await opened?.catch(() => undefined);
      await open?.close();
    },
  };
}

type PublishedChoice = Extract<ChartChoice, { readonly version: string }>;

async function publishedChart(
  choice: PublishedChoice,
  source: ChartSource,
  mentioned: Place,
): Promise<ComponentContent> {
  const { readReference } = await import('../source/chart-reference.ts');
  const { version, digest } = choice;
  const reference =
    'repo' in choice
      ? readReference(choice.name, { repository: choice.repo, version, digest })
      : readReference(choice.oci, { version, digest });
  if (reference.kind === 'local' || reference.kind === 'archive') {
    const reason = 'it does not start with oci://';
    throw new NaruError('CHART_REFERENCE_INVALID', { reference: 'oci' in choice ? choice.oci : choice.repo, reason });
  }
  const { name, archive, digest: found, address } = await source.fetch(reference);
  const files = expandChart(archive, address, mentioned);
  return { kind: 'chart', folder: name, files, published: { address, digest: found } };
}

async function localChart(path: string, mentioned: Place): Promise<ComponentContent> {
  return { kind: 'chart', folder: path, files: await readChart(path, mentioned) };
}

/** The same failure, where the user can do something about it. */
async function placed<T>(place: Place, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof NaruError) || error.place !== undefined) throw error;
    throw new NaruError(error.code, error.details, { place, cause: error });
  }
}
