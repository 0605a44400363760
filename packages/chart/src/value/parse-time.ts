import { daysOfDate } from './time.ts';
import { Time } from './value.ts';

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const PART = /January|Jan|Monday|Mon|MST|2006|01|02|03|04|05|06|15|-07:00|-0700|Z07:00|PM|pm|_2|1|2|3|4|5/g;

/** Patterns of the parts of a layout and the field that each fills. */
const PARTS: Readonly<Record<string, readonly [pattern: string, field: string]>> = {
  '2006': ['(\\d{4})', 'year'],
  '06': ['(\\d{2})', 'shortYear'],
  '01': ['(\\d{2})', 'month'],
  '1': ['(\\d{1,2})', 'month'],
  Jan: ['([A-Za-z]{3})', 'monthName'],
  January: ['([A-Za-z]+)', 'monthName'],
  Mon: ['([A-Za-z]{3})', 'day name'],
  Monday: ['([A-Za-z]+)', 'day name'],
  '02': ['(\\d{2})', 'day'],
  '2': ['(\\d{1,2})', 'day'],
  _2: ['[ ]?(\\d{1,2})', 'day'],
  '15': ['(\\d{2})', 'hour'],
  '03': ['(\\d{2})', 'hour'],
  '3': ['(\\d{1,2})', 'hour'],
  '04': ['(\\d{2})', 'minute'],
  '4': ['(\\d{1,2})', 'minute'],
  '05': ['(\\d{2}(?:\\.\\d+)?)', 'second'],
  '5': ['(\\d{1,2}(?:\\.\\d+)?)', 'second'],
  PM: ['(AM|PM)', 'half'],
  pm: ['(am|pm)', 'half'],
  MST: ['([A-Z]{3,4})', 'zone'],
  '-0700': ['([+-]\\d{4})', 'offset'],
  '-07:00': ['([+-]\\d{2}:\\d{2})', 'offset'],
  'Z07:00': ['(Z|[+-]\\d{2}:\\d{2})', 'offset'],
};

/** Go's `time.Parse` for the layouts that people write; nothing when the text does not fit. */
export function parseTime(layout: string, text: string): Time | undefined {
  const fields: string[] = [];
  let pattern = '';
  let at = 0;
  for (const match of layout.matchAll(PART)) {
    const [part, field] = PARTS[match[0]] ?? ['', ''];
    pattern += layout.slice(at, match.index).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&') + part;
    fields.push(field);
    at = match.index + match[0].length;
  }
  pattern += layout.slice(at).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const found = new RegExp(`^${pattern}$`).exec(text);
  if (found === null) return undefined;
  return fromFields(new Map(fields.map((field, i) => [field, found[i + 1] ?? ''])));
}

function fromFields(fields: ReadonlyMap<string, string>): Time | undefined {
  const number = (field: string, fallback: number): number => Number(fields.get(field) ?? fallback);
  const shortYear = fields.get('shortYear');
  const year =
    shortYear === undefined ? number('year', 0) : Number(shortYear) + (Number(shortYear) >= 69 ? 1900 : 2000);
  const name = fields.get('monthName')?.slice(0, 3).toLowerCase();
  const month = name === undefined ? number('month', 1) : MONTHS.indexOf(name) + 1;
  const day = number('day', 1);
  const hour = hourOf(number('hour', 0), fields.get('half')?.toUpperCase());
  const minute = number('minute', 0);
  const [second = '0', fraction = ''] = (fields.get('second') ?? '0').split('.');
  const isValid = month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
  if (!isValid || hour > 23 || minute > 59 || Number(second) > 59) return undefined;
  const offset = offsetOf(fields.get('offset') ?? 'Z');
  const seconds = daysOfDate(year, month, day) * 86_400 + hour * 3600 + minute * 60 + Number(second) - offset;
  const nanoseconds = BigInt(fraction.padEnd(9, '0').slice(0, 9) || '0');
  return new Time(BigInt(seconds) * 1_000_000_000n + nanoseconds, offset, offset === 0 ? 'UTC' : formatOffset(offset));
}

function hourOf(hour: number, half: string | undefined): number {
  if (half === 'PM' && hour < 12) return hour + 12;
  return half === 'AM' && hour === 12 ? 0 : hour;
}

function daysIn(year: number, month: number): number {
  return month === 12 ? 31 : daysOfDate(year, month + 1, 1) - daysOfDate(year, month, 1);
}

function offsetOf(written: string): number {
  if (written === 'Z') return 0;
  const digits = written.replace(/\D/g, '');
  const size = Number(digits.slice(0, 2)) * 3600 + Number(digits.slice(2)) * 60;
  return written.startsWith('-') ? -size : size;
}

function formatOffset(offset: number): string {
  const size = Math.abs(offset);
  const hours = String(Math.floor(size / 3600)).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${hours}${String(Math.floor(size / 60) % 60).padStart(2, '0')}`;
}
