import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Int, Named, Time } from '../value/value.ts';
import type { Value } from '../value/value.ts';
import { readToml } from './toml-reader.ts';
import { TomlError, writeToml } from './toml-writer.ts';

const scalar: fc.Arbitrary<Value> = fc.oneof(
  fc.string({ unit: 'grapheme' }).map((text) => text.toWellFormed()),
  fc.boolean(),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.double({ noNaN: true }),
);
const { table } = fc.letrec<{ value: Value; table: Value }>((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, scalar, fc.array(tie('value'), { maxLength: 4 }), tie('table')),
  table: fc
    .dictionary(fc.string({ maxLength: 6 }), tie('value'), { maxKeys: 5, noNullPrototype: true })
    .map((entries) => new Map(Object.entries(entries))),
}));

describe('TOML', () => {
  it('reads back what it writes', () => {
    fc.assert(
      fc.property(table, (value) => {
        expect(readToml(writeToml(value))).toEqual(value);
      }),
    );
  });

  it('writes keys before tables, and tables under the path of their keys', () => {
    const value = new Map<string, Value>([
      ['b', new Map<string, Value>([['a b', new Map<string, Value>([['c', 1]])]])],
      ['z', new Int(5)],
      ['l', [new Map<string, Value>([['x', true]]), new Map<string, Value>()]],
      ['nothing', null],
    ]);
    expect(writeToml(value)).toBe('z = 5\n\n[b]\n  [b."a b"]\n    c = 1.0\n\n[[l]]\n  x = true\n\n[[l]]\n');
  });

  it('keeps moments with and without a zone', () => {
    const text =
      'a = 1979-05-27T07:32:00-08:30\nb = 1979-05-27T07:32:00.5\nc = 1979-05-27\nd = 07:32:00\ne = 1979-05-27T07:32:00Z\n';
    expect(writeToml(readToml(text))).toBe(text);
    expect(readToml(text).get('a')).toEqual(new Time(296_668_920_000_000_000n, -30_600, '-0830'));
  });

  it('refuses what TOML cannot say', () => {
    expect(() => writeToml([null])).toThrow(TomlError);
    expect(() => writeToml([new Map()])).toThrow('top-level values must be Go maps or structs');
    expect(() => writeToml(new Map([['a', new Named('*t', new Map(), { isStruct: true })]]))).toThrow(
      'unsupported type',
    );
  });

  it.each([
    ['a', 1],
    ['a = 1\nb = ', 2],
    ['a = 1\na = 2', 2],
    ['[a]\n\n[a]', 3],
  ])('says in which line %j is wrong', (text, line) => {
    const error = readToml(text).get('Error');
    expect(error).toMatch(new RegExp(`^toml: line ${line}: \\S`));
    expect(error).not.toContain('\n');
  });

  it('takes no key for more than a key', () => {
    const read = readToml('__proto__ = 1\n[constructor]\nprototype = 2\n');
    expect([...read.keys()]).toEqual(['__proto__', 'constructor']);
    expect(Object.hasOwn(Object.prototype, 'prototype')).toBe(false);
  });
});
