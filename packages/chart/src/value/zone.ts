import { daysOfDate, formatOffset } from './time.ts';
import { Time } from './value.ts';
import { clockNames } from './zone-names.ts';

/**
 * The same moment on the clocks of an IANA zone; in UTC when the zone is not known, as sprig has it. Rules come from the
 * platform's own zone table, the only one that browsers and Node share; names of clocks are those of today.
 */
export function inZone(time: Time, zone: string): Time {
  const formatter = zone === '' || zone === 'UTC' || zone === 'Local' ? undefined : formatterOf(zone);
  if (formatter === undefined) return new Time(time.unixNanoseconds);
  const offset = offsetAt(formatter, secondsOf(time));
  return new Time(time.unixNanoseconds, offset, clockName(formatter, zone, time) ?? formatName(offset));
}

/** A clock without a name is called by its offset, without minutes when there are none. */
function formatName(offset: number): string {
  return formatOffset(offset).replace(/00$/, '');
}

function clockName(formatter: Intl.DateTimeFormat, zone: string, time: Time): string | undefined {
  const [standard, summer] = clockNames(zone) ?? [];
  if (summer === undefined) return standard;
  const halfYear = 182 * 86_400;
  const at = secondsOf(time);
  const offsets = [at - halfYear, at + halfYear].map((seconds) => offsetAt(formatter, seconds));
  return offsetAt(formatter, at) > Math.min(...offsets) ? summer : standard;
}

function secondsOf(time: Time): number {
  return Number(time.unixNanoseconds / 1_000_000_000n);
}

const formatters = new Map<string, Intl.DateTimeFormat | undefined>();
const MAX_KEPT = 500;

function formatterOf(zone: string): Intl.DateTimeFormat | undefined {
  if (formatters.has(zone)) return formatters.get(zone);
  const formatter = makeFormatter(zone);
  if (formatters.size >= MAX_KEPT) formatters.clear();
  formatters.set(zone, formatter);
  return formatter;
}

function makeFormatter(zone: string): Intl.DateTimeFormat | undefined {
  // Go reads files, whose names have capitals; and it has no zones that are offsets.
  if (!/^[A-Z]\w*[A-Z0-9/a-z_+-]*$/.test(zone)) return undefined;
  const number = 'numeric';
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      hourCycle: 'h23',
      era: 'short',
      year: number,
      month: number,
      day: number,
      hour: number,
      minute: number,
      second: number,
    });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** How far the zone's clocks are ahead of UTC at a moment, in seconds. */
function offsetAt(formatter: Intl.DateTimeFormat, unixSeconds: number): number {
  const parts = new Map(formatter.formatToParts(unixSeconds * 1000).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type));
  const year = parts.get('era') === 'BC' ? 1 - part('year') : part('year');
  const days = daysOfDate(year, part('month'), part('day'));
  return days * 86_400 + part('hour') * 3600 + part('minute') * 60 + part('second') - unixSeconds;
}
