import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isHostile, jsonLine, jsonText, plain, plainLine, valueText } from './plain.ts';

/** Cursor, colour, title, C1 introducer, direction of writing, line separators, byte order mark, delete. */
const HOSTILE = [
  '\u001B[2J',
  '\u001B]0;title\u0007',
  '\u009B31m',
  '\u202E',
  '\u200F',
  '\u2066',
  '\u2028',
  '\uFEFF',
  '\u007F',
  '\r',
];
const CODES = /(?![\n\t])\p{Cc}|[\p{Bidi_Control}\u2028\u2029\uFEFF]/u;

describe.each(HOSTILE)('what hides in %j', (text) => {
  it('does not reach a terminal', () => {
    expect(plain(`a${text}b`)).not.toMatch(CODES);
    expect(plainLine(`a${text}b`)).not.toMatch(CODES);
  });

  it('is written as escapes in JSON, and read back as it was', () => {
    const value = { [`k${text}`]: [`v${text}`] };

    expect(jsonText(value)).not.toMatch(CODES);
    expect(jsonLine(value)).not.toMatch(CODES);
    expect(JSON.parse(jsonText(value))).toEqual(value);
  });
});

it('keeps lines and tabs of a text, and makes one line of them where one must stay', () => {
  expect(plain('a\n\tb')).toBe('a\n\tb');
  expect(plainLine('a \n\t b\r\nDone.')).toBe('a b Done.');
});

it('writes the whole numbers of the command line as numbers, and those that JavaScript would change as text', () => {
  expect(valueText({ a: [7n, 2n ** 60n] })).toBe('{"a":[7,"1152921504606846976"]}');
  expect(jsonText(7n)).toBe('7\n');
});

it('leaves ordinary text alone in every language', () => {
  const text = 'naïve 가나다 日本 😀 → …';

  expect(plainLine(text)).toBe(text);
  expect(jsonLine(text)).toBe(`"${text}"\n`);
});

it('knows what YAML would show as it is', () => {
  expect([
    isHostile({ a: 'b\n' }),
    isHostile({ a: '가' }),
    isHostile({ a: ['\u009B'] }),
    isHostile({ '\u202E': 1 }),
  ]).toEqual([false, false, true, true]);
});

it('lets no text steer a terminal', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(plain(text)).not.toMatch(CODES);
      expect(jsonLine({ text })).not.toMatch(CODES);
      expect(plainLine(text)).not.toMatch(/[\n\t]/);
    }),
  );
});
