import { formatDuration } from '../value/duration.ts';
import { formatFloat } from '../value/float.ts';
import { integerOf, kindOf } from '../value/kind.ts';
import { sortedKeys } from '../value/print.ts';
import { formatTime } from '../value/time.ts';
import { asList, asMap, Duration, Time } from '../value/value.ts';
import type { Value, ValueMap } from '../value/value.ts';

/** What TOML has no words for, in the words of Go's encoder. */
export class TomlError extends Error {}

/** Writes a value as Go's `toml.Encoder` does: plain keys first, then tables, all sorted. Throws `TomlError`. */
export function writeToml(value: Value): string {
  const writer = new Writer();
  writer.write([], value);
  return writer.output;
}

class Writer {
  output = '';

  write(path: readonly string[], value: Value): void {
    const map = asMap(value);
    if (map !== undefined) this.#table(path, map);
    else if (isTableList(value)) this.#tables(path, asList(value) ?? []);
    else if (path.length === 0) this.output += element(value);
    else this.output += `${indent(path)}${quoteKey(path.at(-1) ?? '')} = ${element(value)}\n`;
  }

  #table(path: readonly string[], map: ValueMap): void {
    if (path.length === 1) this.#newline();
    if (path.length > 0) this.output += `${indent(path)}[${path.map(quoteKey).join('.')}]\n`;
    this.#entries(path, map);
  }

  #tables(path: readonly string[], list: readonly Value[]): void {
    if (path.length === 0) throw new TomlError('toml: top-level values must be Go maps or structs');
    for (const item of list) {
      this.#newline();
      this.output += `${indent(path)}[[${path.map(quoteKey).join('.')}]]\n`;
      this.#entries(path, asMap(item) ?? new Map());
    }
  }

  #entries(path: readonly string[], map: ValueMap): void {
    for (const key of inOrder(map)) {
      const value = map.get(key);
      if (value !== null && value !== undefined) this.write([...path, key], value);
    }
  }

  #newline(): void {
    if (this.output !== '') this.output += '\n';
  }
}

/** The keys of what is written on one line come before those of tables. */
function inOrder(map: ValueMap): string[] {
  const isTable = (key: string): boolean => asMap(map.get(key)) !== undefined || isTableList(map.get(key));
  const keys = sortedKeys(map);
  return [...keys.filter((key) => !isTable(key)), ...keys.filter(isTable)];
}

function isTableList(value: Value): boolean {
  const list = asList(value);
  if (list === undefined || list.length === 0) return false;
  if (list.some((item) => item === null || item === undefined)) {
    throw new TomlError('toml: cannot encode array with nil element');
  }
  return list.every((item) => asMap(item) !== undefined);
}

function indent(path: readonly string[]): string {
  return '  '.repeat(path.length - 1);
}

function quoteKey(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? key : quote(key);
}

function element(value: Value): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return float(value);
  if (value instanceof Duration) return quote(formatDuration(value.nanoseconds));
  if (value instanceof Time) return moment(value);
  const integer = integerOf(value);
  if (integer !== undefined) return String(integer);
  const list = asList(value);
  if (list !== undefined) return `[${list.map(element).join(', ')}]`;
  const map = asMap(value);
  if (map === undefined) throw new TomlError(`unsupported type: ${kindOf(value)}`);
  const keys = inOrder(map);
  const parts = keys.map((key, i) => {
    const item = map.get(key);
    // Go leaves the comma behind when the last value is nil.
    if (item === null || item === undefined) return '';
    return `${quoteKey(key)} = ${element(item)}${i < keys.length - 1 ? ', ' : ''}`;
  });
  return `{${parts.join('')}}`;
}

function float(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  const text = formatFloat(value);
  return /[e.]/.test(text) ? text : `${text}.0`;
}

/** Layouts of moments that were read without a zone. */
const LOCAL_LAYOUTS: Readonly<Record<string, string>> = {
  'datetime-local': '2006-01-02T15:04:05.999999999',
  'date-local': '2006-01-02',
  'time-local': '15:04:05.999999999',
};

function moment(time: Time): string {
  return formatTime(time, LOCAL_LAYOUTS[time.zone] ?? '2006-01-02T15:04:05.999999999Z07:00');
}

const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\b': '\\b',
  '\f': '\\f',
};

function quote(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is escaped
  const escaped = text.replace(/["\\\u0000-\u001f\u007f]/g, (char) => {
    return SHORT[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `"${escaped}"`;
}
