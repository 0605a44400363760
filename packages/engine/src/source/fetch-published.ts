import type { ChartReference } from './chart-reference.ts';
import { type Published, withDepot } from './depot.ts';
import type { FetchOptions } from './fetch-options.ts';
import { fetchFromRegistry } from './registry.ts';
import { fetchFromAddress, fetchFromRepository } from './repository.ts';

type RemoteReference = Exclude<ChartReference, { readonly kind: 'local' }>;

/**
 * Gets the archive of a chart from where it is published, by way of the cache: what a digest names is fetched once, and a version
 * or range is resolved anew whenever a server may be asked. Every failure is one of the errors of `source-errors`.
 */
export async function fetchPublished(reference: RemoteReference, options: FetchOptions): Promise<Published> {
  return await withDepot(reference, options, async (depot) => {
    switch (reference.kind) {
      case 'archive':
        return await fetchFromAddress(reference, depot);
      case 'repository':
        return await fetchFromRepository(reference, depot);
      case 'registry':
        return await fetchFromRegistry(reference, depot);
    }
  });
}
