import { parse, TomlDate, TomlError } from 'smol-toml';
import { Time } from '../value/value.ts';
import type { Value, ValueMap } from '../value/value.ts';

/** The table in `text`; what is no TOML comes back as a map with the key `Error`, as Helm has it. */
export function readToml(text: string): ValueMap {
  try {
    return toMap(parse(text, { integersAsBigInt: true }));
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [reason = ''] = error.message.replace(/^Invalid TOML document: /, '').split('\n');
    return new Map([['Error', `toml: line ${error.line}: ${reason}`]]);
  }
}

function toMap(table: object): ValueMap {
  return new Map(Object.entries(table).map(([key, value]) => [key, toValue(value)]));
}

function toValue(value: unknown): Value {
  if (value instanceof TomlDate) return toTime(value);
  if (Array.isArray(value)) return value.map(toValue);
  if (typeof value === 'object' && value !== null) return toMap(value);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') return value;
  return value === true;
}

/** Go names the zone of a moment that has none after what the moment lacks. */
function toTime(date: TomlDate): Time {
  const nanoseconds = BigInt(date.getTime()) * 1_000_000n;
  if (date.isDate()) return new Time(nanoseconds, 0, 'date-local');
  if (date.isTime()) return new Time(nanoseconds, 0, 'time-local');
  if (date.isLocal()) return new Time(nanoseconds, 0, 'datetime-local');
  const [, sign = '+', hours = '0', minutes = '0'] = /([+-])(\d\d):(\d\d)$/.exec(date.toISOString()) ?? [];
  const offset = (Number(hours) * 3600 + Number(minutes) * 60) * (sign === '-' ? -1 : 1);
  return offset === 0 ? new Time(nanoseconds) : new Time(nanoseconds, offset, `${sign}${hours}${minutes}`);
}
