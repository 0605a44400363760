import { isRecord } from '../object/manifest.ts';

/** The maps in a list; none when it is no list. */
export function recordsIn(list: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(list) ? list.filter((item) => isRecord(item)) : [];
}
