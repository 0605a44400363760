import type { Time } from './value.ts';

export const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);
export const WEEKDAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

/** The parts of a moment on the clock of its zone. */
export interface ClockParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
  readonly yearDay: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly nanosecond: number;
}

/** Reads the clock of `time`'s zone. Days are counted on the proleptic Gregorian calendar. */
export function clockOf(time: Time): ClockParts {
  const local = time.unixNanoseconds + BigInt(time.offsetSeconds) * 1_000_000_000n;
  const seconds = floorDivide(local, 1_000_000_000n);
  const nanosecond = Number(local - seconds * 1_000_000_000n);
  const days = Number(floorDivide(seconds, 86_400n));
  const inDay = Number(seconds) - days * 86_400;
  const { year, month, day } = dateOfDays(days);
  return {
    year,
    month,
    day,
    weekday: (((days + 4) % 7) + 7) % 7,
    yearDay: days - daysOfDate(year, 1, 1) + 1,
    hour: Math.floor(inDay / 3600),
    minute: Math.floor(inDay / 60) % 60,
    second: inDay % 60,
    nanosecond,
  };
}

/** Days from 1970-01-01 to a date; months out of range carry over into the year. */
export function daysOfDate(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

function dateOfDays(days: number): { year: number; month: number; day: number } {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

/** The parts of a layout, each as it stands in the reference moment. */
export const LAYOUT =
  /January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST|2006|__2|002|01|02|03|04|05|06|15|-07:00:00|-07:00|-070000|-0700|-07|Z07:00:00|Z07:00|Z070000|Z0700|Z07|PM|pm|[.,]0+(?!\d)|[.,]9+(?!\d)|_2(?!006)|1|2|3|4|5/g;

/** Go's `time.Format`: the layout is the reference moment `Mon Jan 2 15:04:05 MST 2006`. */
export function formatTime(time: Time, layout: string): string {
  const clock = clockOf(time);
  return layout.replace(LAYOUT, (part) => layoutPart(part, clock, time));
}

/** What Go prints for a time that nobody formatted. */
export function formatTimeDefault(time: Time): string {
  return formatTime(time, '2006-01-02 15:04:05.999999999 -0700 MST');
}

function layoutPart(part: string, clock: ClockParts, time: Time): string {
  const pad = (value: number, width = 2, fill = '0'): string => String(value).padStart(width, fill);
  const hour12 = clock.hour % 12 === 0 ? 12 : clock.hour % 12;
  const month = MONTHS[clock.month - 1] ?? '';
  const day = WEEKDAYS[clock.weekday] ?? '';
  const simple: Readonly<Record<string, string>> = {
    January: month,
    Jan: month.slice(0, 3),
    Monday: day,
    Mon: day.slice(0, 3),
    MST: time.zone,
    '2006': pad(clock.year, 4),
    '06': pad(clock.year % 100),
    '01': pad(clock.month),
    '1': String(clock.month),
    '02': pad(clock.day),
    _2: pad(clock.day, 2, ' '),
    '2': String(clock.day),
    __2: pad(clock.yearDay, 3, ' '),
    '002': pad(clock.yearDay, 3),
    '15': pad(clock.hour),
    '03': pad(hour12),
    '3': String(hour12),
    '04': pad(clock.minute),
    '4': String(clock.minute),
    '05': pad(clock.second),
    '5': String(clock.second),
    PM: clock.hour >= 12 ? 'PM' : 'AM',
    pm: clock.hour >= 12 ? 'pm' : 'am',
  };
  const found = simple[part];
  if (found !== undefined) return found;
  return part.startsWith('-') || part.startsWith('Z') ? zonePart(part, time.offsetSeconds) : fraction(part, clock);
}

function zonePart(part: string, offsetSeconds: number): string {
  if (part.startsWith('Z') && offsetSeconds === 0) return 'Z';
  const size = Math.abs(offsetSeconds);
  const pieces = [Math.floor(size / 3600), Math.floor(size / 60) % 60, size % 60].map((n) =>
    String(n).padStart(2, '0'),
  );
  const count = part.replace(/\D/g, '').length / 2;
  return (offsetSeconds < 0 ? '-' : '+') + pieces.slice(0, count).join(part.includes(':') ? ':' : '');
}

function fraction(part: string, clock: ClockParts): string {
  const digits = String(clock.nanosecond)
    .padStart(9, '0')
    .slice(0, part.length - 1);
  if (part[1] === '0') return part[0] + digits;
  const trimmed = digits.replace(/0+$/, '');
  return trimmed === '' ? '' : part[0] + trimmed;
}

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b < 0n ? quotient - 1n : quotient;
}

/** An offset from UTC in seconds as `+0900`. */
export function formatOffset(offset: number): string {
  const size = Math.abs(offset);
  const hours = String(Math.floor(size / 3600)).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${hours}${String(Math.floor(size / 60) % 60).padStart(2, '0')}`;
}
