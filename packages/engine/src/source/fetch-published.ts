import { NaruError } from '@naru/core';
import { openChartCache } from './chart-cache.ts';
import { type ChartReference, pullCommand } from './chart-reference.ts';
import type { Depot, Published } from './depot.ts';
import type { FetchOptions } from './fetch-options.ts';
import { openHttp } from './http.ts';
import { fetchFromRegistry } from './registry.ts';
import { fetchFromAddress, fetchFromRepository } from './repository.ts';

type RemoteReference = Exclude<ChartReference, { readonly kind: 'local' }>;

/** Published charts, for as long as it is open: connections and indexes are shared by all that are fetched. */
export interface ChartSource {
  /**
   * Gets the archive of a chart from where it is published, by way of the cache: what a digest names is fetched once, and a
   * version or range is resolved anew whenever a server may be asked. Every failure is one of the errors of `source-errors`.
   */
  readonly fetch: (reference: RemoteReference) => Promise<Published>;
  readonly close: () => Promise<void>;
}

/** Reads the certificates that the options name, and opens no connection yet. */
export async function openChartSource(options: FetchOptions): Promise<ChartSource> {
  const http = options.offline === true ? undefined : await openHttp(options);
  const shared = { options, cache: openChartCache(options.environment), http, indexes: new Map() };
  return {
    fetch: async (reference) => {
      const missing = (address: string): never => {
        throw new NaruError('CHART_NOT_CACHED', {
          address,
          command: pullCommand(reference) + (options.plainHttp === true ? ' --plain-http' : ''),
        });
      };
      return await fetchOne(reference, { ...shared, missing });
    },
    close: async () => http?.close(),
  };
}

/** Fetches one chart. */
export async function fetchPublished(reference: RemoteReference, options: FetchOptions): Promise<Published> {
  const source = await openChartSource(options);
  try {
    return await source.fetch(reference);
  } finally {
    await source.close();
  }
}

async function fetchOne(reference: RemoteReference, depot: Depot): Promise<Published> {
  if (reference.kind === 'archive') return await fetchFromAddress(reference, depot);
  if (reference.kind === 'repository') return await fetchFromRepository(reference, depot);
  return await fetchFromRegistry(reference, depot);
}
