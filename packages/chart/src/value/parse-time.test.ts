import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTime, TimeParseError } from './parse-time.ts';
import { parseZoneName } from './parse-zone.ts';
import { formatTime, formatTimeDefault } from './time.ts';
import { Time } from './value.ts';

describe('parseTime', () => {
  it.each([
    '2006-01-02T15:04:05.999999999Z07:00',
    'Mon Jan _2 15:04:05.000000000 2006 -0700',
    '06-1-2 3:4:5.999999999 pm -07:00:00',
    '2006 002 15 04 05.000000000 Z0700',
    'January 2, 2006 03:04:05.999999999PM Z07:00',
  ])('reads what %s writes', (layout) => {
    const moment = fc.bigInt({ min: 0n, max: 2n ** 60n });
    const offset = fc.integer({ min: -14 * 60, max: 14 * 60 });
    fc.assert(
      fc.property(moment, offset, (nanoseconds, minutes) => {
        const time = new Time(nanoseconds, minutes * 60, 'X');
        expect(parseTime(layout, formatTime(time, layout)).unixNanoseconds).toBe(nanoseconds);
      }),
    );
  });

  // Each is what Go prints of it.
  it.each([
    ['2006-01-02 15:04:05 -07:00', '2020-02-29 12:00:00 -05:30', '2020-02-29 12:00:00 -0530 -0530'],
    ['3PM', '12AM', '0000-01-01 00:00:00 +0000 UTC'],
    ['2006-01-02 MST', '2024-01-01 KST', '2024-01-01 00:00:00 +0000 KST'],
    ['2006-01-02 MST', '2024-01-01 GMT+3', '2024-01-01 03:00:00 +0300 GMT+3'],
    ['15:04:05', '10:11:12,5', '0000-01-01 10:11:12.5 +0000 UTC'],
    ['2006 002', '2024 366', '2024-12-31 00:00:00 +0000 UTC'],
  ])('reads by %s the text %s', (layout, text, printed) => {
    expect(formatTimeDefault(parseTime(layout, text))).toBe(printed);
  });

  // Each is what Go says of it.
  it.each([
    ['2006-01-02', '2024/01/02', 'parsing time "2024/01/02" as "2006-01-02": cannot parse "/01/02" as "-"'],
    ['2006', 'x', 'parsing time "x" as "2006": cannot parse "x" as "2006"'],
    ['2006', '2024 "é"', 'parsing time "2024 \\"\\xc3\\xa9\\"": extra text: " \\"\\xc3\\xa9\\""'],
    ['', '1', 'parsing time "1": extra text: "1"'],
    ['2006-01-02', '2023-13-01', 'parsing time "2023-13-01": month out of range'],
    ['2006-01-02', '2023-02-29', 'parsing time "2023-02-29": day out of range'],
    ['15', '24', 'parsing time "24": hour out of range'],
    ['04', '60', 'parsing time "60": minute out of range'],
    ['-07', '+25', 'parsing time "+25": time zone offset hour out of range'],
    ['2006 002', '2023 366', 'parsing time "2023 366": day-of-year out of range'],
    ['2006 01 002', '2023 02 001', 'parsing time "2023 02 001": day-of-year does not match month'],
    ['2006 02 002', '2023 02 001', 'parsing time "2023 02 001": day-of-year does not match day'],
    ['PM', 'XM', 'parsing time "XM" as "PM": cannot parse "XM" as "PM"'],
    ['MST', 'x', 'parsing time "x" as "MST": cannot parse "x" as "MST"'],
    ['Mon', 'Foo', 'parsing time "Foo" as "Mon": cannot parse "Foo" as "Mon"'],
  ])('refuses by %s the text %s', (layout, text, reason) => {
    expect(() => parseTime(layout, text)).toThrow(TimeParseError);
    expect(() => parseTime(layout, text)).toThrow(reason);
  });

  it('ends, whatever it is given', () => {
    const piece = fc.constantFrom('2006', '01', '_2', 'Jan', 'MST', '-07:00', 'Z07', '.000', ',9', ' ', 'PM', '5', 'é');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), fc.array(piece, { maxLength: 6 }), (layout, text) => {
        try {
          expect(parseTime(layout.join(''), text.join(''))).toBeInstanceOf(Time);
        } catch (error) {
          expect(error).toBeInstanceOf(TimeParseError);
        }
      }),
    );
  });
});

describe('parseZoneName', () => {
  it.each([
    ['UTC', 3],
    ['KST rest', 3],
    ['CEST', 4],
    ['WITA', 4],
    ['ChST', 4],
    ['ABCDT', 5],
    ['GMT-8x', 5],
    ['GMT+99', 3],
    ['+03', 3],
    ['ABCD', 0],
    ['ABCDEF', 0],
    ['AB', 0],
    ['x', 0],
  ])('finds in %j a name of %i characters', (text, length) => {
    expect(parseZoneName(text)).toBe(length);
  });
});
