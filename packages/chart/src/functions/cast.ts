import { parseInteger } from '../template/number.ts';
import { integerOf } from '../value/kind.ts';
import { printValue } from '../value/print.ts';
import { decodeUtf8 } from '../value/utf8.ts';
import { asList, Bytes, Duration } from '../value/value.ts';
import type { Value, ValueList } from '../value/value.ts';
import { refuse } from './define.ts';

/** sprig's text of anything; nil is `<nil>`. */
export function toText(value: Value): string {
  if (typeof value === 'string') return value;
  return value instanceof Bytes ? decodeUtf8(value.data) : printValue(value);
}

/** sprig's `toStrings`: a list without its nils, or one text. */
export function toTexts(value: Value): string[] {
  const list = asList(value);
  if (list !== undefined) return list.filter((item) => item !== null && item !== undefined).map(toText);
  return value === null || value === undefined ? [] : [toText(value)];
}

/** The integer in a value, as sprig casts it; 0 for what is none. */
export function toInteger(value: Value): bigint {
  if (value instanceof Duration) return 0n;
  const integer = integerOf(value);
  if (integer !== undefined) return integer;
  if (typeof value === 'number') return integerOfFloat(value);
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value !== 'string') return 0n;
  const parsed = parseInteger(value.replace(/\.0+$/, ''));
  return parsed !== undefined && BigInt.asIntN(64, parsed) === parsed ? parsed : 0n;
}

function integerOfFloat(value: number): bigint {
  if (Number.isNaN(value) || value >= 2 ** 63 || value < -(2 ** 63)) return -(2n ** 63n);
  return BigInt(Math.trunc(value));
}

/** The float in a value, as sprig casts it; 0 for what is none. */
export function toFloat(value: Value): number {
  if (typeof value === 'number') return value;
  const integer = value instanceof Duration ? undefined : integerOf(value);
  if (integer !== undefined) return Number(integer);
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value !== 'string') return 0;
  if (/^[+-]?inf(inity)?$/i.test(value)) return value.startsWith('-') ? -Infinity : Infinity;
  if (!/^[+-]?(\d[\d_]*\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(value)) return 0;
  return Number(value.replaceAll('_', ''));
}

/** The argument as a list, or sprig's refusal: `Cannot VERB type KIND`. */
export function listOr(value: Value, refusal: string, kind: string): ValueList {
  if (value === null || value === undefined) refuse('runtime error: invalid memory address or nil pointer dereference');
  return asList(value) ?? refuse(`${refusal} ${kind}`);
}

/** The `int` at `index`, which the signature has checked, as a JavaScript number. */
export function count(args: readonly Value[], index: number): number {
  return Number(integerOf(args[index]) ?? 0n);
}

/** Refuses to build what no chart needs and no memory holds. */
export function boundedSize(size: number, limit = 64 * 1024 * 1024): number {
  return size > limit ? refuse(`result of ${size} elements exceeds the limit of ${limit}`) : size;
}
