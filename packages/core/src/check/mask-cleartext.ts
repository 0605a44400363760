import { isRecord } from '../object/manifest.ts';
import { MASK } from '../plan/field-diff.ts';
import { isSecret } from './cleartext-secrets.ts';

/**
 * The value with every text masked that stands under the name of a secret: `check` warns of it, and nothing that shows
 * values may spread it further. `name` is the key of the value itself.
 */
export function maskCleartext(name: string, value: unknown): unknown {
  if (typeof value === 'string') return isSecret(name, value) ? MASK : value;
  if (Array.isArray(value)) return value.map((item) => maskCleartext('', item));
  return isRecord(value) ? maskCleartextIn(value) : value;
}

export function maskCleartextIn(tree: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(tree).map(([name, value]) => [name, maskCleartext(name, value)]));
}
