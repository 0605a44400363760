import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChartError } from '../error/chart-error.ts';
import { mergeValues } from './merge-values.ts';
import { filesNamedIn, parseSet } from './parse-set.ts';
import type { SetMode } from './parse-set.ts';

describe('parseSet', () => {
  it.each<[string, SetMode, unknown]>([
    ['a=1,b=x', 'set', { a: 1n, b: 'x' }],
    ['a.b.c=true', 'set', { a: { b: { c: true } } }],
    ['a[1].b=x', 'set', { a: [null, { b: 'x' }] }],
    ['a={x,2,null}', 'set', { a: ['x', 2n, null] }],
    ['a={},b=1', 'set', { a: [''], b: 1n }],
    ['a\\.b=1\\,2', 'set', { 'a.b': '1,2' }],
    ['a=', 'set', { a: '' }],
    ['a=007,b=0,c=-1,d=1.5', 'set', { a: '007', b: 0n, c: -1n, d: '1.5' }],
    ['a=1', 'set-string', { a: '1' }],
    ['a=[1,2],b={"c":null},d=', 'set-json', { a: [1, 2], b: { c: null }, d: null }],
    ['{"a":{"b":1}}', 'set-json', { a: { b: 1 } }],
    ['a[0]=[1]', 'set-json', { a: [[1]] }],
    ['a.b=x,y={z}', 'set-literal', { a: { b: 'x,y={z}' } }],
    ['', 'set', {}],
    ['b=1,[', 'set', { b: 1n }],
    ['b=1,a[0=1', 'set', { b: 1n }],
    ['a[0]', 'set', { a: [] }],
    ['a.b[0]', 'set', { a: { b: [] } }],
    ['a.', 'set', {}],
    ['=x', 'set', {}],
  ])('reads %s as %s', (text, mode, expected) => {
    expect(parseSet(text, {}, mode)).toEqual(expected);
  });

  it('takes values from the files that a text names', () => {
    const files: Record<string, string> = { 'x.txt': 'X\n', y: 'Y' };
    const read = (path: string): string => files[path] ?? 'none';

    expect(filesNamedIn('a=x.txt,b.c={x.txt,y}')).toEqual(['x.txt', 'x.txt', 'y']);
    expect(parseSet('a=x.txt,b.c={x.txt,y}', {}, 'set-file', read)).toEqual({ a: 'X\n', b: { c: ['X\n', 'Y'] } });
  });

  it('lays what it reads on a base that stays as it is', () => {
    const base = { a: { b: 1 }, l: [1, { x: 1 }] };

    expect(parseSet('a.c=2,l[1].y=3', base)).toEqual({ a: { b: 1, c: 2n }, l: [1, { x: 1, y: 3n }] });
    expect(base).toEqual({ a: { b: 1 }, l: [1, { x: 1 }] });
  });

  it.each<[string, SetMode, string]>([
    ['a', 'set', 'key "a" has no value'],
    ['a,b=1', 'set', 'cannot end with ,'],
    ['a[x]=1', 'set', 'error parsing index'],
    ['a[-1]=1', 'set', 'negative -1 index not allowed'],
    ['a[70000]=1', 'set', 'greater than maximum supported index'],
    ['a[0]x=1', 'set', 'unexpected data at end of array index'],
    ['a={x', 'set', "list must terminate with '}'"],
    ['a.=1', 'set', 'key map "a" has no value'],
    ['s.x=1', 'set', 'unable to parse key'],
    ['s[0]=1', 'set', 'unable to parse key'],
    [`${'a.'.repeat(40)}b=1`, 'set', 'nested level'],
    ['a={', 'set-json', 'failed parsing --set-json data'],
    ['{"a"', 'set-json', 'failed parsing --set-json data'],
  ])('refuses %s in Helm’s words', (text, mode, message) => {
    expect(() => parseSet(text, { s: 'x' }, mode)).toThrow(message);
  });

  it('never throws anything but a ChartError', () => {
    const mode = fc.constantFrom<SetMode>('set', 'set-string', 'set-json', 'set-literal');
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab.=,[]{}\\01"x ') }), mode, (text, how) => {
        try {
          parseSet(text, {}, how);
        } catch (error) {
          expect(error).toBeInstanceOf(ChartError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

it('mergeValues merges maps, replaces the rest and keeps nulls', () => {
  expect(mergeValues({ a: { b: 1, c: [1] }, d: 1 }, { a: { c: [2], e: null }, d: null })).toEqual({
    a: { b: 1, c: [2], e: null },
    d: null,
  });
});
