import { hmac } from '@noble/hashes/hmac.js';
import { scrypt } from '@noble/hashes/scrypt.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { encodeUtf8 } from '../value/utf8.ts';

/** The name of the Master Password algorithm, which every key and seed of it starts with. */
const SCOPE = 'com.lyndir.masterpassword';

/** Each type's shapes: a letter stands for a class of characters. */
const SHAPES: Readonly<Record<string, readonly string[]>> = {
  maximum: ['anoxxxxxxxxxxxxxxxxx', 'axxxxxxxxxxxxxxxxxno'],
  long: [
    'CvcvnoCvcvCvcv',
    'CvcvCvcvnoCvcv',
    'CvcvCvcvCvcvno',
    'CvccnoCvcvCvcv',
    'CvccCvcvnoCvcv',
    'CvccCvcvCvcvno',
    'CvcvnoCvccCvcv',
    'CvcvCvccnoCvcv',
    'CvcvCvccCvcvno',
    'CvcvnoCvcvCvcc',
    'CvcvCvcvnoCvcc',
    'CvcvCvcvCvccno',
    'CvccnoCvccCvcv',
    'CvccCvccnoCvcv',
    'CvccCvccCvcvno',
    'CvcvnoCvccCvcc',
    'CvcvCvccnoCvcc',
    'CvcvCvccCvccno',
    'CvccnoCvcvCvcc',
    'CvccCvcvnoCvcc',
    'CvccCvcvCvccno',
  ],
  medium: ['CvcnoCvc', 'CvcCvcno'],
  short: ['Cvcn'],
  basic: ['aaanaaan', 'aannaaan', 'aaannaaa'],
  pin: ['nnnn'],
};

const VOWELS = 'aeiou';
const CONSONANTS = 'bcdfghjklmnpqrstvwxyz';
const UPPER = VOWELS.toUpperCase() + CONSONANTS.toUpperCase();
const LETTERS = VOWELS.toUpperCase() + VOWELS + CONSONANTS.toUpperCase() + CONSONANTS;

const CLASSES: Readonly<Record<string, string>> = {
  V: VOWELS.toUpperCase(),
  C: CONSONANTS.toUpperCase(),
  v: VOWELS,
  c: CONSONANTS,
  A: UPPER,
  a: LETTERS,
  n: '0123456789',
  o: "@&%?,=[]_:-+*$#!'^~;()/.",
  x: `${LETTERS}0123456789!@#$%^&*()`,
};

export interface PasswordRequest {
  readonly counter: number;
  readonly type: string;
  readonly password: string;
  readonly user: string;
  readonly site: string;
}

/** A site's password by the Master Password algorithm: the same for the same words. Nothing for an unknown type. */
export function derivePassword({ counter, type, password, user, site }: PasswordRequest): string | undefined {
  const shapes = Object.hasOwn(SHAPES, type) ? SHAPES[type] : undefined;
  if (shapes === undefined) return undefined;
  const salt = concatBytes(encodeUtf8(SCOPE), withLength(user));
  const key = scrypt(encodeUtf8(password), salt, { N: 32_768, r: 8, p: 2, dkLen: 64 });
  const seed = hmac(sha256, key, concatBytes(encodeUtf8(SCOPE), withLength(site), uint32(counter)));
  const shape = shapes[(seed[0] ?? 0) % shapes.length] ?? '';
  return Array.from(shape, (name, i) => {
    const characters = CLASSES[name] ?? '';
    return characters[(seed[i + 1] ?? 0) % characters.length] ?? '';
  }).join('');
}

function withLength(text: string): Uint8Array {
  const bytes = encodeUtf8(text);
  return concatBytes(uint32(bytes.length), bytes);
}

function uint32(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);
}
