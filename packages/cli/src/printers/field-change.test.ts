import { paintFor } from './paint.ts';
import { describe, expect, it } from 'vitest';
import { fieldChangeText } from './field-change.ts';

const show = (before: unknown, after: unknown, path = 'spec.x'): string =>
  fieldChangeText({ path, before, after }, { paint: paintFor(false) });

describe('on one line', () => {
  it.each([
    [1, 2, '1 → 2'],
    [undefined, 2, '∅ → 2'],
    ['quick', undefined, 'quick → ∅'],
    ['3', 3, '"3" → 3'],
    ['true', true, '"true" → true'],
    ['', ' edge', '"" → " edge"'],
    ['∅', '"quoted"', String.raw`"∅" → "\"quoted\""`],
    [null, 'null', 'null → "null"'],
    [[1, 'a'], { a: null }, '[1,"a"] → {"a":null}'],
    ['0b5f', '1.2.3-rc', '0b5f → 1.2.3-rc'],
    ['한 줄', '두 줄', '한 줄 → 두 줄'],
    [{ text: 'a\nb' }, 5, String.raw`{"text":"a\nb"} → 5`],
    ['a\nb', 5, String.raw`"a\nb" → 5`],
  ])('%j to %j is %s', (before, after, text) => {
    expect(show(before, after)).toBe(`      spec.x: ${text}\n`);
  });

  it('cuts two long values to where they differ', () => {
    const [, left, right] = /: (.*) → (.*)\n/.exec(show(`${'a'.repeat(100)}b`, `${'a'.repeat(100)}c`)) ?? [];

    expect([left, right]).toEqual([`…${'a'.repeat(12)}b`, `…${'a'.repeat(12)}c`]);
  });

  it('never shows more than 72 cells of a value, also in Korean', () => {
    const [, left = '', right = ''] = /: (.*) → (.*)\n/.exec(show('가'.repeat(100), 'b'.repeat(100))) ?? [];

    expect([left.length, right.length]).toEqual([36, 72]);
  });

  it('shows no path and no value that steers the terminal', () => {
    expect(show('\u001B[2Ja', 'b\u202Ec', 'data["\u009B1m\n"]')).toBe('      data["1m "]: [2Ja → bc\n');
  });
});

describe('line by line', () => {
  it('shows what is between the common beginning and the common end', () => {
    expect(show('a\nb\nc\nd\n', 'a\nB\nnew\nd\n')).toBe(
      '      spec.x:\n        - b\n        - c\n        + B\n        + new\n',
    );
  });

  it('shows a text that comes, or goes, as a whole', () => {
    expect(show(undefined, 'a\nb\n')).toBe('      spec.x:\n        + a\n        + b\n');
    expect(show('a\nb', undefined)).toBe('      spec.x:\n        - a\n        - b\n');
  });

  it('shows a line that is only added, and repeated lines', () => {
    expect(show('a\na\n', 'a\na\na\n')).toBe('      spec.x:\n        + a\n');
  });

  it('tells that only the end of the last line differs', () => {
    expect(show('a\nb', 'a\nb\n')).toBe(String.raw`      spec.x: "a\nb" → "a\nb\n"` + '\n');
  });
});
