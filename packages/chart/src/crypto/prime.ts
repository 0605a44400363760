import { powerModulo } from './integer.ts';
import type { RandomStream } from './random-stream.ts';

/** Rounds of Miller and Rabin's test: FIPS 186-5 asks for five with random numbers of 1024 bits. */
const ROUNDS = 6;
/** How far a search walks from its random start before it takes another one. */
const WINDOW = 4096;
const SIEVE_LIMIT = 1 << 14;

/** The first prime among `start`, `start + step`, …, or nothing within the window. */
export function findPrime(start: bigint, step: bigint, stream: RandomStream): bigint | undefined {
  const composite = sieve(start, step);
  for (let i = 0; i < WINDOW; i++) {
    if (composite[i] === 1) continue;
    const candidate = start + step * BigInt(i);
    if (isProbablePrime(candidate, stream)) return candidate;
  }
  return undefined;
}

/** Whether `candidate`, odd and large, is a prime: wrong less often than the machine. */
export function isProbablePrime(candidate: bigint, stream: RandomStream): boolean {
  const last = candidate - 1n;
  const shift = BigInt(trailingZeros(last));
  const odd = last >> shift;
  for (let round = 0; round < ROUNDS; round++) {
    const witness = round === 0 ? 2n : stream.integerBelow(last);
    if (provesComposite(witness, candidate, odd, shift)) return false;
  }
  return true;
}

function provesComposite(witness: bigint, candidate: bigint, odd: bigint, shift: bigint): boolean {
  let power = powerModulo(witness, odd, candidate);
  if (power === 1n) return false;
  for (let i = 0n; i < shift; i++) {
    if (power === candidate - 1n) return false;
    power = (power * power) % candidate;
  }
  return true;
}

function trailingZeros(value: bigint): number {
  const digits = value.toString(2);
  return digits.length - 1 - digits.lastIndexOf('1');
}

/** Marks what a small prime divides in the window; a mark costs a step, a test costs a thousand. */
function sieve(start: bigint, step: bigint): Uint8Array {
  const composite = new Uint8Array(WINDOW);
  for (const prime of smallPrimes()) {
    const divisor = BigInt(prime);
    const stride = Number(step % divisor);
    if (stride === 0) continue;
    for (let i = firstMultiple(Number(start % divisor), stride, prime); i < WINDOW; i += prime) composite[i] = 1;
  }
  return composite;
}

function firstMultiple(rest: number, stride: number, prime: number): number {
  let at = 0;
  for (let sum = rest; sum !== 0; at++) sum = (sum + stride) % prime;
  return at;
}

let knownPrimes: readonly number[] | undefined;

/** The odd primes below the limit. */
function smallPrimes(): readonly number[] {
  if (knownPrimes !== undefined) return knownPrimes;
  const composite = new Uint8Array(SIEVE_LIMIT);
  const primes: number[] = [];
  for (let n = 3; n < SIEVE_LIMIT; n += 2) {
    if (composite[n] === 1) continue;
    primes.push(n);
    for (let multiple = n * n; multiple < SIEVE_LIMIT; multiple += 2 * n) composite[multiple] = 1;
  }
  knownPrimes = primes;
  return primes;
}
