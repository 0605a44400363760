import { integerOf, typeOf } from '../value/kind.ts';
import { printResult, printValue } from '../value/print.ts';
import { sprintf } from '../value/printf.ts';
import { encodeUtf8, utf8Length } from '../value/utf8.ts';
import { asList, asMap, Int, isFunction, StringMap } from '../value/value.ts';
import type { CallContext, Value } from '../value/value.ts';
import { fixed, refuse, text, variadic } from './define.ts';
import type { FunctionTable } from './define.ts';

function length(value: Value): Value {
  if (value === null || value === undefined) refuse('len of nil pointer');
  if (typeof value === 'string') return new Int(utf8Length(value));
  const size = asList(value)?.length ?? asMap(value)?.size;
  return size === undefined ? refuse(`len of type ${typeOf(value).replace(/^\*/, '')}`) : new Int(size);
}

function index(args: readonly Value[]): Value {
  let [item] = args;
  if (item === null || item === undefined) refuse('index of untyped nil');
  for (const key of args.slice(1)) {
    if (item === null || item === undefined) refuse('index of nil pointer');
    item = indexOnce(item, key);
  }
  return item;
}

function indexOnce(item: Value, key: Value): Value {
  const map = asMap(item);
  if (map !== undefined) {
    if (key === null || key === undefined) refuse('value is nil; should be of type string');
    if (typeof key !== 'string') refuse(`value has type ${typeOf(key)}; should be string`);
    return map.get(key) ?? (map instanceof StringMap ? '' : null);
  }
  const list = typeof item === 'string' ? [...encodeUtf8(item)].map((byte) => new Int(byte)) : asList(item);
  if (list === undefined) refuse(`can't index item of type ${typeOf(item)}`);
  return list[sliceIndex(key, list.length)] ?? null;
}

function sliceIndex(key: Value, size: number): number {
  if (key === null || key === undefined) refuse('cannot index slice/array with nil');
  const at = integerOf(key);
  if (at === undefined) refuse(`cannot index slice/array with type ${typeOf(key)}`);
  if (at < 0n || at >= BigInt(size)) refuse(`index out of range: ${at}`);
  return Number(at);
}

/** Go's `fmt.Sprint`: a space stands between two operands when neither is a text. */
export function sprint(values: readonly Value[]): string {
  let out = '';
  for (const [i, value] of values.entries()) {
    if (i > 0 && typeof value !== 'string' && typeof values[i - 1] !== 'string') out += ' ';
    out += printValue(value);
  }
  return out;
}

const HTML: Readonly<Record<string, string>> = {
  '\0': '\ufffd',
  '"': '&#34;',
  "'": '&#39;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
};

const JS: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
  '<': '\\u003C',
  '>': '\\u003E',
  '&': '\\u0026',
  '=': '\\u003D',
};

/** What the escaping functions see of their arguments. */
function evaluated(args: readonly Value[]): string {
  const [only] = args;
  if (args.length === 1 && typeof only === 'string') return only;
  return sprint(args.map((arg) => (arg === null || arg === undefined ? printResult(arg) : arg)));
}

function escapeJs(value: string): string {
  return value.replace(/[\\'"<>&=\p{C}\p{Z}]/gu, (char) => {
    if (char === ' ') return char;
    const point = char.codePointAt(0) ?? 0;
    return JS[char] ?? `\\u${point.toString(16).toUpperCase().padStart(4, '0')}`;
  });
}

/** Go's `url.QueryEscape`. */
export function queryEscape(value: string): string {
  let out = '';
  for (const byte of encodeUtf8(value)) {
    const char = String.fromCharCode(byte);
    if (/[A-Za-z0-9\-_.~]/.test(char)) out += char;
    else out += char === ' ' ? '+' : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return out;
}

function callValue([callee, ...args]: readonly Value[], context: CallContext): Value {
  if (callee === null || callee === undefined) refuse('call of nil');
  if (!isFunction(callee)) refuse(`non-function ${printValue(callee)} of type ${typeOf(callee)}`);
  return callee.call(args, context);
}

/** The functions that Go's text/template itself has, comparisons aside. */
export const BUILTIN: FunctionTable = {
  call: variadic(['reflect'], 'reflect', callValue),
  html: variadic([], 'any', (args) => evaluated(args).replace(/[\0"'&<>]/g, (char) => HTML[char] ?? char)),
  index: variadic(['reflect'], 'reflect', index),
  js: variadic([], 'any', (args) => escapeJs(evaluated(args))),
  len: fixed(['reflect'], ([value]) => length(value)),
  print: variadic([], 'any', sprint),
  printf: variadic(['string'], 'any', (args) => sprintf(text(args, 0), args.slice(1))),
  println: variadic([], 'any', (args) => `${args.map(printValue).join(' ')}\n`),
  urlquery: variadic([], 'any', (args) => queryEscape(evaluated(args))),
};
