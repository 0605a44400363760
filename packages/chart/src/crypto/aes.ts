export const AES_BLOCK_BYTES = 16;
export const AES_KEY_BYTES = 32;
const ROUNDS = 14;

/** AES with a key of 256 bits in CBC mode: FIPS 197. The content must be whole blocks. */
export function encryptCbc(key: Uint8Array, start: Uint8Array, content: Uint8Array): Uint8Array {
  const roundKeys = expandKey(key);
  const out = Uint8Array.from(content);
  let previous = start;
  for (let at = 0; at < out.length; at += AES_BLOCK_BYTES) {
    const block = out.subarray(at, at + AES_BLOCK_BYTES);
    addInto(block, previous);
    encryptBlock(block, roundKeys);
    previous = block;
  }
  return out;
}

/** Undoes `encryptCbc`. */
export function decryptCbc(key: Uint8Array, start: Uint8Array, content: Uint8Array): Uint8Array {
  const roundKeys = expandKey(key);
  const out = Uint8Array.from(content);
  for (let at = 0; at < out.length; at += AES_BLOCK_BYTES) {
    const block = out.subarray(at, at + AES_BLOCK_BYTES);
    decryptBlock(block, roundKeys);
    addInto(block, at === 0 ? start : content.subarray(at - AES_BLOCK_BYTES, at));
  }
  return out;
}

function encryptBlock(block: Uint8Array, roundKeys: Uint8Array): void {
  const { box } = tables();
  addRoundKey(block, roundKeys, 0);
  for (let round = 1; round <= ROUNDS; round++) {
    substitute(block, box);
    shiftRows(block, 1);
    if (round < ROUNDS) mixColumns(block, [2, 3, 1, 1]);
    addRoundKey(block, roundKeys, round);
  }
}

function decryptBlock(block: Uint8Array, roundKeys: Uint8Array): void {
  const { inverse } = tables();
  for (let round = ROUNDS; round > 0; round--) {
    addRoundKey(block, roundKeys, round);
    if (round < ROUNDS) mixColumns(block, [14, 11, 13, 9]);
    shiftRows(block, 3);
    substitute(block, inverse);
  }
  addRoundKey(block, roundKeys, 0);
}

function addInto(block: Uint8Array, other: Uint8Array): void {
  for (let i = 0; i < block.length; i++) block[i] = (block[i] ?? 0) ^ (other[i] ?? 0);
}

function addRoundKey(block: Uint8Array, roundKeys: Uint8Array, round: number): void {
  addInto(block, roundKeys.subarray(round * AES_BLOCK_BYTES));
}

function substitute(block: Uint8Array, box: Uint8Array): void {
  for (let i = 0; i < block.length; i++) block[i] = box[block[i] ?? 0] ?? 0;
}

/** Turns each row by as many columns as its number, times `step`. */
function shiftRows(block: Uint8Array, step: number): void {
  const old = Uint8Array.from(block);
  for (let i = 0; i < block.length; i++) block[i] = old[(i + 4 * step * (i % 4)) % AES_BLOCK_BYTES] ?? 0;
}

function mixColumns(block: Uint8Array, factors: readonly number[]): void {
  for (let column = 0; column < AES_BLOCK_BYTES; column += 4) {
    const old = block.slice(column, column + 4);
    for (let row = 0; row < 4; row++) {
      let sum = 0;
      for (let i = 0; i < 4; i++) sum ^= multiply(old[(row + i) % 4] ?? 0, factors[i] ?? 0);
      block[column + row] = sum;
    }
  }
}

function expandKey(key: Uint8Array): Uint8Array {
  const { box } = tables();
  const out = new Uint8Array((ROUNDS + 1) * AES_BLOCK_BYTES);
  out.set(key);
  let constant = 1;
  for (let at = AES_KEY_BYTES; at < out.length; at += 4) {
    const word = out.slice(at - 4, at);
    if (at % AES_KEY_BYTES === 0) {
      word.set([...word.subarray(1), word[0] ?? 0]);
      substitute(word, box);
      word[0] = (word[0] ?? 0) ^ constant;
      constant = double(constant);
    } else if (at % AES_KEY_BYTES === AES_BLOCK_BYTES) substitute(word, box);
    addInto(word, out.subarray(at - AES_KEY_BYTES));
    out.set(word, at);
  }
  return out;
}

/** Twice a number, in the field of 256 elements. */
function double(value: number): number {
  return ((value << 1) ^ (value & 0x80 ? 0x11b : 0)) & 255;
}

function multiply(a: number, b: number): number {
  let product = 0;
  for (let [power, rest] = [a, b]; rest > 0; [power, rest] = [double(power), rest >> 1]) if (rest & 1) product ^= power;
  return product;
}

let knownTables: { readonly box: Uint8Array; readonly inverse: Uint8Array } | undefined;

/** The substitution and its inverse: each byte's reciprocal in the field, turned and mixed with itself. */
function tables(): { readonly box: Uint8Array; readonly inverse: Uint8Array } {
  if (knownTables !== undefined) return knownTables;
  const [box, inverse] = [new Uint8Array(256), new Uint8Array(256)];
  const powers = [1];
  // 3 generates every element but 0, so the reciprocal of its n-th power is the one 255 - n.
  for (let i = 1; i < 255; i++) powers.push(multiply(powers[i - 1] ?? 1, 3));
  for (let value = 0; value < 256; value++) {
    const reciprocal = value === 0 ? 0 : (powers[(255 - powers.indexOf(value)) % 255] ?? 0);
    let sum = 0x63;
    for (let turn = 0; turn < 5; turn++) sum ^= (reciprocal << turn) | (reciprocal >> (8 - turn));
    box[value] = sum;
    inverse[sum & 255] = value;
  }
  knownTables = { box, inverse };
  return knownTables;
}
