import { sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { encodeBase64 } from '../value/base64.ts';
import { encodeUtf8 } from '../value/utf8.ts';
import { Int } from '../value/value.ts';
import type { CallContext } from '../value/value.ts';
import { boundedSize, count } from './cast.ts';
import { fixed, refuse, text } from './define.ts';
import type { FunctionTable } from './define.ts';

const DIGITS = '0123456789';
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const PRINTABLE = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join('');

/** `size` characters of `alphabet`, each as likely as any other: bytes that would favour some are thrown away. */
function randomText(size: number, alphabet: string, { randomBytes }: CallContext): string {
  boundedSize(size);
  const limit = 256 - (256 % alphabet.length);
  let out = '';
  while (out.length < size) {
    for (const byte of randomBytes(size - out.length)) if (byte < limit) out += alphabet[byte % alphabet.length];
  }
  return out;
}

function randomOf(alphabet: string): FunctionTable[string] {
  return fixed(['int'], (args, context) => randomText(Math.max(0, count(args, 0)), alphabet, context));
}

function randomInt(least: number, bound: number, { randomBytes }: CallContext): Int {
  const span = bound - least;
  if (span <= 0) refuse('invalid argument to Intn');
  let value = 0n;
  for (const byte of randomBytes(8)) value = value * 256n + BigInt(byte);
  return new Int(BigInt(least) + (value % BigInt(span)));
}

/** The checksum of RFC 1950. */
function adler32(bytes: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (const byte of bytes) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  return b * 65_536 + a;
}

function uuid({ randomBytes }: CallContext): string {
  const bytes = Uint8Array.from(randomBytes(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytesToHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** sprig's hashes and random texts, drawn from the source that the render was given. */
export const CRYPTO: FunctionTable = {
  sha1sum: fixed(['string'], (args) => bytesToHex(sha1(encodeUtf8(text(args, 0))))),
  sha256sum: fixed(['string'], (args) => bytesToHex(sha256(encodeUtf8(text(args, 0))))),
  sha512sum: fixed(['string'], (args) => bytesToHex(sha512(encodeUtf8(text(args, 0))))),
  adler32sum: fixed(['string'], (args) => String(adler32(encodeUtf8(text(args, 0))))),
  randAlphaNum: randomOf(LETTERS + DIGITS),
  randAlpha: randomOf(LETTERS),
  randNumeric: randomOf(DIGITS),
  randAscii: randomOf(PRINTABLE),
  randBytes: fixed(['int'], (args, { randomBytes }) => encodeBase64(randomBytes(boundedSize(count(args, 0))))),
  randInt: fixed(['int', 'int'], (args, context) => randomInt(count(args, 0), count(args, 1), context)),
  uuidv4: fixed([], (_, context) => uuid(context)),
};
