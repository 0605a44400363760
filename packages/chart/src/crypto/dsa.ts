import { bitLength, powerModulo } from './integer.ts';
import { findPrime } from './prime.ts';
import type { RandomStream } from './random-stream.ts';

export interface DsaKey {
  readonly type: 'dsa';
  readonly p: bigint;
  readonly q: bigint;
  readonly g: bigint;
  readonly publicValue: bigint;
  readonly privateValue: bigint;
}

const PRIME_BITS = 2048;
const ORDER_BITS = 256;

/** A key with parameters of its own, of the sizes 2048 and 256. */
export function generateDsaKey(stream: RandomStream): DsaKey {
  const q = findOrder(stream);
  const p = findField(q, stream);
  const g = findGenerator(p, q);
  const privateValue = stream.integerBelow(q);
  return { type: 'dsa', p, q, g, publicValue: powerModulo(g, privateValue, p), privateValue };
}

function findOrder(stream: RandomStream): bigint {
  for (;;) {
    const start = stream.integer(ORDER_BITS) | (1n << BigInt(ORDER_BITS - 1)) | 1n;
    const prime = findPrime(start, 2n, stream);
    if (prime !== undefined && bitLength(prime) === ORDER_BITS) return prime;
  }
}

/** A prime that is one more than a multiple of `q`. */
function findField(q: bigint, stream: RandomStream): bigint {
  for (;;) {
    const random = stream.integer(PRIME_BITS) | (1n << BigInt(PRIME_BITS - 1));
    const prime = findPrime(random - (random % (2n * q)) + 1n, 2n * q, stream);
    if (prime !== undefined && bitLength(prime) === PRIME_BITS) return prime;
  }
}

/** An element of order `q`. */
function findGenerator(p: bigint, q: bigint): bigint {
  for (let base = 2n; ; base++) {
    const g = powerModulo(base, (p - 1n) / q, p);
    if (g !== 1n) return g;
  }
}
