import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { useScratch } from '@naru/testkit';
import { describe, expect, it } from 'vitest';
import { isWorthThreads, renderBatch } from './render-batch.ts';
import type { Job } from './render-share.ts';
import { startThread } from './start-thread.ts';

const scratch = useScratch();
const interrupt = new AbortController().signal;

function jobOf(count: number, folder = scratch.directory): Job {
  const releases = Array.from({ length: count }, (_, index) => ({
    name: `r${index}`,
    release: `r${index}`,
    chart: index === 3 ? '/nonexistent' : 'catalog/hello/chart',
    namespace: 'default',
    // What the chart's schema asks for.
    set: ['database.host=db,database.secretName=db,cache.host=cache,cache.secretName=cache'],
  }));
  const cursor = new Int32Array(new SharedArrayBuffer(4));
  return { releases, folder, language: 'en', cache: undefined, cursor };
}

describe('threads', () => {
  it.each([
    ['start when what is left takes long', 100, 1, 100, true],
    ['do not start before anything is known', 50, 1, 1000, false],
    ['do not start for the last few', 1000, 100, 30, false],
    ['do not start when nothing is left', 10_000, 5, 0, false],
  ])('%s', (_, elapsed, done, left, worth) => {
    expect(isWorthThreads(elapsed, done, left)).toBe(worth);
  });

  it('take every release once, whoever takes it', async () => {
    const job = jobOf(12);
    const [one, two] = [startThread(job), startThread(job)];
    const shares = await Promise.all([one.share, two.share]);
    const taken = shares.flatMap((share) => [...share.keys()]);

    expect(taken.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, index) => index));
    expect(shares.flatMap((share) => [...share.values()]).filter(({ state }) => state === 'failed')).toMatchObject([
      { name: 'r3', findings: [{ code: 'DOCUMENT_UNREADABLE' }] },
    ]);
    const text = (name: string): string =>
      readFileSync(join(scratch.directory, `${name}.yaml`), 'utf8').replace(/checksum.*/, '');
    expect(text('r7')).toBe(text('r0').replaceAll('r0', 'r7'));
    expect(readdirSync(scratch.directory).filter((name) => /^r\d/.test(name))).toHaveLength(12);
  });

  it('tell what went wrong with one of them', async () => {
    const { share } = startThread({ ...jobOf(2), folder: '/nonexistent/folder' });

    await expect(share).rejects.toThrow(/cannot write/);
  });
});

it('gives the outcomes in the order of the batch', async () => {
  const outcomes = await renderBatch(jobOf(6), { threads: 1, interrupt });

  expect(outcomes.map(({ name, state }) => `${name} ${state}`)).toEqual([
    'r0 rendered',
    'r1 rendered',
    'r2 rendered',
    'r3 failed',
    'r4 rendered',
    'r5 rendered',
  ]);
});

it('stops when the disk refuses', async () => {
  const job = jobOf(2, '/nonexistent/folder');

  await expect(renderBatch(job, { threads: 1, interrupt })).rejects.toThrow(/cannot write/);
});
