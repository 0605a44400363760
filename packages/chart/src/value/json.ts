import { encodeBase64 } from './base64.ts';
import { describeJsonError } from './json-syntax.ts';
import { formatJsonFloat, specialFloat } from './float.ts';
import { integerOf } from './kind.ts';
import { sortedKeys } from './print.ts';
import { formatTime } from './time.ts';
import { asMap, Bytes, isNilList, Named, Time } from './value.ts';
import type { Value, ValueMap } from './value.ts';

export interface JsonOptions {
  /** Escape `<`, `>` and `&`, as Go does unless told otherwise. */
  readonly escapeHtml?: boolean;
  /** Indent by this text and break lines. */
  readonly indent?: string;
}

/** What JSON has no words for. */
export class JsonError extends Error {}

/** Go's `json.Marshal`: keys sorted, floats in Go's notation. Throws `JsonError` for what JSON cannot say. */
export function encodeJson(value: Value, options: JsonOptions = {}): string {
  return encode(value, { escapeHtml: options.escapeHtml ?? true, indent: options.indent ?? '' }, '\n');
}

function encode(value: Value, options: Required<JsonOptions>, newline: string): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return encodeText(value, options.escapeHtml);
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    const special = specialFloat(value);
    if (special !== undefined) throw new JsonError(`json: unsupported value: ${special}`);
    return formatJsonFloat(value);
  }
  const integer = integerOf(value);
  if (integer !== undefined) return String(integer);
  if (value instanceof Time) return `"${formatTime(value, '2006-01-02T15:04:05.999999999Z07:00')}"`;
  if (value instanceof Bytes) return `"${encodeBase64(value.data)}"`;
  return encodeContainer(value, options, newline);
}

function encodeContainer(value: Value, options: Required<JsonOptions>, newline: string): string {
  const inner = newline + options.indent;
  const [open, close] = options.indent === '' ? ['', ''] : [inner, newline];
  const between = options.indent === '' ? ',' : `,${inner}`;
  const colon = options.indent === '' ? ':' : ': ';
  if (value instanceof Named && value.marshalled !== undefined) return encodeText(value.marshalled, options.escapeHtml);
  const content = value instanceof Named ? value.content : value;
  if (Array.isArray(content)) {
    if (content.length === 0) return isNilList(content) ? 'null' : '[]';
    return `[${open}${content.map((item) => encode(item, options, inner)).join(between)}${close}]`;
  }
  const map = asMap(content);
  if (map === undefined) throw new JsonError('json: unsupported type: func()');
  if (map.size === 0) return '{}';
  const keys = value instanceof Named && value.isStruct ? [...map.keys()] : sortedKeys(map);
  const parts = keys.map((key) => encodeText(key, options.escapeHtml) + colon + encode(map.get(key), options, inner));
  return `{${open}${parts.join(between)}${close}}`;
}

const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

function encodeText(text: string, escapeHtml: boolean): string {
  if (/^[ !#-%'-;=?-[\]-~]*$/.test(text)) return `"${text}"`;
  const escaped = text.toWellFormed().replace(/["\\<>&\u2028\u2029]|(?![\u007f-\u009f])\p{Cc}/gu, (char) => {
    if ('<>&'.includes(char) && !escapeHtml) return char;
    return SHORT[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `"${escaped}"`;
}

/** Go's `json.Unmarshal` into `interface{}`: every number is a `float64`. Throws `JsonError` in Go's words. */
export function decodeJson(text: string): Value {
  let plain: unknown;
  try {
    plain = JSON.parse(text);
  } catch {
    throw new JsonError(describeJsonError(text) ?? 'invalid JSON');
  }
  return fromJson(plain);
}

function fromJson(plain: unknown): Value {
  if (typeof plain === 'string') return plain.toWellFormed();
  if (typeof plain === 'boolean' || typeof plain === 'number') return plain;
  if (Array.isArray(plain)) return plain.map(fromJson);
  if (plain === null || typeof plain !== 'object') return null;
  const map: ValueMap = new Map();
  for (const [key, item] of Object.entries(plain)) map.set(key.toWellFormed(), fromJson(item));
  return map;
}
