import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatHexFloat } from './float-binary.ts';
import { formatExponential, formatFixed } from './float.ts';
import { sprintf } from './printf.ts';
import { Int } from './value.ts';
import type { Value } from './value.ts';

const scalar: fc.Arbitrary<Value> = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.double(),
  fc.boolean(),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.integer().map((n) => new Int(n)),
  fc.constant(null),
);
const value: fc.Arbitrary<Value> = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 3 }),
  fc.dictionary(fc.string(), scalar, { maxKeys: 3 }).map((entries) => new Map(Object.entries(entries))),
);
/** Signs that mean something to printf, in any order, most of them nonsense. */
const format = fc
  .array(fc.constantFrom(...'%%%%vdsqxXobOcUeEfFgGtTwkz+-# 0123.*[]é'), { maxLength: 12 })
  .map((signs) => signs.join(''));

describe('sprintf', () => {
  it('never refuses, whatever the format and the arguments', () => {
    fc.assert(
      fc.property(format, fc.array(value, { maxLength: 4 }), (given, args) => {
        expect(typeof sprintf(given, args)).toBe('string');
      }),
      { numRuns: 3000 },
    );
  });

  it('writes a text without directives as it is', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(sprintf(text.replaceAll('%', '%%'), [])).toBe(text);
      }),
    );
  });

  it('pads to the width that was asked for, and never cuts', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), scalar, (width, given) => {
        const [bare, padded] = [sprintf('%v', [given]), sprintf(`%${width}v`, [given])];
        expect(padded).toBe(' '.repeat(Math.max(0, width - Array.from(bare).length)) + bare);
        expect(sprintf(`%-${width}v`, [given]).trimEnd()).toBe(bare.trimEnd());
      }),
    );
  });

  it('writes integers that read back, in every base', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }), (integer) => {
        for (const given of ['%#b', '%O', '%#x', '%d']) expect(BigInt(sprintf(given, [integer]))).toBe(integer);
      }),
    );
  });

  it('names what is missing, left over, or does not fit', () => {
    expect(sprintf('%d %d', [1n])).toBe('1 %!d(MISSING)');
    expect(sprintf('%d', [1n, null, 'a'])).toBe('1%!(EXTRA <nil>, string=a)');
    expect(sprintf('%7d', ['a'])).toBe('%!d(string=      a)');
    expect(sprintf('%99999999d', [1n])).toBe('%!(NOVERB)%!(EXTRA int64=1)');
  });
});

const finite = fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 });

describe('floats', () => {
  it('read back from enough digits', () => {
    fc.assert(
      fc.property(finite, (x) => {
        expect(Number(formatExponential(x, 16))).toBe(x);
        expect(hexValue(formatHexFloat(x))).toBe(x);
      }),
    );
  });

  it('round ties to even on the exact value', () => {
    expect([0.5, 1.5, 2.5, 3.5].map((x) => formatFixed(x, 0))).toEqual(['0', '2', '2', '4']);
    expect([2.5, 3.5].map((x) => formatExponential(x, 0))).toEqual(['2e+00', '4e+00']);
    expect([1.5, 2.5].map((x) => formatHexFloat(x, 0))).toEqual(['0x1p+01', '0x1p+01']);
    expect(formatExponential(9.99, 1)).toBe('1.0e+01');
  });
});

/** The number that a hexadecimal float stands for, with the power applied in two steps so that neither is lost. */
function hexValue(text: string): number {
  const [, whole = '', fraction = '', power = '0'] = /^0x([01])\.?([0-9a-f]*)p([+-]\d+)$/.exec(text) ?? [];
  const mantissa = Number(`0x${whole}${fraction}`) / 16 ** fraction.length;
  const half = Math.trunc(Number(power) / 2);
  return mantissa * 2 ** half * 2 ** (Number(power) - half);
}
