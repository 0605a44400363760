import * as fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { fit, pad, table, widest } from './table.ts';

const cell = fc.oneof(
  fc.constantFrom('이미지', '컴포넌트', 'nginx', '', 'é', '日本', '네임스페이스 dev', '😀 ok', 'a b'),
  fc.string({ maxLength: 12 }).map((text) => text.replaceAll(/[^ -~]/g, '')),
);

/** Where a column begins in each row: the width of all before it. */
function starts(rows: readonly (readonly string[])[], text: string): readonly (readonly number[])[] {
  return text
    .split('\n')
    .slice(0, -1)
    .map((line, index) => {
      let from = 0;
      return (rows[index] ?? []).map((value) => {
        const at = line.indexOf(value.trimEnd(), from);
        from = at + value.trimEnd().length;
        return stringWidth(line.slice(0, at));
      });
    });
}

describe('a table', () => {
  it('begins each column at the same cell of the terminal, whatever the alphabet', () => {
    const rows = [
      ['이미지', '컴포넌트', '필드'],
      ['docker.io/nginx', '앞단', 'containers[0]'],
      ['짧은', 'web', '마지막'],
    ];

    expect(starts(rows, table(rows))).toEqual([
      [0, 17, 27],
      [0, 17, 27],
      [0, 17, 27],
    ]);
  });

  it('leaves no blanks at the end of a line', () => {
    expect(
      table([
        ['a', 'b'],
        ['long', ''],
      ]),
    ).toBe('a     b\nlong\n');
  });

  it('of nothing is nothing', () => {
    expect(table([])).toBe('');
  });

  it('pads every cell but the last to the width of its column', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, fc.constant('|')), { minLength: 1, maxLength: 8 }), (rows) => {
        const ends = table(rows)
          .split('\n')
          .slice(0, -1)
          .map((line) => stringWidth(line));
        expect(new Set(ends).size).toBe(1);
      }),
    );
  });
});

describe('fit', () => {
  it('keeps what fits, and marks what is cut', () => {
    expect([fit('web', 3), fit('website', 4), fit('네임스페이스', 5), fit('네임스페이스', 6), fit('web', 0)]).toEqual([
      'web',
      'web…',
      '네임…',
      '네임…',
      '',
    ]);
  });

  it('is never wider than asked', () => {
    fc.assert(
      fc.property(cell, cell, fc.integer({ min: 0, max: 30 }), (left, right, width) => {
        expect(stringWidth(fit(left + right, width))).toBeLessThanOrEqual(width);
      }),
    );
  });
});

it('measures cells, not characters', () => {
  expect(widest(['abc', '가나', ''])).toBe(4);
  expect(widest([])).toBe(0);
  expect(stringWidth(pad('가나', 7))).toBe(7);
  expect(pad('longer than that', 4)).toBe('longer than that');
});
