import { describe, expect, it } from 'vitest';
import { findDifferences, questionOf, type Family } from './fuzz.ts';
import { findDriver } from './helm-driver.ts';
import { isKnown } from './known.ts';
import { shrink } from './shrink.ts';

const driver = findDriver(process.env, { build: false });
/** For each family a seed whose cases are all answered alike, to notice when one no longer is; `run.ts` looks further. */
const SEEDS: Readonly<Partial<Record<Family, number>>> = { template: 2, call: 1, printf: 3, set: 3 };
const CASES = 200;

describe('generated cases', () => {
  it('are the same for the same seed and number', () => {
    const questions = Array.from({ length: 200 }, (_, index) => questionOf(7, index));

    expect(Array.from({ length: 200 }, (_, index) => questionOf(7, index))).toEqual(questions);
    expect(new Set(questions.map(({ text }) => text)).size).toBeGreaterThan(150);
    expect(new Set(questions.map(({ kind }) => kind)).size).toBeGreaterThan(4);
  });

  it('shrink to what makes the difference', async () => {
    const question = { kind: 'template', text: 'a {{ "x" | upper }} b {{ bad 1 }} c', values: '{"a": 1}' } as const;
    const smallest = await shrink(question, async (questions) => questions.map(({ text }) => text.includes('bad')));

    expect(smallest).toEqual({ kind: 'template', text: 'bad', values: '{}' });
  });

  describe.skipIf(driver === undefined)('are answered as by Helm (needs `node conformance/fuzz/run.ts` once)', () => {
    it.each(Object.entries(SEEDS))('%s', async (family, seed) => {
      const questions = Array.from({ length: CASES }, (_, index) => questionOf(seed, index, [family as Family]));
      const asked = questions.filter((question) => !isKnown(question));

      expect(await findDifferences(driver ?? '', asked)).toEqual([]);
      expect(asked.length).toBeGreaterThan(CASES / 2);
    });
  });
});
