import { isRecord } from '../object/manifest.ts';

/** The maps in a list; none when it is no list. */
export function recordsIn(list: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(list) ? list.filter((item) => isRecord(item)) : [];
}

/** A string, number or boolean as text; `otherwise` for everything else. */
export function textOf(value: unknown, otherwise = ''): string {
  return typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean' ||
    typeof value === 'bigint'
    ? String(value)
    : otherwise;
}
