import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { suggest } from './suggestion.ts';

describe('suggest', () => {
  it.each([
    ['replcas', ['replicas', 'resources'], 'replicas'],
    ['compnents', ['components', 'kubernetes'], 'components'],
    ['teh', ['the', 'thx'], 'the'],
    ['POSTGRESQL', ['postgresql'], 'postgresql'],
    ['postgres', ['postgresql', 'valkey'], 'postgresql'],
    ['x', ['y'], 'y'],
    ['valuess', ['value', 'values'], 'values'],
    ['aac', ['aab', 'aaa'], 'aaa'],
    ['nothing', ['completely', 'different'], undefined],
    ['anything', [], undefined],
    ['', ['name'], undefined],
  ])('%s of %j is %s', (name, known, expected) => {
    expect(suggest(name, known)).toBe(expected);
  });

  it('finds a name of four letters or more again after one slip of the finger', () => {
    const name = fc.string({ unit: fc.constantFrom(...'abcdefgh'), minLength: 4, maxLength: 12 });
    fc.assert(
      fc.property(name, fc.nat(), fc.constantFrom('drop', 'double', 'swap'), (word, at, slip) => {
        const index = at % (word.length - 1);
        const [head, letter, next, tail] = [word.slice(0, index), word[index], word[index + 1], word.slice(index + 2)];
        const slipped = {
          drop: [head, next, tail],
          double: [head, letter, letter, next, tail],
          swap: [head, next, letter, tail],
        };
        expect(suggest(slipped[slip].join(''), [word, 'zzzzzzzzzzzz'])).toBe(word);
      }),
    );
  });

  it('does not depend on the order of the known names', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abc'), maxLength: 5 });
    fc.assert(
      fc.property(word, fc.uniqueArray(word), (name, known) => {
        expect(suggest(name, known)).toBe(suggest(name, known.toReversed()));
      }),
    );
  });

  it('does not measure an endless name against short ones', () => {
    const started = performance.now();

    expect(suggest('x'.repeat(1_000_000), ['spec', 'metadata', 'kind'])).toBeUndefined();

    expect(performance.now() - started).toBeLessThan(50);
  });
});
