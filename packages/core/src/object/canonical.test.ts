import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, digestOf } from './canonical.ts';

describe('canonicalJson', () => {
  it.each([
    [{ b: 1, a: { d: 2, c: [3, { f: 4, e: 5 }] } }, '{"a":{"c":[3,{"e":5,"f":4}],"d":2},"b":1}'],
    [{ a: undefined, b: null }, '{"b":null}'],
    [[1.5, 'x', true, null], '[1.5,"x",true,null]'],
    [{ 10: 'a', 9: 'b' }, '{"9":"b","10":"a"}'],
    [JSON.parse('{"z":1,"__proto__":{"b":1,"a":2}}'), '{"__proto__":{"a":2,"b":1},"z":1}'],
  ])('%j', (value, expected) => {
    expect(canonicalJson(value)).toBe(expected);
  });

  it('gives equal values equal texts, whatever the order of their keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(turned(value))).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe('digestOf', () => {
  it('is the SHA-256 of the canonical text in UTF-8', () => {
    // printf '{"나루":"é"}' | sha256sum
    expect(digestOf({ 나루: 'é' })).toBe('sha256:117c3c95f4658c43a589ddaa301363c9eb6f8397849c55fbf0c9d7781dc95a18');
  });

  it('tells different values apart', () => {
    const digests = [1, '1', [1], { a: 1 }, { a: '1' }, {}, [], null, ''].map(digestOf);
    expect(new Set(digests).size).toBe(digests.length);
  });
});

function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, item]) => [key, turned(item)]),
  );
}
