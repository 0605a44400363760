import { deepEqual } from '../value/equal.ts';
import { isTrue, kindOf, typeOf } from '../value/kind.ts';
import type { Value } from '../value/value.ts';
import { fixed, text, variadic } from './define.ts';
import type { FunctionTable } from './define.ts';

function firstSet(values: readonly Value[]): Value {
  return values.find(isTrue) ?? null;
}

/** sprig's defaults and questions about types. */
export const REFLECTION: FunctionTable = {
  default: variadic(['any'], 'any', ([fallback, given]) => (isTrue(given) ? given : fallback)),
  empty: fixed(['any'], ([value]) => !isTrue(value)),
  coalesce: variadic([], 'any', firstSet),
  all: variadic([], 'any', (values) => values.every(isTrue)),
  any: variadic([], 'any', (values) => values.some(isTrue)),
  ternary: fixed(['any', 'any', 'bool'], ([yes, no, condition]) => (condition === true ? yes : no)),
  typeOf: fixed(['any'], ([value]) => typeOf(value)),
  typeIs: fixed(['string', 'any'], (args) => text(args, 0) === typeOf(args[1])),
  typeIsLike: fixed(['string', 'any'], (args) => {
    const target = text(args, 0);
    return target === typeOf(args[1]) || `*${target}` === typeOf(args[1]);
  }),
  kindOf: fixed(['any'], ([value]) => kindOf(value)),
  kindIs: fixed(['string', 'any'], (args) => text(args, 0) === kindOf(args[1])),
  deepEqual: fixed(['any', 'any'], ([a, b]) => deepEqual(a, b)),
};
