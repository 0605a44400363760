import { Bytes, Duration, Int, Named, Time } from './value.ts';
import type { Value, ValueMap } from './value.ts';

/** Plain JavaScript as Go values. Maps and lists are copied; what Go has no value for becomes nil. */
export function fromPlain(plain: unknown): Value {
  if (plain === null || plain === undefined) return null;
  switch (typeof plain) {
    case 'string':
    case 'boolean':
    case 'number':
    case 'bigint':
      return plain;
    case 'object':
      if (Array.isArray(plain)) return plain.map(fromPlain);
      if (plain instanceof Map) return new Map([...plain].map(([key, value]) => [String(key), fromPlain(value)]));
      return mapFromPlain(plain);
    default:
      return null;
  }
}

/** A plain object as a Go map. */
export function mapFromPlain(plain: object): ValueMap {
  const map: ValueMap = new Map();
  for (const [key, value] of Object.entries(plain)) map.set(key, fromPlain(value));
  return map;
}

/** Go values as plain JavaScript. A key such as `__proto__` stays an ordinary key. */
export function toPlain(value: Value): unknown {
  if (value instanceof Map) {
    const plain: Record<string, unknown> = {};
    for (const [key, item] of value) {
      Object.defineProperty(plain, key, { value: toPlain(item), enumerable: true, writable: true, configurable: true });
    }
    return plain;
  }
  if (Array.isArray(value)) return value.map(toPlain);
  if (value instanceof Int) return value.value;
  if (value instanceof Named) return toPlain(value.content);
  if (value instanceof Duration) return value.nanoseconds;
  if (value instanceof Bytes || value instanceof Time) return null;
  return value ?? null;
}
