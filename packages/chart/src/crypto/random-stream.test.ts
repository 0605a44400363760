import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream } from './random-stream.ts';

const streamOf = (seed: number): RandomStream => new RandomStream(new Uint8Array(32).fill(seed));

describe('RandomStream', () => {
  it('gives the same bytes for the same seed, and other bytes for another', () => {
    expect(streamOf(1).bytes(100)).toEqual(streamOf(1).bytes(100));
    expect(streamOf(1).bytes(100)).not.toEqual(streamOf(2).bytes(100));
  });

  it('never repeats itself', () => {
    const stream = streamOf(3);
    const blocks = Array.from({ length: 200 }, () => stream.bytes(32).join());
    expect(new Set(blocks).size).toBe(200);
  });

  it('stays within its bounds', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 2n, max: 2n ** 200n }), fc.nat(255), (bound, seed) => {
        const value = streamOf(seed).integerBelow(bound);
        expect(value > 0n && value < bound).toBe(true);
      }),
    );
    expect(streamOf(4).integer(12)).toBeLessThan(4096n);
  });

  it('favours no value', () => {
    const stream = streamOf(5);
    const counts = new Map<bigint, number>();
    for (let i = 0; i < 6000; i++) {
      const value = stream.integerBelow(7n);
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    expect([...counts.keys()].sort((a, b) => Number(a - b))).toEqual([1n, 2n, 3n, 4n, 5n, 6n]);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});
