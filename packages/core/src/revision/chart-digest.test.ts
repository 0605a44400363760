import { describe, expect, it } from 'vitest';
import { filesOf, goldenCases } from '../../testing/golden.ts';
import { sourcesOf } from '../../testing/sources.ts';
import { compose } from '../compose/compose.ts';
import type { PublishedChart, Sources } from '../compose/sources.ts';
import { compile } from './compile.ts';
import type { Revision } from './revision.ts';

const FOLDER = goldenCases('compile').find(({ name }) => name === 'chart')?.folder ?? '';
const DIGEST = `sha256:${'ab'.repeat(32)}`;

function revisionOf(published?: PublishedChart): Revision {
  const sources = sourcesOf(filesOf(FOLDER));
  const fetched = [...sources.components].map(([name, component]) => {
    const { content } = component;
    const from = content.kind === 'chart' && published !== undefined ? { ...content, published } : content;
    return [name, { ...component, content: from }] as const;
  });
  const site = [...sources.sites.keys()][0] ?? '';
  const { composition } = compose({ ...sources, components: new Map(fetched) } satisfies Sources, site);
  if (composition === undefined) throw new Error('nothing composed');
  return compile(composition, { seed: 'ab'.repeat(32), bornAt: 0 }).revision;
}

describe('a revision with a published chart', () => {
  const address = 'https://charts.example.com/web-1.0.0.tgz';
  const fetched = revisionOf({ address, digest: DIGEST });

  it('says what was fetched', () => {
    expect(fetched.components.find(({ name }) => name === 'web')?.chartDigest).toBe(DIGEST);
    expect(revisionOf().components.some((component) => 'chartDigest' in component)).toBe(false);
  });

  it('is another one when something else was fetched, and the same from another address', () => {
    expect(revisionOf({ address, digest: DIGEST.replace('ab', 'cd') }).digest).not.toBe(fetched.digest);
    expect(revisionOf().digest).not.toBe(fetched.digest);
    expect(revisionOf({ address: 'https://mirror.example.com/web.tgz', digest: DIGEST }).digest).toBe(fetched.digest);
  });
});
