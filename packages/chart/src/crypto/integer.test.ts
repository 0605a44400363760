import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitLength, bytesToInteger, integerToBytes, inverseModulo, powerModulo } from './integer.ts';

const large = fc.bigInt({ min: 0n, max: 2n ** 300n });

describe('integers', () => {
  it('come back from their bytes', () => {
    fc.assert(
      fc.property(large, (value) => {
        expect(bytesToInteger(integerToBytes(value, 40))).toBe(value);
      }),
    );
    expect(bytesToInteger(new Uint8Array())).toBe(0n);
    expect(integerToBytes(258n, 3)).toEqual(Uint8Array.of(0, 1, 2));
  });

  it('are raised to powers as by multiplying', () => {
    fc.assert(
      fc.property(large, fc.nat(60), fc.bigInt({ min: 1n, max: 2n ** 100n }), (base, exponent, modulus) => {
        expect(powerModulo(base, BigInt(exponent), modulus)).toBe(base ** BigInt(exponent) % modulus);
      }),
    );
  });

  it('have an inverse modulo a prime', () => {
    const prime = 2n ** 127n - 1n;
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: prime - 1n }), (value) => {
        expect((value * inverseModulo(value, prime)) % prime).toBe(1n);
      }),
    );
  });

  it('have a length in bits', () => {
    expect([0n, 1n, 255n, 256n, 2n ** 2048n - 1n].map(bitLength)).toEqual([0, 1, 8, 9, 2048]);
  });
});
