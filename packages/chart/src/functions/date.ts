import { describeInvalidDuration, formatDuration, parseDuration } from '../value/duration.ts';
import { typeOf } from '../value/kind.ts';
import { parseTime, TimeParseError } from '../value/parse-time.ts';
import { quoteGo } from '../value/quote.ts';
import { formatTime } from '../value/time.ts';
import { Duration, Int, Time } from '../value/value.ts';
import type { CallContext, Value } from '../value/value.ts';
import { inZone } from '../value/zone.ts';
import { fixed, refuse, text } from './define.ts';
import type { FunctionTable } from './define.ts';

const SECOND = 1_000_000_000n;

function now({ nowMilliseconds }: CallContext): Time {
  return new Time(BigInt(Math.trunc(nowMilliseconds())) * 1_000_000n);
}

/** sprig takes times and unix seconds; anything else means now. */
function momentOf(value: Value, context: CallContext): Time {
  if (value instanceof Time) return value;
  if (typeof value === 'bigint') return new Time(value * SECOND);
  return value instanceof Int ? new Time(value.value * SECOND) : now(context);
}

/** The local zone is UTC. */
const LOCAL = 'UTC';

function momentIn(zone: string, value: Value, context: CallContext): Time {
  return inZone(momentOf(value, context), zone);
}

function modify(change: string, time: Value, isStrict: boolean): Value {
  if (!(time instanceof Time)) return time;
  const duration = parseDuration(change);
  if (duration !== undefined) return new Time(time.unixNanoseconds + duration, time.offsetSeconds, time.zone);
  return isStrict ? refuse(describeInvalidDuration(change)) : time;
}

function roundDuration(value: Value, context: CallContext): string {
  const size = nanosecondsOf(value, context);
  const hour = 3600n * SECOND;
  const units: readonly (readonly [bigint, string])[] = [
    [hour * 24n * 365n, 'y'],
    [hour * 24n * 30n, 'mo'],
    [hour * 24n, 'd'],
    [hour, 'h'],
    [60n * SECOND, 'm'],
    [SECOND, 's'],
  ];
  const absolute = size < 0n ? -size : size;
  for (const [unit, name] of units) if (absolute > unit) return `${absolute / unit}${name}`;
  return '0s';
}

function nanosecondsOf(value: Value, context: CallContext): bigint {
  if (typeof value === 'string') return parseDuration(value) ?? 0n;
  if (typeof value === 'bigint') return value;
  if (value instanceof Time) return now(context).unixNanoseconds - value.unixNanoseconds;
  return 0n;
}

/** Seconds as sprig takes them: an `int64`, or a text of digits. */
function wholeSeconds(value: Value): bigint {
  if (typeof value === 'bigint') return value;
  return typeof value === 'string' && /^[+-]?\d+$/.test(value) ? BigInt(value.replace('+', '')) : 0n;
}

function ago(value: Value, context: CallContext): string {
  const since = now(context).unixNanoseconds - momentOf(value, context).unixNanoseconds;
  const rounded = ((since < 0n ? since - SECOND / 2n : since + SECOND / 2n) / SECOND) * SECOND;
  return formatDuration(rounded);
}

function parsed(args: readonly Value[], otherwise: (reason: string) => Time): Time {
  try {
    return parseTime(text(args, 0), text(args, 1));
  } catch (error) {
    if (error instanceof TimeParseError) return otherwise(error.message);
    throw error;
  }
}

const date = fixed(['string', 'any'], (args, context) => formatTime(momentIn(LOCAL, args[1], context), text(args, 0)));
const dateInZone = fixed(['string', 'any', 'string'], (args, context) =>
  formatTime(momentIn(text(args, 2), args[1], context), text(args, 0)),
);
const dateModify = fixed(['string', 'time'], (args) => modify(text(args, 0), args[1], false));
const mustDateModify = fixed(['string', 'time'], (args) => modify(text(args, 0), args[1], true));

/** sprig's dates. The local zone is UTC: a render must not depend on the machine. */
export const DATE: FunctionTable = {
  now: fixed([], (_, context) => now(context)),
  date,
  dateInZone,
  date_in_zone: dateInZone,
  dateModify,
  date_modify: dateModify,
  mustDateModify,
  must_date_modify: mustDateModify,
  htmlDate: fixed(['any'], ([value], context) => formatTime(momentIn(LOCAL, value, context), '2006-01-02')),
  htmlDateInZone: fixed(['any', 'string'], (args, context) =>
    formatTime(momentIn(text(args, 1), args[0], context), '2006-01-02'),
  ),
  ago: fixed(['any'], ([value], context) => ago(value, context)),
  duration: fixed(['any'], ([value]) => formatDuration(wholeSeconds(value) * SECOND)),
  durationRound: fixed(['any'], ([value], context) => roundDuration(value, context)),
  toDate: fixed(['string', 'string'], (args) => parsed(args, () => ZERO_TIME)),
  mustToDate: fixed(['string', 'string'], (args) => parsed(args, refuse)),
  unixEpoch: fixed(['time'], ([value]) => (value instanceof Time ? String(floorSeconds(value)) : '')),
};

/** Whole seconds since 1970; a part of a second before it counts as a whole one. */
function floorSeconds({ unixNanoseconds }: Time): bigint {
  return (unixNanoseconds - (((unixNanoseconds % SECOND) + SECOND) % SECOND)) / SECOND;
}

/** Go's zero time: the first second of the year 1. */
const ZERO_TIME = new Time(-62_135_596_800n * SECOND);

function asDuration(value: Value): bigint | string {
  if (value instanceof Duration) return value.nanoseconds;
  if (value instanceof Int) return value.value * SECOND;
  if (typeof value === 'bigint') return value * SECOND;
  if (typeof value === 'number') return BigInt(Math.trunc(value * 1e9));
  if (value === null || value === undefined) return 'invalid duration';
  if (typeof value !== 'string') return `unsupported duration type ${typeOf(value)}`;
  const trimmed = value.trim();
  if (trimmed === '') return 'empty duration';
  const parsed = parseDuration(trimmed);
  if (parsed !== undefined) return parsed;
  if (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(trimmed)) return BigInt(Math.trunc(Number(trimmed) * 1e9));
  return `could not parse duration ${quoteGo(value)}`;
}

function nanoseconds(value: Value): bigint {
  const duration = asDuration(value);
  return typeof duration === 'bigint' ? duration : 0n;
}

function toMultiple(value: Value, multiple: Value, isRounded: boolean): Duration {
  const size = nanoseconds(value);
  const unit = nanoseconds(multiple);
  if (unit <= 0n) return new Duration(size);
  const rest = size % unit;
  if (!isRounded) return new Duration(size - rest);
  const absolute = rest < 0n ? -rest : rest;
  if (absolute * 2n < unit) return new Duration(size - rest);
  return new Duration(size < 0n ? size - rest - unit : size - rest + unit);
}

/** Go divides whole units and the rest apart, which rounds in another place than one division does. */
function inUnit(unit: bigint, ...further: readonly number[]): FunctionTable[string] {
  return fixed(['any'], ([value]) => {
    const size = nanoseconds(value);
    return further.reduce((a, b) => a / b, Number(size / unit) + Number(size % unit) / Number(unit));
  });
}

const inWholeUnit = (unit: bigint): FunctionTable[string] => fixed(['any'], ([value]) => nanoseconds(value) / unit);

/** Helm's own functions on durations. */
export const DURATION: FunctionTable = {
  mustToDuration: fixed(['any'], ([value]) => {
    const duration = asDuration(value);
    return typeof duration === 'bigint' ? new Duration(duration) : refuse(duration);
  }),
  durationSeconds: inUnit(SECOND),
  durationMinutes: inUnit(60n * SECOND),
  durationHours: inUnit(3600n * SECOND),
  durationDays: inUnit(3600n * SECOND, 24),
  durationWeeks: inUnit(3600n * SECOND, 24, 7),
  durationMilliseconds: inWholeUnit(1_000_000n),
  durationMicroseconds: inWholeUnit(1_000n),
  durationNanoseconds: inWholeUnit(1n),
  durationRoundTo: fixed(['any', 'any'], ([value, multiple]) => toMultiple(value, multiple, true)),
  durationTruncateTo: fixed(['any', 'any'], ([value, multiple]) => toMultiple(value, multiple, false)),
};
