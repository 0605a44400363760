import { integerOf } from '../value/kind.ts';
import { formatFloat } from '../value/float.ts';
import { asMap } from '../value/value.ts';
import type { Value } from '../value/value.ts';

/** What JSON Schema calls the kind of a value; nothing for what JSON does not have. */
export function jsonTypeOf(value: Value): string | undefined {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'number') return Number.isFinite(value) ? 'number' : undefined;
  if (integerOf(value) !== undefined) return 'number';
  if (Array.isArray(value)) return 'array';
  return asMap(value) === undefined ? undefined : 'object';
}

/** A number of either kind as a float; nothing for anything else. */
export function numberOf(value: Value): number | undefined {
  if (typeof value === 'number') return value;
  const integer = integerOf(value);
  return integer === undefined ? undefined : Number(integer);
}

export function isInteger(value: Value): boolean {
  return integerOf(value) !== undefined || (typeof value === 'number' && Number.isInteger(value));
}

/** Whether two values are the same JSON: `1` and `1.0` are. */
export function isEqual(a: Value, b: Value): boolean {
  const [first, second] = [numberOf(a), numberOf(b)];
  if (first !== undefined || second !== undefined) {
    const [x, y] = [integerOf(a), integerOf(b)];
    return x !== undefined && y !== undefined ? x === y : first === second;
  }
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => isEqual(item, b[i]));
  }
  const [left, right] = [asMap(a), asMap(b)];
  if (left === undefined) return right === undefined && (a ?? null) === (b ?? null);
  if (right === undefined || left.size !== right.size) return false;
  return [...left].every(([key, item]) => right.has(key) && isEqual(item, right.get(key)));
}

/** The places of the first two equal items, the later one first found. */
export function firstDuplicates(items: readonly Value[]): readonly [number, number] | undefined {
  const seen = new Map<string, number[]>();
  for (const [i, item] of items.entries()) {
    const key = fingerprint(item);
    const others = seen.get(key) ?? [];
    for (const j of others) if (isEqual(item, items[j])) return [j, i];
    seen.set(key, [...others, i]);
  }
  return undefined;
}

/** The same for equal values, and mostly different for others: long lists must not take quadratic time. */
function fingerprint(value: Value): string {
  const number = numberOf(value);
  if (number !== undefined) return `n${number}`;
  if (Array.isArray(value)) return `[${value.map(fingerprint).join()}]`;
  const map = asMap(value);
  if (map === undefined) return JSON.stringify(value ?? null);
  return `{${[...map]
    .map(([key, item]) => `${JSON.stringify(key)}:${fingerprint(item)}`)
    .sort()
    .join()}}`;
}

/** Whether `value` is a multiple, counted in the decimal digits that are written. */
export function isMultiple(value: Value, of: number): boolean {
  const [a, b] = [decimalOf(value), decimalOf(of)];
  const exponent = Math.min(a.exponent, b.exponent);
  const [x, y] = [a, b].map((part) => part.digits * 10n ** BigInt(part.exponent - exponent));
  return x !== undefined && y !== undefined && y !== 0n && x % y === 0n;
}

function decimalOf(value: Value): { digits: bigint; exponent: number } {
  const integer = integerOf(value);
  if (integer !== undefined) return { digits: integer, exponent: 0 };
  const [mantissa = '0', exponent = '0'] = formatFloat(numberOf(value) ?? 0).split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  return { digits: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length };
}
