import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase32, decodeBase64, encodeBase32, encodeBase64 } from './base64.ts';
import { fromPlain, toPlain } from './convert.ts';
import { formatDuration, parseDuration } from './duration.ts';
import { deepCopy, deepEqual } from './equal.ts';
import { formatDecimal, formatFixed, formatFloat, formatFloatGeneral } from './float.ts';
import { decodeJson, encodeJson, JsonError } from './json.ts';
import { isTrue, kindOf, typeOf } from './kind.ts';
import { parseTime } from './parse-time.ts';
import { printValue } from './print.ts';
import { sprintf } from './printf.ts';
import { quoteGo, unquoteGo } from './quote.ts';
import { formatTime } from './time.ts';
import { compareText, decodeUtf8, encodeUtf8, isValidUtf8, utf8Length } from './utf8.ts';
import { asList, Bytes, Duration, Int, Named, StringMap, Time } from './value.ts';
import type { GoFunction, Value } from './value.ts';

const callee: GoFunction = { name: 'f', params: [], call: () => 1 };
const bytes = new Bytes(Uint8Array.of(104, 105));
const named = new Named(
  't.S',
  new Map<string, Value>([
    ['a', 1],
    ['b', 'x'],
  ]),
  { isStruct: true },
);
const pointer = new Named('*t.S', new Map<string, Value>([['a', 1]]), { isStruct: true });
const list = new Named('t.L', [1, 2]);
const map = new Named('t.M', new Map<string, Value>([['k', 1]]));
const time = new Time(1_700_000_000_000_000_000n, 3600, 'CET');

describe('texts', () => {
  it('keeps any bytes on their way through a text', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (data) => {
        const text = decodeUtf8(data);
        expect(encodeUtf8(text)).toEqual(data);
        expect(utf8Length(text)).toBe(data.length);
      }),
    );
    expect(encodeUtf8('é日😀')).toEqual(new TextEncoder().encode('é日😀'));
    expect(decodeUtf8(new Uint8Array(10_000).fill(65))).toBe('A'.repeat(10_000));
    expect(decodeUtf8(Uint8Array.of(0xe0, 0x80, 0x80, 0xed, 0xa0, 0x80, 0xf5))).toHaveLength(7);
    expect([isValidUtf8('é'), isValidUtf8(decodeUtf8(Uint8Array.of(0xff)))]).toEqual([true, false]);
  });

  it('orders by code points, not by UTF-16', () => {
    expect(['😀', '\uffee', 'a', 'ab', ''].sort(compareText)).toEqual(['', 'a', 'ab', '\uffee', '😀']);
  });

  it('reads back what it quotes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(unquoteGo(quoteGo(text))).toBe(text.toWellFormed() === text ? text : unquoteGo(quoteGo(text)));
      }),
    );
    expect(quoteGo(decodeUtf8(Uint8Array.of(0xff)))).toBe('"\\xff"');
    expect([
      unquoteGo('"\\q"'),
      unquoteGo("'ab'"),
      unquoteGo('"\\ud800"'),
      unquoteGo('"\\400"'),
      unquoteGo('"\\x4"'),
      unquoteGo('"\\\'"'),
    ]).toEqual(Array(6).fill(undefined));
    expect([unquoteGo("'\\''"), unquoteGo('"\\xc3\\xa9\\U0001F600\\07"'), unquoteGo('"\\303\\251"')]).toEqual([
      "'",
      undefined,
      'é',
    ]);
  });
});

describe('kinds and prints', () => {
  it.each<[Value, string, string, boolean, string]>([
    [null, 'invalid', '<nil>', false, '<nil>'],
    [true, 'bool', 'bool', true, 'true'],
    ['', 'string', 'string', false, ''],
    [0, 'float64', 'float64', false, '0'],
    [5n, 'int64', 'int64', true, '5'],
    [new Int(0), 'int', 'int', false, '0'],
    [new Duration(0n), 'int64', 'time.Duration', false, '0s'],
    [time, 'struct', 'time.Time', true, '2023-11-14 23:13:20 +0100 CET'],
    [bytes, 'slice', '[]uint8', true, '[104 105]'],
    [[1, 'a'], 'slice', '[]interface {}', true, '[1 a]'],
    [new Map(), 'map', 'map[string]interface {}', false, 'map[]'],
    [new StringMap([['a', 'b']]), 'map', 'map[string]string', true, 'map[a:b]'],
    [named, 'struct', 't.S', true, '{1 x}'],
    [pointer, 'ptr', '*t.S', true, '&{1}'],
    [list, 'slice', 't.L', true, '[1 2]'],
    [map, 'map', 't.M', true, 'map[k:1]'],
    [callee, 'func', 'func()', true, '0x0'],
  ])('%s', (value, kind, type, truth, printed) => {
    expect([kindOf(value), typeOf(value), isTrue(value), printValue(value)]).toEqual([kind, type, truth, printed]);
  });

  it.each<[string, Value[], string]>([
    ['%v %+v %#v', [named, named, [1]], '{1 x} {a:1 b:x} []interface {}{1}'],
    ['%v %s %d', [pointer, list, map], '&{1} [%!s(float64=1) %!s(float64=2)] map[%!d(string=k):%!d(float64=1)]'],
    ['%s %x %v %d', [bytes, bytes, bytes, bytes], 'hi 6869 [104 105] [104 105]'],
    [
      '%v %s %d %q',
      [new Duration(1_500_000_000n), new Duration(1n), new Duration(5n), time],
      '1.5s 1ns 5 "2023-11-14 23:13:20 +0100 CET"',
    ],
    ['%v %d', [callee, callee], '0x0 %!d(func()=0x0)'],
    ['%+d % d %x %o', [5n, 5n, -255n, 8n], '+5  5 -ff 10'],
    ['%.3d|%5.3d|%.0d', [5n, 5n, 0n], '005|  005|'],
    ['%c %U %q', [-1n, -1n, 10n ** 9n], "\ufffd U+FFFFFFFFFFFFFFFF '\ufffd'"],
    ['%6.2f|%-8v|%+v|%08v', [Infinity, Number.NaN, Infinity, -Infinity], '  +Inf|NaN     |+Inf|    -Inf'],
    ['%.0f %.1f %g %.2g %G', [2.5, 0.25, 100000, 123456, 1e-10], '2 0.2 100000 1.2e+05 1E-10'],
    ['%t', [true], 'true'],
    ['%d', [true], '%!d(bool=true)'],
    ['%y %', [1], '%!y(float64=1) %!(NOVERB)'],
  ])('prints %s', (format, args, expected) => {
    expect(sprintf(format, args)).toBe(expected);
  });

  it('never fails to print', () => {
    const verb = fc.string({ unit: fc.constantFrom(...'%vdsqxXteEfgGcUobOT+-# 0123.*[]') });
    const value = fc.constantFrom<Value>(null, 'é', 1.5, 7n, new Int(3), true, [1], map, time, bytes, named);
    fc.assert(
      fc.property(verb, fc.array(value, { maxLength: 3 }), (format, args) => typeof sprintf(format, args) === 'string'),
      { numRuns: 2000 },
    );
  });
});

describe('numbers', () => {
  it('writes floats that read back', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
        expect(Number(formatFloat(x))).toBe(x);
        expect(Number(formatDecimal(x))).toBe(x);
      }),
    );
  });

  it.each([
    [formatFloatGeneral(123456, 3), '1.23e+05'],
    [formatFloatGeneral(0.1, 10), '0.1'],
    [formatFloatGeneral(100, 0), '1e+02'],
    [formatFloatGeneral(Number.NaN, 1), 'NaN'],
    [formatFixed(0.125, 2), '0.12'],
    [formatFixed(0.375, 2), '0.38'],
    [formatFixed(-1.5, 0), '-2'],
    [formatFixed(Infinity, 1), '+Inf'],
    [formatDecimal(1e-7), '0.0000001'],
  ])('writes %s', (actual, expected) => {
    expect(actual).toBe(expected);
  });
});

/** The value with the keys of its objects in order. */
function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => compareText(a, b))
      .map(([k, v]) => [k, sortKeys(v)]),
  );
}

describe('encodings', () => {
  it('reads back base64 and base32', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (data) => {
        expect(encodeBase64(data)).toBe(Buffer.from(data).toString('base64'));
        expect(decodeBase64(encodeBase64(data))).toEqual(data);
        expect(decodeBase32(encodeBase32(data))).toEqual(data);
      }),
    );
  });

  it('reads back JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        expect(JSON.stringify(JSON.parse(encodeJson(fromPlain(value))))).toBe(
          JSON.stringify(sortKeys(JSON.parse(text))),
        );
      }),
    );
    expect(encodeJson([time, bytes, new Duration(5n), named, callee instanceof Object ? null : 1])).toBe(
      '["2023-11-14T23:13:20+01:00","aGk=",5,{"a":1,"b":"x"},null]',
    );
    expect(() => encodeJson(callee)).toThrow(JsonError);
    expect(() => decodeJson('[1}')).toThrow("invalid character '}' after array element");
  });

  it('turns plain values into Go values and back', () => {
    expect(toPlain(fromPlain({ a: [1, 'x', null, undefined, 5n, true], m: new Map([[1, 2]]), f: () => 1 }))).toEqual({
      a: [1, 'x', null, null, 5n, true],
      m: { 1: 2 },
      f: null,
    });
    expect([toPlain(new Int(5)), toPlain(new Duration(7n)), toPlain(bytes), toPlain(list)]).toEqual([
      5n,
      7n,
      null,
      [1, 2],
    ]);
    expect(asList(bytes)).toHaveLength(2);
  });
});

it('tells equal values from different ones, types included', () => {
  const values: Value[] = [
    1,
    1n,
    new Int(1),
    '1',
    true,
    [1],
    new Map([['a', 1]]),
    new Map([['a', 2]]),
    new Duration(1n),
    time,
    bytes,
    list,
    map,
  ];

  for (const [i, a] of values.entries()) {
    for (const [j, b] of values.entries()) expect(deepEqual(a, deepCopy(b))).toBe(i === j);
  }
  expect([deepEqual(null, undefined), deepEqual(null, 1), deepEqual(new Bytes(Uint8Array.of(1)), bytes)]).toEqual([
    true,
    false,
    false,
  ]);
  expect(
    deepEqual(
      new Map([['a', 1]]),
      new Map([
        ['b', 1],
        ['a', 1],
      ]),
    ),
  ).toBe(false);
});

describe('times', () => {
  it('writes durations that read back', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n }), (ns) => {
        expect(parseDuration(formatDuration(ns))).toBe(ns);
      }),
    );
    expect([parseDuration('0'), parseDuration('1'), parseDuration('9999999h'), parseDuration('-1.5h')]).toEqual([
      0n,
      undefined,
      undefined,
      -5_400_000_000_000n,
    ]);
  });

  it('reads what it writes', () => {
    const layouts = ['2006-01-02T15:04:05Z07:00', 'Jan _2 2006 3:04:05 PM -0700', 'Monday, 02-Jan-06 15:04:05 MST'];
    for (const layout of layouts) {
      expect(parseTime(layout, formatTime(new Time(1_700_000_000_000_000_000n), layout)).unixNanoseconds).toBe(
        1_700_000_000_000_000_000n,
      );
    }
    expect(formatTime(new Time(-1n), '2006-01-02 15:04:05.999999999')).toBe('1969-12-31 23:59:59.999999999');
  });
});
