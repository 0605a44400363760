import { typeOf } from './kind.ts';
import { Bytes, Duration, Int, isNilList, Named, Time, TypedList } from './value.ts';
import type { Value } from './value.ts';

/** Go's `reflect.DeepEqual`: types must agree too, so `1` and `1.0` differ. */
export function deepEqual(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a === null || a === undefined || b === null || b === undefined) return (a ?? null) === (b ?? null);
  if (typeof a !== 'object' || typeof b !== 'object') return false;
  if (typeOf(a) !== typeOf(b)) return false;
  if (Array.isArray(a) && Array.isArray(b)) {
    return isNilList(a) === isNilList(b) && a.length === b.length && a.every((item, i) => deepEqual(item, b[i]));
  }
  if (a instanceof Map && b instanceof Map) return equalMaps(a, b);
  if (a instanceof Int && b instanceof Int) return a.value === b.value;
  if (a instanceof Duration && b instanceof Duration) return a.nanoseconds === b.nanoseconds;
  if (a instanceof Time && b instanceof Time) return a.unixNanoseconds === b.unixNanoseconds;
  if (a instanceof Named && b instanceof Named) return deepEqual(a.content, b.content);
  if (a instanceof Bytes && b instanceof Bytes) {
    return a.data.length === b.data.length && a.data.every((byte, i) => byte === b.data[i]);
  }
  return false;
}

function equalMaps(a: ReadonlyMap<string, Value>, b: ReadonlyMap<string, Value>): boolean {
  if (a.size !== b.size) return false;
  for (const [key, value] of a) if (!b.has(key) || !deepEqual(value, b.get(key))) return false;
  return true;
}

/** A copy that shares nothing with `value`. */
export function deepCopy(value: Value): Value {
  if (value instanceof TypedList) return new TypedList(value.type, value.map(deepCopy), value.isNil);
  if (Array.isArray(value)) return value.map(deepCopy);
  if (value instanceof Map) return copyMap(value);
  if (value instanceof Named && !value.isStruct) return copyNamed(value);
  return value;
}

/** `.Values` keeps its type when it is copied. */
function copyNamed({ type, content, methods, text }: Named): Named {
  const copied = Array.isArray(content) ? content.map(deepCopy) : copyMap(content);
  return new Named(type, copied, text === undefined ? { methods } : { methods, text });
}

/** A copy of a map that shares nothing with it. */
export function copyMap(map: ReadonlyMap<string, Value>): Map<string, Value> {
  const copy = new Map<string, Value>();
  for (const [key, item] of map) copy.set(key, deepCopy(item));
  return copy;
}
