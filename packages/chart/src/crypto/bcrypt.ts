import { Blowfish } from './blowfish.ts';

const ALPHABET = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const MAX_PASSWORD_BYTES = 72;
const SALT_BYTES = 16;
const MAGIC = 'OrpheanBeholderScryDoubt';
/** The last byte of the enciphered magic is dropped: the reference implementation did so first. */
const HASH_BYTES = 23;

/** Whether bcrypt takes a password of so many bytes: what is longer would be cut off unseen. */
export function isBcryptPassword(password: Uint8Array): boolean {
  return password.length <= MAX_PASSWORD_BYTES;
}

/** The bcrypt hash of `password` in its modular form, `$2a$10$…`. The work doubles with every step of `cost`. */
export function bcrypt(password: Uint8Array, salt: Uint8Array, cost: number): string {
  const saltWords = wordsOf(salt, SALT_BYTES / 4);
  const key = wordsOf(Uint8Array.of(...password, 0), 18);
  const cipher = new Blowfish();
  cipher.expand(key, saltWords);
  for (let i = 0; i < 2 ** cost; i++) {
    cipher.expand(key);
    cipher.expand(saltWords);
  }
  const settings = `$2a$${String(cost).padStart(2, '0')}$`;
  return settings + encode(salt) + encode(encipherMagic(cipher).subarray(0, HASH_BYTES));
}

function encipherMagic(cipher: Blowfish): Uint8Array {
  const words = wordsOf(
    Uint8Array.from(MAGIC, (char) => char.charCodeAt(0)),
    MAGIC.length / 4,
  );
  for (let i = 0; i < words.length; i += 2) {
    const block = words.subarray(i, i + 2);
    for (let round = 0; round < 64; round++) cipher.encrypt(block);
  }
  const bytes = new DataView(new ArrayBuffer(words.length * 4));
  for (const [i, word] of words.entries()) bytes.setInt32(i * 4, word);
  return new Uint8Array(bytes.buffer);
}

/** So many big-endian words; bytes that run out start again from the first. */
function wordsOf(bytes: Uint8Array, count: number): Int32Array {
  const byteAt = (i: number): number => bytes[i % bytes.length] ?? 0;
  return Int32Array.from(
    { length: count },
    (_, i) => (byteAt(4 * i) << 24) | (byteAt(4 * i + 1) << 16) | (byteAt(4 * i + 2) << 8) | byteAt(4 * i + 3),
  );
}

/** bcrypt's own base64: another alphabet, and no padding. */
function encode(bytes: Uint8Array): string {
  let out = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const characters = Math.min(4, bytes.length - i + 1);
    for (let k = 0; k < characters; k++) out += ALPHABET[(group >> (18 - 6 * k)) & 63];
  }
  return out;
}
