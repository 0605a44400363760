import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { TAG, writeElement, writeObjectIdentifier, writeOctetString, writeSequence } from './der.ts';
import { bitLength, bytesToInteger, integerToBytes, inverseModulo, powerModulo } from './integer.ts';
import { findPrime } from './prime.ts';
import type { RandomStream } from './random-stream.ts';

export interface RsaKey {
  readonly type: 'rsa';
  readonly modulus: bigint;
  readonly publicExponent: bigint;
  readonly privateExponent: bigint;
  readonly primes: readonly [p: bigint, q: bigint];
}

const PUBLIC_EXPONENT = 65_537n;

/** A key whose modulus has exactly `bits` bits. */
export function generateRsaKey(bits: number, stream: RandomStream): RsaKey {
  const p = findFactor(bits / 2, stream);
  let q = findFactor(bits / 2, stream);
  while (q === p) q = findFactor(bits / 2, stream);
  const privateExponent = inverseModulo(PUBLIC_EXPONENT, (p - 1n) * (q - 1n));
  return { type: 'rsa', modulus: p * q, publicExponent: PUBLIC_EXPONENT, privateExponent, primes: [p, q] };
}

/** A prime whose two highest bits are set, so that a product of two has the full length. */
function findFactor(bits: number, stream: RandomStream): bigint {
  for (;;) {
    const start = stream.integer(bits) | (3n << BigInt(bits - 2)) | 1n;
    const prime = findPrime(start, 2n, stream);
    if (prime !== undefined && bitLength(prime) === bits && (prime - 1n) % PUBLIC_EXPONENT !== 0n) return prime;
  }
}

const SHA256 = '2.16.840.1.101.3.4.2.1';

/** The PKCS #1 v1.5 signature of the SHA-256 digest of `message`; nothing when the key is too short for one. */
export function signRsa(key: RsaKey, message: Uint8Array): Uint8Array | undefined {
  const size = Math.ceil(bitLength(key.modulus) / 8);
  const algorithm = writeSequence(writeObjectIdentifier(SHA256), writeElement(TAG.null));
  const digest = writeSequence(algorithm, writeOctetString(sha256(message)));
  const padding = size - digest.length - 3;
  if (padding < 8) return undefined;
  const block = concatBytes(Uint8Array.of(0, 1), new Uint8Array(padding).fill(255), Uint8Array.of(0), digest);
  return integerToBytes(decipher(key, bytesToInteger(block)), size);
}

/** Works modulo each prime: four times faster than modulo their product. */
function decipher({ primes: [p, q], privateExponent }: RsaKey, value: bigint): bigint {
  const viaP = powerModulo(value % p, privateExponent % (p - 1n), p);
  const viaQ = powerModulo(value % q, privateExponent % (q - 1n), q);
  const difference = (((viaP - viaQ) % p) + p) % p;
  return viaQ + ((difference * inverseModulo(q, p)) % p) * q;
}
