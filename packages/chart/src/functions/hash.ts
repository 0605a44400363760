/** SHA-2 round constants: the fractional parts of the cube roots of the first primes, 64 bits of each. */
const ROOTS_64: readonly bigint[] = primes(80).map((prime) => fractionOfRoot(BigInt(prime), 3n));
const START_64: readonly bigint[] = primes(8).map((prime) => fractionOfRoot(BigInt(prime), 2n));
const K_32 = Uint32Array.from(ROOTS_64.slice(0, 64), (root) => Number(root >> 32n));
const H_32 = Uint32Array.from(START_64, (start) => Number(start >> 32n));

function primes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) if (found.every((prime) => n % prime !== 0)) found.push(n);
  return found;
}

/** The first 64 bits after the point of the `root`-th root of `n`. */
function fractionOfRoot(n: bigint, root: bigint): bigint {
  const target = n << (64n * root);
  let low = 0n;
  let high = 1n << 72n;
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** root <= target) low = middle;
    else high = middle;
  }
  return low & 0xffff_ffff_ffff_ffffn;
}

const rotate = (x: number, n: number): number => (x >>> n) | (x << (32 - n));

/** The message with its length behind it, in whole blocks. */
function padded(bytes: Uint8Array, block: number, lengthBytes: number): Uint8Array {
  const size = Math.ceil((bytes.length + 1 + lengthBytes) / block) * block;
  const out = new Uint8Array(size);
  out.set(bytes);
  out[bytes.length] = 0x80;
  new DataView(out.buffer).setBigUint64(size - 8, BigInt(bytes.length) * 8n);
  return out;
}

export function sha256(bytes: Uint8Array): Uint8Array {
  const state = Uint32Array.from(H_32);
  const message = padded(bytes, 64, 8);
  const view = new DataView(message.buffer);
  const w = new Uint32Array(64);
  for (let at = 0; at < message.length; at += 64) {
    for (let i = 0; i < 16; i++) w[i] = view.getUint32(at + i * 4);
    for (let i = 16; i < 64; i++) {
      const [x, y] = [w[i - 15] ?? 0, w[i - 2] ?? 0];
      const s0 = rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3);
      const s1 = rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10);
      w[i] = (w[i - 16] ?? 0) + s0 + (w[i - 7] ?? 0) + s1;
    }
    compress256(state, w);
  }
  return wordBytes(state);
}

function compress256(state: Uint32Array, w: Uint32Array): void {
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let i = 0; i < 64; i++) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (K_32[i] ?? 0) + (w[i] ?? 0)) | 0;
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
  }
  for (const [i, x] of [a, b, c, d, e, f, g, h].entries()) state[i] = (state[i] ?? 0) + x;
}

export function sha1(bytes: Uint8Array): Uint8Array {
  const state = Uint32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
  const message = padded(bytes, 64, 8);
  const view = new DataView(message.buffer);
  const w = new Uint32Array(80);
  for (let at = 0; at < message.length; at += 64) {
    for (let i = 0; i < 16; i++) w[i] = view.getUint32(at + i * 4);
    for (let i = 16; i < 80; i++) {
      w[i] = rotate((w[i - 3] ?? 0) ^ (w[i - 8] ?? 0) ^ (w[i - 14] ?? 0) ^ (w[i - 16] ?? 0), 31);
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0] = state;
    for (let i = 0; i < 80; i++) {
      const [f, k] = sha1Round(i, b, c, d);
      const next = (rotate(a, 27) + f + e + k + (w[i] ?? 0)) | 0;
      [e, d, c, b, a] = [d, c, rotate(b, 2), a, next];
    }
    for (const [i, x] of [a, b, c, d, e].entries()) state[i] = (state[i] ?? 0) + x;
  }
  return wordBytes(state);
}

function sha1Round(i: number, b: number, c: number, d: number): [f: number, k: number] {
  if (i < 20) return [(b & c) | (~b & d), 0x5a827999];
  if (i < 40) return [b ^ c ^ d, 0x6ed9eba1];
  return i < 60 ? [(b & c) | (b & d) | (c & d), 0x8f1bbcdc] : [b ^ c ^ d, 0xca62c1d6];
}

const MASK = 0xffff_ffff_ffff_ffffn;
const rotate64 = (x: bigint, n: bigint): bigint => ((x >> n) | (x << (64n - n))) & MASK;

export function sha512(bytes: Uint8Array): Uint8Array {
  const state = [...START_64];
  const message = padded(bytes, 128, 16);
  const view = new DataView(message.buffer);
  for (let at = 0; at < message.length; at += 128) {
    const w: bigint[] = [];
    for (let i = 0; i < 16; i++) w.push(view.getBigUint64(at + i * 8));
    for (let i = 16; i < 80; i++) {
      const [x = 0n, y = 0n] = [w[i - 15], w[i - 2]];
      const s0 = rotate64(x, 1n) ^ rotate64(x, 8n) ^ (x >> 7n);
      const s1 = rotate64(y, 19n) ^ rotate64(y, 61n) ^ (y >> 6n);
      w.push(((w[i - 16] ?? 0n) + s0 + (w[i - 7] ?? 0n) + s1) & MASK);
    }
    compress512(state, w);
  }
  const out = new Uint8Array(64);
  const words = new DataView(out.buffer);
  for (const [i, word] of state.entries()) words.setBigUint64(i * 8, word);
  return out;
}

function compress512(state: bigint[], w: readonly bigint[]): void {
  let [a = 0n, b = 0n, c = 0n, d = 0n, e = 0n, f = 0n, g = 0n, h = 0n] = state;
  for (let i = 0; i < 80; i++) {
    const s1 = rotate64(e, 14n) ^ rotate64(e, 18n) ^ rotate64(e, 41n);
    const t1 = h + s1 + ((e & f) ^ (~e & MASK & g)) + (ROOTS_64[i] ?? 0n) + (w[i] ?? 0n);
    const s0 = rotate64(a, 28n) ^ rotate64(a, 34n) ^ rotate64(a, 39n);
    const t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) & MASK, c, b, a, (t1 + t2) & MASK];
  }
  for (const [i, x] of [a, b, c, d, e, f, g, h].entries()) state[i] = ((state[i] ?? 0n) + x) & MASK;
}

export function adler32(bytes: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (const byte of bytes) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  return b * 65_536 + a;
}

function wordBytes(words: Uint32Array): Uint8Array {
  const out = new Uint8Array(words.length * 4);
  const view = new DataView(out.buffer);
  for (const [i, word] of words.entries()) view.setUint32(i * 4, word);
  return out;
}

/** Bytes as lower-case hexadecimal. */
export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
