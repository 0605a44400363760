const ROUNDS = 16;
const SUBKEYS = ROUNDS + 2;
const BOX = 256;

/** Blowfish with its expensive key schedule, as bcrypt uses it. */
export class Blowfish {
  readonly #subkeys: Int32Array;
  readonly #boxes: Int32Array;

  constructor() {
    const start = startState();
    this.#subkeys = start.slice(0, SUBKEYS);
    this.#boxes = start.slice(SUBKEYS);
  }

  /** Mixes `key`, and with it `salt` when there is one, into every word of the state. */
  expand(key: Int32Array, salt?: Int32Array): void {
    for (let i = 0; i < SUBKEYS; i++) this.#subkeys[i] = (this.#subkeys[i] ?? 0) ^ (key[i % key.length] ?? 0);
    const block = new Int32Array(2);
    let at = 0;
    for (const words of [this.#subkeys, this.#boxes]) {
      for (let i = 0; i < words.length; i += 2) {
        if (salt !== undefined) {
          block[0] = (block[0] ?? 0) ^ (salt[at++ % salt.length] ?? 0);
          block[1] = (block[1] ?? 0) ^ (salt[at++ % salt.length] ?? 0);
        }
        this.encrypt(block);
        words.set(block, i);
      }
    }
  }

  /** Enciphers a block of two words in place. */
  encrypt(block: Int32Array): void {
    const subkeys = this.#subkeys;
    const boxes = this.#boxes;
    let left = (block[0] ?? 0) ^ (subkeys[0] ?? 0);
    let right = block[1] ?? 0;
    for (let i = 1; i <= ROUNDS; i++) {
      const sum = ((boxes[left >>> 24] ?? 0) + (boxes[BOX + ((left >>> 16) & 255)] ?? 0)) | 0;
      const mixed = (sum ^ (boxes[2 * BOX + ((left >>> 8) & 255)] ?? 0)) + (boxes[3 * BOX + (left & 255)] ?? 0);
      const next = right ^ mixed ^ (subkeys[i] ?? 0);
      right = left;
      left = next;
    }
    block[0] = right ^ (subkeys[ROUNDS + 1] ?? 0);
    block[1] = left;
  }
}

let knownStart: Int32Array | undefined;

/** The words that Blowfish starts from: the first binary digits of the fraction of pi. */
function startState(): Int32Array {
  if (knownStart !== undefined) return knownStart;
  const count = SUBKEYS + 4 * BOX;
  const guardBits = 64;
  const bits = count * 32 + guardBits;
  // Machin: pi = 16 arctan(1/5) - 4 arctan(1/239).
  const pi = 16n * arctanOfInverse(5n, bits) - 4n * arctanOfInverse(239n, bits);
  const digits = (BigInt.asUintN(bits, pi) >> BigInt(guardBits)).toString(16).padStart(count * 8, '0');
  knownStart = Int32Array.from({ length: count }, (_, i) => Number.parseInt(digits.slice(i * 8, i * 8 + 8), 16));
  return knownStart;
}

/** arctan(1/x) as a fixed-point number with so many bits after the point. */
function arctanOfInverse(x: bigint, bits: number): bigint {
  let power = (1n << BigInt(bits)) / x;
  let sum = power;
  const square = x * x;
  for (let n = 3n; power !== 0n; n += 2n) {
    power /= -square;
    sum += power / n;
  }
  return sum;
}
