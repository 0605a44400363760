import { NaruError } from '../error/naru-error.ts';
import { findingOf } from '../finding/finding.ts';
import type { Check } from './checking.ts';
import { quantityMillis } from './quantity.ts';
import { volumeClaims } from './volume-claims.ts';

const GIBIBYTE_MILLIS = 1024n ** 3n * 1000n;

/** The sum of all claims of a storage class against what the site has of it: `storage.capacity` of the site. */
export const storageCapacity: Check = ({ composition: { site }, objects }) => {
  const asked = new Map<string, bigint>();
  for (const { storageClass = site.storageClass, storage, count } of objects.flatMap(volumeClaims)) {
    if (storageClass === undefined) continue;
    const millis = (quantityMillis(storage) ?? 0n) * BigInt(count);
    asked.set(storageClass, (asked.get(storageClass) ?? 0n) + millis);
  }
  return [...site.storageCapacity].flatMap(([storageClass, { quantity, place }]) => {
    const [sum, capacity] = [asked.get(storageClass) ?? 0n, quantityMillis(quantity)];
    if (capacity === undefined || sum <= capacity) return [];
    const details = { storageClass, capacity: quantity, asked: inGibibytes(sum) };
    return [findingOf(new NaruError('STORAGE_EXCEEDED', details, { place }))];
  });
};

/** Rounded up: what is shown must not fit. */
function inGibibytes(millis: bigint): string {
  return `${(millis + GIBIBYTE_MILLIS - 1n) / GIBIBYTE_MILLIS}Gi`;
}
