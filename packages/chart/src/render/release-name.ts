import { ChartError } from '../error/chart-error.ts';
import { quoteGo } from '../value/quote.ts';

const MAX_LENGTH = 53;
const NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** Refuses a name with `RELEASE_NAME_INVALID` that Helm gives to no release: others put up to ten characters behind it. */
export function checkReleaseName(name: string): void {
  if (name.length <= MAX_LENGTH && NAME.test(name)) return;
  const why =
    name === ''
      ? 'no name provided'
      : `invalid release name, must match regex ${NAME.source} and the length must not be longer than ${MAX_LENGTH}`;
  throw new ChartError('RELEASE_NAME_INVALID', {
    reason: `release name check failed: release name ${quoteGo(name)}: ${why}`,
  });
}
