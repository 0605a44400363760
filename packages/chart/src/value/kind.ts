import { Bytes, Duration, Int, isFunction, Named, StringMap, Time, TypedList } from './value.ts';
import type { Value } from './value.ts';

/** Go's `reflect.Kind` of `value`, as it prints. */
export function kindOf(value: Value): string {
  if (value === null || value === undefined) return 'invalid';
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'boolean':
      return 'bool';
    case 'number':
      return 'float64';
    case 'bigint':
      return 'int64';
    default:
      return kindOfObject(value);
  }
}

function kindOfObject(value: Exclude<Value, string | boolean | number | bigint | null | undefined>): string {
  if (value instanceof Map) return 'map';
  if (Array.isArray(value) || value instanceof Bytes) return 'slice';
  if (value instanceof Int) return 'int';
  if (value instanceof Duration) return 'int64';
  if (value instanceof Named) {
    // Structs reach templates through pointers.
    if (value.isStruct) return value.type.startsWith('*') ? 'ptr' : 'struct';
    return Array.isArray(value.content) ? 'slice' : 'map';
  }
  return value instanceof Time ? 'struct' : 'func';
}

/** Go's name of the type of `value`, as `%T` prints it. */
export function typeOf(value: Value): string {
  if (value === null || value === undefined) return '<nil>';
  if (typeof value !== 'object') return kindOf(value);
  if (value instanceof StringMap) return 'map[string]string';
  if (value instanceof Map) return 'map[string]interface {}';
  if (Array.isArray(value)) return value instanceof TypedList ? value.type : '[]interface {}';
  if (value instanceof Int) return 'int';
  if (value instanceof Duration) return 'time.Duration';
  if (value instanceof Time) return 'time.Time';
  if (value instanceof Bytes) return '[]uint8';
  if (value instanceof Named) return value.type;
  return isFunction(value) ? 'func()' : 'interface {}';
}

/** Whether templates take `value` for true: everything but nil, false, zero and what is empty. */
export function isTrue(value: Value): boolean {
  if (value === null || value === undefined) return false;
  switch (typeof value) {
    case 'string':
      return value.length > 0;
    case 'boolean':
      return value;
    case 'number':
      return value !== 0;
    case 'bigint':
      return value !== 0n;
    default:
      break;
  }
  if (value instanceof Map) return value.size > 0;
  if (Array.isArray(value)) return value.length > 0;
  if (value instanceof Int) return value.value !== 0n;
  if (value instanceof Duration) return value.nanoseconds !== 0n;
  if (value instanceof Bytes) return value.data.length > 0;
  if (value instanceof Named && !value.isStruct) {
    return Array.isArray(value.content) ? value.content.length > 0 : value.content.size > 0;
  }
  return true;
}

/** The integer in `value`, whatever size Go gives it; nothing when it is no integer. */
export function integerOf(value: Value): bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (value instanceof Int) return value.value;
  if (value instanceof Duration) return value.nanoseconds;
  return undefined;
}
