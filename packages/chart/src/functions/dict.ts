import { deepCopy } from '../value/equal.ts';
import { isTrue, typeOf } from '../value/kind.ts';
import { asMap, stringList } from '../value/value.ts';
import type { Value, ValueMap } from '../value/value.ts';
import { toText } from './cast.ts';
import { fixed, refuse, text, variadic } from './define.ts';
import type { FunctionTable } from './define.ts';

/** The map at `index`, which the signature has checked. */
function map(args: readonly Value[], index: number): ValueMap {
  return asMap(args[index]) ?? new Map<string, Value>();
}

function dict(args: readonly Value[]): ValueMap {
  const result: ValueMap = new Map();
  for (let i = 0; i < args.length; i += 2) {
    result.set(toText(args[i]), i + 1 < args.length ? (args[i + 1] ?? null) : '');
  }
  return result;
}

/**
 * Lays `source` on `target` as mergo does, in place: maps are merged, an empty value counts as missing. Without
 * `overwrite` what the target has stays; nil in the source takes nothing away then.
 */
function mergeInto(target: ValueMap, source: ValueMap, overwrite: boolean): void {
  for (const [key, value] of source) {
    const existing = target.get(key);
    if (value === null || value === undefined) {
      if (overwrite) target.set(key, null);
      continue;
    }
    const from = asMap(value);
    const to = asMap(existing);
    if (from !== undefined && to !== undefined && to.size > 0) mergeInto(to, from, overwrite);
    else if (overwrite || !isTrue(existing)) target.set(key, value);
  }
}

function merge(overwrite: boolean): FunctionTable[string] {
  return variadic(['map'], 'map', (args) => {
    const target = map(args, 0);
    for (let i = 1; i < args.length; i++) mergeInto(target, map(args, i), overwrite);
    return args[0] ?? target;
  });
}

function dig(args: readonly Value[]): Value {
  if (args.length < 3) refuse('dig needs at least three arguments');
  let current = assertMap(args.at(-1));
  const keys = args.slice(0, -2).map((key) => (typeof key === 'string' ? key : refuseConversion(key, 'string')));
  for (const key of keys.slice(0, -1)) {
    if (!current.has(key)) return args.at(-2);
    current = assertMap(current.get(key));
  }
  const last = keys.at(-1) ?? '';
  return current.has(last) ? current.get(last) : args.at(-2);
}

/** Go's type assertion, which takes no other type of map. */
function assertMap(value: Value): ValueMap {
  const type = 'map[string]interface {}';
  return value instanceof Map && typeOf(value) === type ? value : refuseConversion(value, type);
}

function refuseConversion(value: Value, wanted: string): never {
  const found = value === null || value === undefined ? 'nil' : typeOf(value);
  return refuse(`interface conversion: interface {} is ${found}, not ${wanted}`);
}

function pick(source: ValueMap, keys: readonly Value[], keep: boolean): ValueMap {
  const wanted = new Set(keys);
  return new Map([...source].filter(([key]) => wanted.has(key) === keep));
}

const copy = fixed(['any'], ([value]) => {
  if (value === null || value === undefined) refuse('reflect: call of reflect.Value.Type on zero Value');
  return deepCopy(value);
});

/** sprig's functions on maps. `set`, `unset` and the merges change the map that they are given, as in sprig. */
export const DICT: FunctionTable = {
  dict: variadic([], 'any', dict),
  get: fixed(['map', 'string'], (args) => {
    const source = map(args, 0);
    const key = text(args, 1);
    return source.has(key) ? source.get(key) : '';
  }),
  set: fixed(['map', 'string', 'any'], (args) => {
    if (args[0] === null) refuse('assignment to entry in nil map');
    map(args, 0).set(text(args, 1), args[2] ?? null);
    return args[0];
  }),
  unset: fixed(['map', 'string'], (args) => {
    map(args, 0).delete(text(args, 1));
    return args[0];
  }),
  hasKey: fixed(['map', 'string'], (args) => map(args, 0).has(text(args, 1))),
  pluck: variadic(['string'], 'map', (args) => {
    const key = text(args, 0);
    return args.slice(1).flatMap((item) => (asMap(item)?.has(key) ? [asMap(item)?.get(key)] : []));
  }),
  // Go gives keys and values in random order; sorted is one of its answers, and the same every time.
  keys: variadic([], 'map', (args) => stringList(args.flatMap((_, i) => [...map(args, i).keys()].sort()))),
  values: fixed(['map'], (args) => [...map(args, 0)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value)),
  pick: variadic(['map'], 'string', (args) => pick(map(args, 0), args.slice(1), true)),
  omit: variadic(['map'], 'string', (args) => pick(map(args, 0), args.slice(1), false)),
  merge: merge(false),
  mustMerge: merge(false),
  mergeOverwrite: merge(true),
  mustMergeOverwrite: merge(true),
  deepCopy: copy,
  mustDeepCopy: copy,
  dig: variadic([], 'any', dig),
};
