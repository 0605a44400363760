import { describe, expect, it } from 'vitest';
import { goRegExp } from './linear-regexp.ts';

const all = (pattern: string, text: string): string[][] =>
  [...goRegExp(pattern).matchAll(text)].map((match) => [`${match.index}`, ...match.map((group) => group ?? '')]);

describe('expressions that a backtracking engine would never end with', () => {
  it.each([
    ['^(a+)+$', `${'a'.repeat(60)}b`, false],
    ['(x+x+)+y', 'x'.repeat(60), false],
    ['(a|aa)+$', `${'a'.repeat(90)}b`, false],
    ['^((a+))+$', `${'a'.repeat(60)}b`, false],
    ['([a-z]+)*!', 'a'.repeat(60), false],
    ['(?:a?){1,}b', 'a'.repeat(60), false],
    [`${'a?'.repeat(40)}${'a'.repeat(40)}$`, 'a'.repeat(40), true],
    ['a*a*a*a*a*a*b', 'a'.repeat(20_000), false],
    ['a+$', `${'a'.repeat(200_000)}b`, false],
    ['\\Q(\\E(a+)+\\Q)\\E', `(${'a'.repeat(60)}`, false],
    ['[(](a+)+[)]', `(${'a'.repeat(60)}`, false],
  ])('%s is matched in linear time', (pattern, text, expected) => {
    const start = performance.now();

    expect(goRegExp(pattern).test(text)).toBe(expected);
    expect([...goRegExp(pattern).matchAll(text)]).toHaveLength(expected ? 1 : 0);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

describe('both engines', () => {
  it.each([
    ['([a-z]+)-(\\d+)', 'web-1 db-22'],
    ['(?P<name>\\w+)=(\\w*)', 'a=b c= d=e'],
    ['(?i)straße', 'STRASSE straße'],
    ['[[:alpha:]]+', 'héllo wörld'],
    ['\\p{Greek}+', 'abc αβγ'],
    ['a{2,3}?', 'aaaaa'],
    ['(a)|(b)', 'ab'],
    ['^a$', 'a'],
    ['\\bfoo\\b', 'foo food foo'],
    ['.😀.', 'x😀y'],
    ['x*', 'axb'],
  ])('find the same for %s', (pattern, text) => {
    // The second alternative is never found, and its shape gives the whole to the linear engine.
    const linear = `(?:${pattern})|(?:\\x{10FFFF}+\\x{10FFFF}*)+`;

    expect(all(linear, text)).toEqual(all(pattern, text));
  });
});

it('refuses an expression that only the linear engine finds too large, in its words', () => {
  expect(() => goRegExp('((a{1,100}){1,100}){1,100}').test('a'.repeat(50))).toThrow(/repeat count|too large/);
});
