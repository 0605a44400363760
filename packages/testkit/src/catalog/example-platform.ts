import { fileURLToPath } from 'node:url';
import type { Overrides } from '@naru/core';
import { DISPLAY_SEED, loadSources, prepare, type Prepared } from '@naru/engine';

const CATALOG = fileURLToPath(new URL('../../../../catalog', import.meta.url));
const EXAMPLES = fileURLToPath(new URL('../../../../examples/', import.meta.url));

/** An example of the repository, composed and compiled for one of its sites. Generated values are always the same. */
export async function prepareExample(name: string, site: string, overrides: Overrides = new Map()): Promise<Prepared> {
  const options = { folder: `${EXAMPLES}${name}`, catalogFolder: CATALOG, site, overrides };
  return await prepare(await loadSources(options), options, DISPLAY_SEED);
}
