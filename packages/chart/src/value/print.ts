import { formatDuration } from './duration.ts';
import { formatFloat } from './float.ts';
import { formatTimeDefault } from './time.ts';
import { compareText } from './utf8.ts';
import { Bytes, Duration, Int, Named, Time } from './value.ts';
import type { Value, ValueMap } from './value.ts';

/** What `%v` prints: Go's text of a value inside another text. */
export function printValue(value: Value): string {
  if (value === null || value === undefined) return '<nil>';
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
      return formatFloat(value);
    case 'boolean':
    case 'bigint':
      return String(value);
    default:
      break;
  }
  if (value instanceof Int) return String(value.value);
  if (value instanceof Map) return printMap(value);
  if (Array.isArray(value)) return printList(value);
  if (value instanceof Duration) return formatDuration(value.nanoseconds);
  if (value instanceof Time) return formatTimeDefault(value);
  if (value instanceof Bytes) return `[${value.data.join(' ')}]`;
  if (value instanceof Named) return printNamed(value);
  return '0x0';
}

/** What a template writes for the result of an action. */
export function printResult(value: Value): string {
  if (value === null || value === undefined) return '<no value>';
  return typeof value === 'string' ? value : printValue(value);
}

/** The keys of a map in the order in which Go prints and ranges over them. */
export function sortedKeys(map: ValueMap): string[] {
  return [...map.keys()].sort(compareText);
}

function printMap(map: ValueMap): string {
  const parts = sortedKeys(map).map((key) => `${key}:${printValue(map.get(key))}`);
  return `map[${parts.join(' ')}]`;
}

function printList(list: readonly Value[]): string {
  return `[${list.map(printValue).join(' ')}]`;
}

function printNamed(value: Named): string {
  if (value.text !== undefined) return value.text;
  if (Array.isArray(value.content)) return printList(value.content);
  if (!value.isStruct) return printMap(value.content);
  const fields = [...value.content.values()].map(printValue).join(' ');
  return value.type.startsWith('*') ? `&{${fields}}` : `{${fields}}`;
}
