import { printValue } from '../value/print.ts';
import { quoteGo } from '../value/quote.ts';
import { decodeUtf8, encodeUtf8, utf8Length } from '../value/utf8.ts';
import { stringList, StringMap } from '../value/value.ts';
import type { Value } from '../value/value.ts';
import { boundedSize, count, toText, toTexts } from './cast.ts';
import { fixed, refuse, text, variadic } from './define.ts';
import type { FunctionTable } from './define.ts';

/** White space as Go's `unicode.IsSpace` has it. */
export const GO_SPACE = '\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const SPACE = new RegExp(`[${GO_SPACE}]`);

/** Go's `strings.TrimSpace`. */
export function trimSpace(value: string): string {
  // By hand: an expression for the end would be tried at every space of a long text.
  let [start, end] = [0, value.length];
  while (start < end && SPACE.test(value.charAt(start))) start++;
  while (end > start && SPACE.test(value.charAt(end - 1))) end--;
  return value.slice(start, end);
}

/** Changes letters one by one, as Go does: a letter whose other case is several letters stays. */
function mapLetters(value: string, change: (char: string) => string): string {
  // oxlint-disable-next-line no-control-regex -- ASCII needs no care
  if (/^[\u0000-\u007f]*$/.test(value)) return change(value);
  return [...value].map((char) => changeLetter(char, change)).join('');
}

function changeLetter(char: string, change: (char: string) => string): string {
  const [first = char, ...others] = change(char);
  // The dotted capital I is the one letter whose lower case Go shortens.
  return others.length === 0 || char === 'İ' ? first : char;
}

function trimAll(cutset: string, value: string): string {
  const chars = new Set(cutset);
  const points = [...value];
  let start = 0;
  let end = points.length;
  while (start < end && chars.has(points[start] ?? '')) start++;
  while (end > start && chars.has(points[end - 1] ?? '')) end--;
  return points.slice(start, end).join('');
}

/** A part of a text, counted in bytes; a character that is cut apart stays as the bytes that are left. */
export function byteSlice(value: string, start: number, end: number): string {
  // oxlint-disable-next-line no-control-regex -- asks whether bytes and characters are the same
  if (/^[\u0000-\u007f]*$/.test(value)) return value.slice(start, end);
  return decodeUtf8(encodeUtf8(value).slice(start, end));
}

function trunc(size: number, value: string): string {
  const length = utf8Length(value);
  if (size < 0) return length + size > 0 ? byteSlice(value, length + size, length) : value;
  return length > size ? byteSlice(value, 0, size) : value;
}

function substr(start: number, end: number, value: string): string {
  const length = utf8Length(value);
  const from = start < 0 ? 0 : start;
  const to = start >= 0 && (end < 0 || end > length) ? length : end;
  if (from > to || to > length || to < 0) refuse(`runtime error: slice bounds out of range [${from}:${to}]`);
  return byteSlice(value, from, to);
}

/** sprig's `indent`. */
export function indent(spaces: number, value: string): string {
  if (spaces < 0) refuse('strings: negative Repeat count');
  const padding = ' '.repeat(boundedSize(spaces));
  return padding + value.replaceAll('\n', `\n${padding}`);
}

function repeat(times: number, value: string): string {
  if (times < 0) refuse('strings: negative Repeat count');
  boundedSize(times * value.length);
  return value.repeat(times);
}

/** Go's `strings.Split`: an empty separator cuts into characters. */
export function splitText(separator: string, value: string): string[] {
  return separator === '' ? [...value] : value.split(separator);
}

function splitN(separator: string, limit: number, value: string): string[] {
  const parts = splitText(separator, value);
  if (limit < 0 || parts.length <= limit) return parts;
  if (limit === 0) return [];
  return [...parts.slice(0, limit - 1), parts.slice(limit - 1).join(separator)];
}

function numbered(parts: readonly string[]): StringMap {
  return new StringMap(parts.map((part, i) => [`_${i}`, part]));
}

function quoteAll(args: readonly Value[], quote: (value: Value) => string): string {
  return args
    .filter((arg) => arg !== null && arg !== undefined)
    .map(quote)
    .join(' ');
}

function cat(args: readonly Value[]): string {
  return args
    .filter((arg) => arg !== null && arg !== undefined)
    .map(printValue)
    .join(' ');
}

const stringToString = (change: (value: string) => string): FunctionTable[string] =>
  fixed(['string'], (args) => change(text(args, 0)));
const stringPair = (change: (a: string, b: string) => Value): FunctionTable[string] =>
  fixed(['string', 'string'], (args) => change(text(args, 0), text(args, 1)));

/** sprig's functions on texts. Lengths and positions count bytes, as in Go. */
export const TEXT: FunctionTable = {
  trim: stringToString(trimSpace),
  upper: stringToString((value) => mapLetters(value, (char) => char.toUpperCase())),
  lower: stringToString((value) => mapLetters(value, (char) => char.toLowerCase())),
  nospace: stringToString((value) => value.replaceAll(new RegExp(SPACE, 'g'), '')),
  trimAll: stringPair(trimAll),
  trimall: stringPair(trimAll),
  trimSuffix: stringPair((suffix, value) =>
    suffix !== '' && value.endsWith(suffix) ? value.slice(0, -suffix.length) : value,
  ),
  trimPrefix: stringPair((prefix, value) => (value.startsWith(prefix) ? value.slice(prefix.length) : value)),
  contains: stringPair((part, value) => value.includes(part)),
  hasPrefix: stringPair((part, value) => value.startsWith(part)),
  hasSuffix: stringPair((part, value) => value.endsWith(part)),
  splitList: stringPair((separator, value) => stringList(splitText(separator, value))),
  split: stringPair((separator, value) => numbered(splitText(separator, value))),
  splitn: fixed(['string', 'int', 'string'], (args) => numbered(splitN(text(args, 0), count(args, 1), text(args, 2)))),
  trunc: fixed(['int', 'string'], (args) => trunc(count(args, 0), text(args, 1))),
  substr: fixed(['int', 'int', 'string'], (args) => substr(count(args, 0), count(args, 1), text(args, 2))),
  repeat: fixed(['int', 'string'], (args) => repeat(count(args, 0), text(args, 1))),
  indent: fixed(['int', 'string'], (args) => indent(count(args, 0), text(args, 1))),
  nindent: fixed(['int', 'string'], (args) => `\n${indent(count(args, 0), text(args, 1))}`),
  replace: fixed(['string', 'string', 'string'], ([from, to, value]) => replaceText(value, from, to)),
  plural: fixed(['string', 'string', 'int'], (args) => (count(args, 2) === 1 ? args[0] : args[1])),
  quote: variadic([], 'any', (args) => quoteAll(args, (value) => quoteGo(toText(value)))),
  squote: variadic([], 'any', (args) => quoteAll(args, (value) => `'${printValue(value)}'`)),
  cat: variadic([], 'any', cat),
  join: fixed(['string', 'any'], (args) => toTexts(args[1]).join(text(args, 0))),
  toString: fixed(['any'], ([value]) => toText(value)),
  toStrings: fixed(['any'], ([value]) => stringList(toTexts(value))),
  hello: fixed([], () => 'Hello!'),
};

function replaceText(value: Value, from: Value, to: Value): string {
  if (typeof value !== 'string' || typeof from !== 'string' || typeof to !== 'string') return '';
  if (from !== '') return value.replaceAll(from, () => to);
  return to + [...value].map((char) => char + to).join('');
}
