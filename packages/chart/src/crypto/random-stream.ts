import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { bytesToInteger } from './integer.ts';

/** How many random bytes a stream is grown from. */
export const SEED_BYTES = 32;

/**
 * Random bytes without end, grown from a seed: the hashes of the seed and a counter. Searching for a prime takes an
 * unknown number of bytes; the source of a render is asked for the seed alone, so a kept seed gives the same key again.
 */
export class RandomStream {
  readonly #seed: Uint8Array;
  #counter = 0;

  constructor(seed: Uint8Array) {
    this.#seed = seed;
  }

  bytes(count: number): Uint8Array {
    const out = new Uint8Array(count);
    for (let at = 0; at < count; at += 32) {
      const counter = new Uint8Array(8);
      new DataView(counter.buffer).setBigUint64(0, BigInt(this.#counter++));
      out.set(sha256(concatBytes(this.#seed, counter)).subarray(0, count - at), at);
    }
    return out;
  }

  /** A number of at most so many bits. */
  integer(bits: number): bigint {
    return BigInt.asUintN(bits, bytesToInteger(this.bytes(Math.ceil(bits / 8))));
  }

  /** A number from 1 to `bound` - 1, each as likely as any other. */
  integerBelow(bound: bigint): bigint {
    const bits = bound.toString(2).length;
    for (;;) {
      const candidate = this.integer(bits);
      if (candidate > 0n && candidate < bound) return candidate;
    }
  }
}
