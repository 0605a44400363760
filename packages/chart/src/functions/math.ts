import { printValue } from '../value/print.ts';
import { Int } from '../value/value.ts';
import type { Value } from '../value/value.ts';
import { count, toFloat, toInteger } from './cast.ts';
import { computeDecimal } from './decimal.ts';
import { fixed, refuse, text, variadic } from './define.ts';
import type { FunctionTable } from './define.ts';

const wrap = (value: bigint): bigint => BigInt.asIntN(64, value);

function divide(a: Value, b: Value, remainder: boolean): bigint {
  const divisor = toInteger(b);
  if (divisor === 0n) refuse('runtime error: integer divide by zero');
  return wrap(remainder ? toInteger(a) % divisor : toInteger(a) / divisor);
}

function extreme(args: readonly Value[], better: (a: bigint, b: bigint) => boolean): bigint {
  return args.map(toInteger).reduce((best, value) => (better(value, best) ? value : best));
}

function round(args: readonly Value[]): number {
  const roundOn = args.length > 2 ? toFloat(args[2]) : 0.5;
  const power = 10 ** count(args, 1);
  const digit = power * toFloat(args[0]);
  const fraction = digit - Math.trunc(digit);
  return (fraction >= roundOn ? Math.ceil(digit) : Math.floor(digit)) / power;
}

function decimal(operation: 'sub' | 'mul' | 'div'): FunctionTable[string] {
  return variadic(['any'], 'any', (args) => {
    const operands = args.map(toFloat);
    if (operation === 'div' && operands.slice(1).includes(0)) refuse('decimal division by 0');
    return computeDecimal(operation, operands);
  });
}

/** Go's `ParseInt(text, 8, 64)`: an octal number, 0 when it is none. */
function octal(value: Value): bigint {
  const match = /^([+-]?)([0-7]+)$/.exec(printValue(value));
  if (match === null) return 0n;
  const size = BigInt(`0o${match[2]}`);
  if (size > 2n ** 63n - 1n) return 0n;
  return match[1] === '-' ? -size : size;
}

const max = variadic(['any'], 'any', (args) => extreme(args, (a, b) => a > b));

/** sprig's arithmetic: on 64-bit integers that wrap around, and on decimals where the name ends in `f`. */
export const MATH: FunctionTable = {
  add: variadic([], 'any', (args) => wrap(args.reduce((sum: bigint, arg) => sum + toInteger(arg), 0n))),
  add1: fixed(['any'], ([value]) => wrap(toInteger(value) + 1n)),
  sub: fixed(['any', 'any'], ([a, b]) => wrap(toInteger(a) - toInteger(b))),
  mul: variadic(['any'], 'any', (args) => args.map(toInteger).reduce((a, b) => wrap(a * b))),
  div: fixed(['any', 'any'], ([a, b]) => divide(a, b, false)),
  mod: fixed(['any', 'any'], ([a, b]) => divide(a, b, true)),
  addf: variadic([], 'any', (args) => computeDecimal('add', [0, ...args.map(toFloat)])),
  add1f: fixed(['any'], ([value]) => computeDecimal('add', [toFloat(value), 1])),
  subf: decimal('sub'),
  mulf: decimal('mul'),
  divf: decimal('div'),
  max,
  biggest: max,
  min: variadic(['any'], 'any', (args) => extreme(args, (a, b) => a < b)),
  maxf: variadic(['any'], 'any', (args) => Math.max(...args.map(toFloat))),
  minf: variadic(['any'], 'any', (args) => Math.min(...args.map(toFloat))),
  ceil: fixed(['any'], ([value]) => Math.ceil(toFloat(value))),
  floor: fixed(['any'], ([value]) => Math.floor(toFloat(value))),
  round: variadic(['any', 'int'], 'float64', round),
  int: fixed(['any'], ([value]) => new Int(toInteger(value))),
  int64: fixed(['any'], ([value]) => toInteger(value)),
  float64: fixed(['any'], ([value]) => toFloat(value)),
  atoi: fixed(
    ['string'],
    (args) => new Int(/^[+-]?\d+$/.test(text(args, 0)) ? BigInt.asIntN(64, BigInt(text(args, 0).replace('+', ''))) : 0),
  ),
  toDecimal: fixed(['any'], ([value]) => octal(value)),
};
