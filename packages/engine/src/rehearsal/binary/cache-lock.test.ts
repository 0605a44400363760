import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { withLock } from './cache-lock.ts';

let folder: string;
const never = new AbortController().signal;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'naru-lock-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('lets one in at a time', async () => {
  let inside = 0;
  let most = 0;
  const enter = () =>
    withLock(folder, never, async () => {
      inside += 1;
      most = Math.max(most, inside);
      await delay(20);
      inside -= 1;
    });
  await Promise.all([enter(), enter(), enter()]);
  expect(most).toBe(1);
  expect(await readdir(folder)).toEqual([]);
});

it('is opened again after a failure, which it passes on', async () => {
  await expect(withLock(folder, never, () => Promise.reject(new Error('no compiler')))).rejects.toThrow('no compiler');
  expect(await withLock(folder, never, async () => 'in')).toBe('in');
});

it('is taken from a holder that has died', async () => {
  await writeFile(join(folder, '.lock'), '');
  await utimes(join(folder, '.lock'), new Date(), new Date(Date.now() - 60_000));
  expect(await withLock(folder, never, async () => 'in')).toBe('in');
});

it('waits for a holder that lives, until it is told to stop', async () => {
  await writeFile(join(folder, '.lock'), '');
  const entered = withLock(folder, AbortSignal.timeout(300), async () => 'in');
  await expect(entered).rejects.toThrow(/timeout/i);
  expect(await readdir(folder)).toEqual(['.lock']);
});

it('makes the folder', async () => {
  expect(await withLock(join(folder, 'a', 'b'), never, async () => 'in')).toBe('in');
});
