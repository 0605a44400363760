import { formatDecimal } from '../value/float.ts';
import { integerOf } from '../value/kind.ts';
import { sortedKeys } from '../value/print.ts';
import { asList, asMap } from '../value/value.ts';
import type { Value, ValueMap } from '../value/value.ts';
import { fixed, refuse } from './define.ts';
import type { FunctionTable } from './define.ts';

/** Writes a map as TOML: plain keys first, then tables, all sorted. */
export function writeToml(map: ValueMap): string {
  return writeTable(map, [], true);
}

function writeTable(map: ValueMap, path: readonly string[], isFirst: boolean): string {
  let out = '';
  let tables = '';
  for (const key of sortedKeys(map)) {
    const value = map.get(key);
    if (value === null || value === undefined) continue;
    const table = asMap(value);
    const list = asList(value);
    if (table !== undefined) tables += writeSubTable(table, [...path, key]);
    else if (list !== undefined && list.length > 0 && list.every((item) => asMap(item) !== undefined)) {
      for (const item of list) tables += writeListTable(asMap(item) ?? new Map(), [...path, key]);
    } else out += `${'  '.repeat(Math.max(0, path.length))}${writeKey(key)} = ${writeValue(value)}\n`;
  }
  return isFirst && out === '' ? tables.replace(/^\n/, '') : out + tables;
}

function writeSubTable(table: ValueMap, path: readonly string[]): string {
  const indent = '  '.repeat(path.length - 1);
  return `${path.length === 1 ? '\n' : ''}${indent}[${path.map(writeKey).join('.')}]\n${writeTable(table, path, false)}`;
}

function writeListTable(table: ValueMap, path: readonly string[]): string {
  const indent = '  '.repeat(path.length - 1);
  return `\n${indent}[[${path.map(writeKey).join('.')}]]\n${writeTable(table, path, false)}`;
}

function writeKey(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? key : writeText(key);
}

function writeValue(value: Value): string {
  if (typeof value === 'string') return writeText(value);
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return writeFloat(value);
  const integer = integerOf(value);
  if (integer !== undefined) return String(integer);
  const list = asList(value);
  if (list !== undefined) return `[${list.map(writeValue).join(', ')}]`;
  const map = asMap(value);
  if (map === undefined) return refuse('toml: unsupported type');
  return `{${sortedKeys(map)
    .map((key) => `${writeKey(key)} = ${writeValue(map.get(key))}`)
    .join(', ')}}`;
}

function writeFloat(value: number): string {
  const text = formatDecimal(value);
  return text.includes('.') ? text : `${text}.0`;
}

function writeText(text: string): string {
  const escaped = text.replace(/["\\]|\p{Cc}/gu, (char) => {
    const short: Readonly<Record<string, string>> = {
      '"': '\\"',
      '\\': '\\\\',
      '\t': '\\t',
      '\n': '\\n',
      '\r': '\\r',
      '\b': '\\b',
      '\f': '\\f',
    };
    return short[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `"${escaped}"`;
}

const toToml = fixed(['any'], ([value]) => {
  const map = asMap(value);
  return map === undefined ? 'toml: top-level values must be Go maps or structs' : writeToml(map);
});

/** Helm's TOML. Reading it is not provided yet: charts write TOML far more often than they read it. */
export const TOML: FunctionTable = {
  toToml,
  mustToToml: toToml,
  fromToml: fixed(['string'], () => refuse('fromToml is not provided by this engine')),
};
