import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { filesOf, goldenCases } from '../../testing/golden.ts';
import { sourcesOf } from '../../testing/sources.ts';
import { compose } from '../compose/compose.ts';
import type { ComponentSource, Sources } from '../compose/sources.ts';
import { compile } from './compile.ts';

const KEPT = { seed: 'ab'.repeat(32), bornAt: Date.UTC(2026, 10, 21) };
const CASES = goldenCases('compile').filter(({ name }) => !name.endsWith('-refused'));

function digests(sources: Sources): readonly (string | undefined)[] {
  return [...sources.sites.keys()].toSorted().map((site) => {
    const { composition } = compose(sources, site);
    return composition && compile(composition, KEPT).revision.digest;
  });
}

it.each(CASES)('$name has one digest, in whatever order its files are read', ({ folder }) => {
  const files = [...filesOf(folder)];
  const expected = digests(sourcesOf(new Map(files)));
  const orders = fc.shuffledSubarray(files, { minLength: files.length });

  fc.assert(
    fc.property(orders, (shuffled) => {
      expect(digests(sourcesOf(new Map(shuffled)))).toEqual(expected);
    }),
    { numRuns: 10 },
  );
});

it.each(CASES)('$name has one digest, wherever its folder lies', ({ folder }) => {
  const sources = sourcesOf(filesOf(folder));
  const moved = new Map([...sources.components].map(([name, source]) => [name, movedTo('/elsewhere', source)]));

  expect(digests({ ...sources, folder: '/elsewhere', components: moved })).toEqual(digests(sources));
});

function movedTo(folder: string, source: ComponentSource): ComponentSource {
  const { content } = source;
  if (content.kind === 'chart') return { ...source, content: { ...content, folder: `${folder}/${content.folder}` } };
  const files = content.files.map(({ file, text }) => ({ file: `${folder}/${file}`, text }));
  return { ...source, content: { ...content, files } };
}
