import { quoteGo } from '../value/quote.ts';

/** `2006-01-02`; the words are those of Go's `time.Parse`. */
export function dateFault(text: string): string | undefined {
  const failed = (rest: string, part: string): string =>
    `parsing time ${quoteGo(text)} as "2006-01-02": cannot parse ${quoteGo(rest)} as "${part}"`;
  const outOfRange = (part: string): string => `parsing time ${quoteGo(text)}: ${part} out of range`;
  const year = /^\d{4}/.exec(text)?.[0];
  if (year === undefined) return failed(text, '2006');
  let rest = text.slice(4);
  const parts: number[] = [];
  for (const part of ['01', '02']) {
    if (!rest.startsWith('-')) return failed(rest, '-');
    const digits = /^\d{2}/.exec(rest.slice(1))?.[0];
    if (digits === undefined) return failed(rest.slice(1), part);
    if (part === '01' && (digits === '00' || Number(digits) > 12)) return outOfRange('month');
    parts.push(Number(digits));
    rest = rest.slice(3);
  }
  if (rest !== '') return `parsing time ${quoteGo(text)}: extra text: ${quoteGo(rest)}`;
  const [month = 1, day = 1] = parts;
  return day < 1 || day > daysIn(Number(year), month) ? outOfRange('day') : undefined;
}

function daysIn(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}

/** `15:04:05.99Z`, with a leap second where there can be one. */
export function timeFault(text: string): string | undefined {
  if (text.length < 9) return 'less than 9 characters long';
  if (text[2] !== ':' || text[5] !== ':') return 'missing colon in correct place';
  const fields = text.slice(0, 8).split(':');
  if (!fields.every((field) => /^\d+$/.test(field))) return 'invalid hour/min/sec';
  const [hour = 0, minute = 0, second = 0] = fields.map(Number);
  if (hour > 23 || minute > 59 || second > 60) return 'hour/min/sec out of range';
  const fraction = /^\.(\d*)/.exec(text.slice(8));
  if (fraction?.[1] === '') return 'no digits in second fraction';
  const zone = text.slice(8 + (fraction?.[0].length ?? 0));
  const offset = offsetMinutes(zone);
  if (typeof offset === 'string') return offset;
  const utc = (hour * 60 + minute + offset + 24 * 60) % (24 * 60);
  return second >= 60 && utc !== 23 * 60 + 59 ? 'invalid leap second' : undefined;
}

/** How far UTC lies from a zone; or why the zone is none. */
function offsetMinutes(zone: string): number | string {
  if (zone === 'z' || zone === 'Z') return 0;
  if (zone.length !== 6) return 'offset must be 6 characters long';
  if (!/^[+-]/.test(zone)) return 'offset must begin with plus/minus';
  if (zone[3] !== ':') return 'missing colon in offset in correct place';
  const fields = zone.slice(1).split(':');
  if (!fields.every((field) => /^\d+$/.test(field))) return 'invalid hour/min in offset';
  const [hour = 0, minute = 0] = fields.map(Number);
  if (hour > 23 || minute > 59) return 'hour/min in offset out of range';
  return (zone.startsWith('+') ? -1 : 1) * (hour * 60 + minute);
}

export function dateTimeFault(text: string): string | undefined {
  if (text.length < 20) return 'less than 20 characters long';
  if (text[10] !== 't' && text[10] !== 'T') return '11th character must be t or T';
  const date = dateFault(text.slice(0, 10));
  if (date !== undefined) return `invalid date element: ${date}`;
  const time = timeFault(text.slice(11));
  return time === undefined ? undefined : `invalid time element: ${time}`;
}

const UNITS = ['YMD', 'HMS'];

/** `P1Y2DT3H`, or weeks. */
export function durationFault(text: string): string | undefined {
  if (!text.startsWith('P')) return 'must start with P';
  const body = text.slice(1);
  if (body === '') return 'nothing after P';
  if (body.endsWith('W')) {
    if (body === 'W') return 'no number in week';
    return /^\d+W$/.test(body) ? undefined : 'invalid week';
  }
  for (const [i, part] of body.split('T').entries()) {
    if (i > 0 && part === '') return 'no time elements';
    const units = UNITS[i];
    if (units === undefined) return 'more than one T';
    const fault = elementsFault(part, units);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function elementsFault(part: string, units: string): string | undefined {
  let left = units;
  for (let rest = part; rest !== ''; ) {
    const [digits = ''] = /^\d*/.exec(rest) ?? [];
    if (digits === '') return 'missing number';
    const unit = rest[digits.length];
    if (unit === undefined) return 'missing unit';
    const at = left.indexOf(unit);
    if (at < 0) {
      const shown = quoteGo(unit, { quote: "'" });
      return units.includes(unit) ? `unit ${shown} out of order` : `invalid unit ${shown}`;
    }
    left = left.slice(at + 1);
    rest = rest.slice(digits.length + 1);
  }
  return undefined;
}
