import { integerOf, isTrue, kindOf, typeOf } from '../value/kind.ts';
import { sprintf } from '../value/printf.ts';
import { compareText } from '../value/utf8.ts';
import { Time } from '../value/value.ts';
import type { Value } from '../value/value.ts';
import { fixed, refuse, variadic } from './define.ts';
import type { FunctionTable } from './define.ts';

type BasicKind = 'bool' | 'int' | 'float' | 'string' | undefined;

function basicKind(value: Value): BasicKind {
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return 'float';
  if (typeof value === 'string') return 'string';
  return integerOf(value) === undefined ? undefined : 'int';
}

/** Go's `eq` of two values: kinds must agree, nil equals only nil, maps and slices are refused. */
function isEqual(a: Value, b: Value): boolean {
  const kind = basicKind(a);
  const bothSet = a !== null && a !== undefined && b !== null && b !== undefined;
  if (kind !== basicKind(b)) {
    if (bothSet) refuse(`incompatible types for comparison: ${typeOf(a)} and ${typeOf(b)}`);
    return false;
  }
  if (kind === 'int') return integerOf(a) === integerOf(b);
  if (kind !== undefined) return a === b;
  if (!bothSet) return isNone(a) === isNone(b);
  if (a instanceof Time && b instanceof Time) return a.unixNanoseconds === b.unixNanoseconds;
  if (typeOf(a) !== typeOf(b)) {
    refuse(sprintf('non-comparable types %s: %v, %s: %v', [a, typeOf(a), typeOf(b), b]));
  }
  if (kindOf(b) !== 'ptr') refuse(sprintf('non-comparable type %s: %v', [b, typeOf(b)]));
  return a === b;
}

function isNone(value: Value): boolean {
  return value === null || value === undefined;
}

function isLess(a: Value, b: Value): boolean {
  const kind = basicKind(a);
  const other = basicKind(b);
  if (kind === undefined || other === undefined) refuse('invalid type for comparison');
  if (kind !== other) refuse(`incompatible types for comparison: ${typeOf(a)} and ${typeOf(b)}`);
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b) < 0;
  if (typeof a === 'number' && typeof b === 'number') return a < b;
  if (kind === 'bool') return refuse('invalid type for comparison');
  return (integerOf(a) ?? 0n) < (integerOf(b) ?? 0n);
}

function isEqualToAny(args: readonly Value[]): boolean {
  const [first, ...rest] = args;
  if (rest.length === 0) refuse('missing argument for comparison');
  return rest.some((other) => isEqual(first, other));
}

/** Go's comparisons and truth. `and` and `or` are here for their signatures; the engine runs them itself. */
export const COMPARISON: FunctionTable = {
  and: variadic(['reflect'], 'reflect', (args) => args.at(-1)),
  or: variadic(['reflect'], 'reflect', (args) => args.at(-1)),
  not: fixed(['reflect'], ([value]) => !isTrue(value)),
  eq: variadic(['reflect'], 'reflect', isEqualToAny),
  ne: fixed(['reflect', 'reflect'], ([a, b]) => !isEqual(a, b)),
  lt: fixed(['reflect', 'reflect'], ([a, b]) => isLess(a, b)),
  le: fixed(['reflect', 'reflect'], ([a, b]) => isLess(a, b) || isEqual(a, b)),
  gt: fixed(['reflect', 'reflect'], ([a, b]) => !(isLess(a, b) || isEqual(a, b))),
  ge: fixed(['reflect', 'reflect'], ([a, b]) => !isLess(a, b)),
};
