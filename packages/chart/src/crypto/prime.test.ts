import { checkPrimeSync } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPrime, isProbablePrime } from './prime.ts';
import { RandomStream } from './random-stream.ts';

const stream = new RandomStream(new Uint8Array(32).fill(9));

describe('primes', () => {
  it('are told from other numbers as OpenSSL tells them', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 2n, max: 2n ** 80n }), (half) => {
        const odd = 2n * half + 1n;
        expect(isProbablePrime(odd, stream)).toBe(checkPrimeSync(odd));
      }),
      { numRuns: 500 },
    );
  });

  it.each([561n, 1729n, 3_215_031_751n, 3_825_123_056_546_413_051n, 318_665_857_834_031_151_167_461n])(
    'refuses %s, which fools simpler tests',
    (composite) => {
      expect(isProbablePrime(composite, stream)).toBe(false);
    },
  );

  it('are found from a start on, the first of them', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 2n ** 40n, max: 2n ** 64n }), (half) => {
        const start = 2n * half + 1n;
        let expected = start;
        while (!checkPrimeSync(expected)) expected += 2n;
        expect(findPrime(start, 2n, stream)).toBe(expected);
      }),
      { numRuns: 50 },
    );
  });

  it('are searched in a window alone', () => {
    // Every number of this form is divisible by three.
    expect(findPrime(3n ** 50n, 6n, stream)).toBeUndefined();
  });
});
