import { NaruError } from '@naru/core';
import { describe, expect, it, vi } from 'vitest';
import { persist } from './persist.ts';

const QUIET = new AbortController().signal;
const busy = new NaruError('CLUSTER_BUSY', { server: 'https://test.invalid', reason: '', retryAfterSeconds: 0 });
const definite = new NaruError('OBJECT_MISSING', { object: 'Pod shop/a' });

describe('persist', () => {
  it('repeats what may pass until it does', async () => {
    const work = vi.fn<() => Promise<string>>().mockRejectedValueOnce(busy).mockResolvedValue('done');
    expect(await persist(work, { deadline: Date.now() + 5_000, signal: QUIET })).toBe('done');
    expect(work).toHaveBeenCalledTimes(2);
  });

  it.each([definite, new TypeError('a bug')])('throws %o at once', async (error) => {
    const work = vi.fn<() => Promise<string>>().mockRejectedValue(error);
    await expect(persist(work, { deadline: Date.now() + 5_000, signal: QUIET })).rejects.toBe(error);
    expect(work).toHaveBeenCalledOnce();
  });

  it('throws the last failure when another pause would pass the deadline', async () => {
    const work = vi.fn<() => Promise<string>>().mockRejectedValue(busy);
    const begun = performance.now();
    await expect(persist(work, { deadline: Date.now() + 500, signal: QUIET })).rejects.toBe(busy);
    expect(work).toHaveBeenCalledTimes(2);
    expect(performance.now() - begun).toBeLessThan(1_000);
  });

  it('stops waiting when it is aborted', async () => {
    const stop = new AbortController();
    const work = vi.fn<() => Promise<string>>().mockImplementation(() => {
      stop.abort();
      return Promise.reject(busy);
    });
    await expect(persist(work, { deadline: Date.now() + 60_000, signal: stop.signal })).rejects.toThrow('abort');
    expect(work).toHaveBeenCalledOnce();
  });
});
