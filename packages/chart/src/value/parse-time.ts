import { parseZoneName } from './parse-zone.ts';
import { formatOffset, LAYOUT, daysOfDate, MONTHS, WEEKDAYS } from './time.ts';
import { encodeUtf8 } from './utf8.ts';
import { Time } from './value.ts';

/** Why a text does not fit its layout, in the words of Go's `time.Parse`. */
export class TimeParseError extends Error {}

/** Go's `time.Parse`, with UTC for the local zone. Throws `TimeParseError`. */
export function parseTime(layout: string, text: string): Time {
  return new Parser(layout, text).parse();
}

/** What does not fit a part of the layout; the loop says which part. */
class Mismatch extends Error {}

/** A number that fits its place and that no clock shows. */
class OutOfRange extends Error {}

class Parser {
  readonly #layout: string;
  readonly #text: string;
  /** What is left of the text. */
  #rest: string;
  readonly #fields = { year: 0, month: -1, day: -1, yearDay: -1, hour: 0, minute: 0, second: 0, nanosecond: 0 };
  #half: 'AM' | 'PM' | undefined;
  #zone: { readonly name: string; readonly offset: number | undefined } | undefined;

  constructor(layout: string, text: string) {
    this.#layout = layout;
    this.#text = text;
    this.#rest = text;
  }

  parse(): Time {
    let at = 0;
    for (const match of this.#layout.matchAll(LAYOUT)) {
      this.#literal(this.#layout.slice(at, match.index));
      at = match.index + match[0].length;
      this.#part(match[0], this.#layout.slice(at));
    }
    this.#literal(this.#layout.slice(at));
    if (this.#rest !== '') throw this.#refusal(`: extra text: ${quoteAscii(this.#rest)}`);
    return this.#time();
  }

  /** Steps over what the layout says word by word; a run of spaces fits any other. */
  #literal(literal: string): void {
    let [wanted, rest] = [literal, this.#rest];
    while (wanted !== '') {
      if (wanted.startsWith(' ') ? rest !== '' && !rest.startsWith(' ') : rest[0] !== wanted[0]) {
        throw this.#cannot(rest, literal);
      }
      const isSpace = wanted.startsWith(' ');
      wanted = isSpace ? wanted.replace(/^ +/, '') : wanted.slice(1);
      rest = isSpace ? rest.replace(/^ +/, '') : rest.slice(1);
    }
    this.#rest = rest;
  }

  #part(part: string, layoutAfter: string): void {
    const held = this.#rest;
    try {
      if (/^[Z-]07/.test(part)) this.#offset(part);
      else if (/^[.,]/.test(part)) this.#fraction(part);
      else if (Object.hasOwn(NUMBERS, part)) this.#number(part, layoutAfter);
      else this.#word(part);
    } catch (error) {
      if (error instanceof OutOfRange) throw this.#refusal(`: ${error.message} out of range`);
      if (error instanceof Mismatch) throw this.#cannot(held, part);
      throw error;
    }
  }

  #number(part: string, layoutAfter: string): void {
    const known = NUMBERS[part];
    if (known === undefined) return;
    const { field, pattern, least, most } = known;
    const value = Number(this.#take(pattern));
    if (value < least || value > most) throw new OutOfRange(field);
    if (field === 'shortYear') this.#fields.year = value + (value >= 69 ? 1900 : 2000);
    else this.#fields[field] = value;
    // Seconds may have a fraction that the layout does not mention.
    if (field === 'second' && !/^[.,](0+|9+)(?!\d)/.test(layoutAfter) && /^[.,]\d/.test(this.#rest)) {
      this.#fields.nanosecond = nanoseconds(this.#take(/^[.,]\d+/));
    }
  }

  #word(part: string): void {
    if (part === 'MST') this.#zoneName();
    else if (part === 'PM' || part === 'pm') {
      const half = this.#take(part === 'PM' ? /^(AM|PM)/ : /^(am|pm)/).toUpperCase();
      this.#half = half === 'PM' ? 'PM' : 'AM';
    } else if (part.startsWith('J')) this.#fields.month = this.#name(MONTHS, part) + 1;
    else this.#name(WEEKDAYS, part);
  }

  /** The place of a name among `names`, which are shortened when the layout is short. */
  #name(names: readonly string[], part: string): number {
    const lower = this.#rest.toLowerCase();
    const known = part.length === 3 ? names.map((name) => name.slice(0, 3)) : names;
    const index = known.findIndex((name) => lower.startsWith(name.toLowerCase()));
    this.#rest = this.#rest.slice(known[index]?.length ?? 0);
    return index < 0 ? mismatch() : index;
  }

  #zoneName(): void {
    const length = parseZoneName(this.#rest);
    if (length === 0) mismatch();
    this.#zone = { name: this.#rest.slice(0, length), offset: this.#zone?.offset };
    this.#rest = this.#rest.slice(length);
  }

  #offset(part: string): void {
    if (part.startsWith('Z') && this.#rest.startsWith('Z')) {
      this.#rest = this.#rest.slice(1);
      this.#zone = { name: 'UTC', offset: 0 };
      return;
    }
    const pattern = part.slice(1).replace(/\d\d/g, '(\\d\\d)');
    const [sign, ...numbers] = this.#groups(new RegExp(`^([+-])${pattern}`));
    const [hours = 0, minutes = 0, seconds = 0] = numbers.map(Number);
    if (hours > 24) throw new OutOfRange('time zone offset hour');
    if (minutes > 60) throw new OutOfRange('time zone offset minute');
    if (seconds > 60) throw new OutOfRange('time zone offset second');
    const size = hours * 3600 + minutes * 60 + seconds;
    this.#zone = { name: this.#zone?.name ?? '', offset: sign === '-' ? -size : size };
  }

  #fraction(part: string): void {
    if (part[1] === '0') {
      const digits = this.#take(new RegExp(`^[.,]\\d{${part.length - 1}}`));
      this.#fields.nanosecond = nanoseconds(digits);
    } else if (/^[.,]\d/.test(this.#rest)) {
      this.#fields.nanosecond = nanoseconds(this.#take(/^[.,]\d{1,9}/));
    }
  }

  #take(pattern: RegExp): string {
    return this.#groups(pattern)[0] ?? '';
  }

  /** The groups of what the rest starts with, or all of it when there are none. */
  #groups(pattern: RegExp): string[] {
    const match = pattern.exec(this.#rest);
    if (match === null) return mismatch();
    this.#rest = this.#rest.slice(match[0].length);
    return match.length > 1 ? match.slice(1) : [match[0]];
  }

  #time(): Time {
    const { year, hour, minute, second, nanosecond } = this.#fields;
    const { month, day } = this.#date();
    const seconds = BigInt(daysOfDate(year, month, day) * 86_400 + clockHour(hour, this.#half) * 3600);
    const local = (seconds + BigInt(minute * 60 + second)) * 1_000_000_000n + BigInt(nanosecond);
    const { name = 'UTC', offset } = this.#zone ?? {};
    if (offset === undefined) {
      const gmt = /^GMT([+-]\d+)$/.exec(name)?.[1];
      const shift = gmt === undefined ? 0 : Number(gmt) * 3600;
      // Go does not know the zone: it takes the clock for UTC and then shows it under the name.
      return new Time(local, shift, name);
    }
    const known = name !== '' || offset === 0 ? name || 'UTC' : formatOffset(offset);
    return new Time(local - BigInt(offset) * 1_000_000_000n, offset, known);
  }

  #date(): { month: number; day: number } {
    const { year, month, day, yearDay } = this.#fields;
    if (yearDay < 0) {
      const date = { month: Math.max(month, 1), day: day < 0 ? 1 : day };
      if (date.day < 1 || date.day > daysIn(year, date.month)) throw this.#refusal(': day out of range');
      return date;
    }
    if (yearDay < 1 || yearDay > 337 + daysIn(year, 2)) throw this.#refusal(': day-of-year out of range');
    let [found, rest] = [1, yearDay];
    for (; rest > daysIn(year, found); found++) rest -= daysIn(year, found);
    if (month >= 0 && month !== found) throw this.#refusal(': day-of-year does not match month');
    if (day >= 0 && day !== rest) throw this.#refusal(': day-of-year does not match day');
    return { month: found, day: rest };
  }

  #cannot(found: string, wanted: string): TimeParseError {
    const reason = `cannot parse ${quoteAscii(found)} as ${quoteAscii(wanted)}`;
    return this.#refusal(` as ${quoteAscii(this.#layout)}: ${reason}`);
  }

  #refusal(reason: string): TimeParseError {
    return new TimeParseError(`parsing time ${quoteAscii(this.#text)}${reason}`);
  }
}

type NumberField = 'year' | 'shortYear' | 'month' | 'day' | 'yearDay' | 'hour' | 'minute' | 'second';

interface NumberPart {
  readonly field: NumberField;
  readonly pattern: RegExp;
  readonly least: number;
  readonly most: number;
}

const TWO = /^\d\d/;
const ONE_OR_TWO = /^\d\d?/;
/** Whether a day fits its month is seen when both are known. */
const ANY = { least: 0, most: 9999 };

/** The parts of a layout that are numbers. */
const NUMBERS: Readonly<Record<string, NumberPart>> = {
  '2006': { field: 'year', pattern: /^\d{4}/, ...ANY },
  '06': { field: 'shortYear', pattern: TWO, ...ANY },
  '01': { field: 'month', pattern: TWO, least: 1, most: 12 },
  '1': { field: 'month', pattern: ONE_OR_TWO, least: 1, most: 12 },
  '02': { field: 'day', pattern: TWO, ...ANY },
  '2': { field: 'day', pattern: ONE_OR_TWO, ...ANY },
  _2: { field: 'day', pattern: /^ ?(\d\d?)/, ...ANY },
  '002': { field: 'yearDay', pattern: /^\d{3}/, ...ANY },
  __2: { field: 'yearDay', pattern: /^(?: {0,2})(\d{1,3})/, ...ANY },
  '15': { field: 'hour', pattern: ONE_OR_TWO, least: 0, most: 23 },
  '03': { field: 'hour', pattern: TWO, least: 0, most: 12 },
  '3': { field: 'hour', pattern: ONE_OR_TWO, least: 0, most: 12 },
  '04': { field: 'minute', pattern: TWO, least: 0, most: 59 },
  '4': { field: 'minute', pattern: ONE_OR_TWO, least: 0, most: 59 },
  '05': { field: 'second', pattern: TWO, least: 0, most: 59 },
  '5': { field: 'second', pattern: ONE_OR_TWO, least: 0, most: 59 },
};

function mismatch(): never {
  throw new Mismatch();
}

/** The first nine digits after the point. */
function nanoseconds(fraction: string): number {
  return Number(fraction.slice(1, 10).padEnd(9, '0'));
}

function clockHour(hour: number, half: 'AM' | 'PM' | undefined): number {
  if (half === 'PM' && hour < 12) return hour + 12;
  return half === 'AM' && hour === 12 ? 0 : hour;
}

function daysIn(year: number, month: number): number {
  return month === 12 ? 31 : daysOfDate(year, month + 1, 1) - daysOfDate(year, month, 1);
}

/** Quotes as the package `time` does: every byte that is not ASCII on its own. */
function quoteAscii(text: string): string {
  let out = '';
  for (const byte of encodeUtf8(text)) {
    const char = String.fromCharCode(byte);
    if (byte >= 0x80 || byte < 0x20) out += `\\x${byte.toString(16).padStart(2, '0')}`;
    else out += char === '"' || char === '\\' ? `\\${char}` : char;
  }
  return `"${out}"`;
}
