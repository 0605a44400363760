import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffMs, pause, repetitionDelayMs } from './backoff.ts';

describe('backoffMs', () => {
  it('doubles from a tenth of a second to ten seconds, at most half of it by chance', () => {
    expect([1, 2, 3, 4, 7, 8, 50].map((attempt) => backoffMs(attempt, 0))).toEqual([
      50, 100, 200, 400, 3200, 5000, 5000,
    ]);
    expect([1, 2, 8].map((attempt) => backoffMs(attempt, 0.999_999))).toEqual([
      expect.closeTo(100, 1),
      expect.closeTo(200, 1),
      expect.closeTo(10_000, 0),
    ]);
  });
});

describe('repetitionDelayMs', () => {
  it('waits as long as the server asks, within reason', () => {
    expect(repetitionDelayMs(1, 3, 0)).toBe(3000);
    expect(repetitionDelayMs(1, 0, 0)).toBe(50);
    expect(repetitionDelayMs(1, 60, 0)).toBeUndefined();
  });

  it('always ends, within a quarter of a minute when the server does not ask for more', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.999, noNaN: true }), (random) => {
        let waited = 0;
        let attempt = 1;
        for (let delay = repetitionDelayMs(attempt, 0, random); delay !== undefined; attempt += 1) {
          waited += delay;
          delay = repetitionDelayMs(attempt + 1, 0, random);
        }
        expect(waited).toBeLessThan(15_000);
      }),
    );
  });
});

describe('pause', () => {
  it('ends at once with the reason of the signal', async () => {
    const abort = new AbortController();
    const reason = new Error('enough');
    const waiting = pause(60_000, abort.signal);
    abort.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    await expect(pause(60_000, abort.signal)).rejects.toBe(reason);
  });
});
