import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeInvalidDuration, formatDuration, parseDuration } from './duration.ts';

describe('durations', () => {
  it('come back from what they are written as', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n) + 1n, max: 2n ** 63n - 1n }), (nanoseconds) => {
        expect(parseDuration(formatDuration(nanoseconds))).toBe(nanoseconds);
      }),
    );
  });

  // Each is what Go says of it.
  it.each([
    ['', 'time: invalid duration ""'],
    ['x', 'time: invalid duration "x"'],
    ['1', 'time: missing unit in duration "1"'],
    ['-1.5', 'time: missing unit in duration "-1.5"'],
    ['1h3', 'time: missing unit in duration "1h3"'],
    ['1x', 'time: unknown unit "x" in duration "1x"'],
    ['1h2days', 'time: unknown unit "days" in duration "1h2days"'],
    ['.s', 'time: invalid duration ".s"'],
    ['1h.', 'time: invalid duration "1h."'],
  ])('are not read from %j', (text, reason) => {
    expect(parseDuration(text)).toBeUndefined();
    expect(describeInvalidDuration(text)).toBe(reason);
  });
});
