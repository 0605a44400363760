import { describe, expect, it } from 'vitest';
import { bcrypt, isBcryptPassword } from './bcrypt.ts';
import { Blowfish } from './blowfish.ts';
import { derivePassword } from './derive-password.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const salt = new Uint8Array(16).map((_, i) => i * 7 + 3);

/** What the C library of Debian gives for these: `perl -e 'print crypt($ARGV[0], $ARGV[1])' PASSWORD SETTINGS`. */
const HASHES: readonly (readonly [password: string, cost: number, hash: string])[] = [
  ['hello', 10, '$2a$10$.umPE/6kJRO5OijOTz3jZ.QL7TfL6RdVcglpJEksdiN/6v72i6gf6'],
  ['', 4, '$2a$04$.umPE/6kJRO5OijOTz3jZ.LbwhEMMxnr7Hg/ZUXXYPHYaab2hi1oe'],
  ['é 日本 😀', 5, '$2a$05$.umPE/6kJRO5OijOTz3jZ.Eglr.VFxYPh2JNc98evOIarR4Etbhbu'],
  ['a'.repeat(72), 4, '$2a$04$.umPE/6kJRO5OijOTz3jZ.D0d3htYvuYPgHe9kQ6o.e4FIuiJP1wa'],
  ['x', 6, '$2a$06$.umPE/6kJRO5OijOTz3jZ.Kr8QH82eQpsEdxe9.hNsfLYJgNAlTh.'],
];

describe('bcrypt', () => {
  it.each(HASHES)('hashes %j at cost %i as the C library does', (password, cost, hash) => {
    expect(bcrypt(encode(password), salt, cost)).toBe(hash);
  });

  it('takes 72 bytes of password and no more', () => {
    expect([72, 73].map((length) => isBcryptPassword(new Uint8Array(length)))).toEqual([true, false]);
  });
});

describe('Blowfish', () => {
  // The first and last of Schneier's test vectors: https://www.schneier.com/code/vectors.txt
  it.each([
    [
      [0, 0],
      [0, 0],
      [0x4ef99745, 0x6198dd78],
    ],
    [
      [0xfedcba98, 0x76543210],
      [0xffffffff, 0xffffffff],
      [0x6b5c5a9c, 0x5d9e0a5a],
    ],
  ])('enciphers with the key %j', (key, plain, cipher) => {
    const blowfish = new Blowfish();
    blowfish.expand(Int32Array.from(key));
    const block = Int32Array.from(plain);
    blowfish.encrypt(block);
    expect(block).toEqual(Int32Array.from(cipher));
  });
});

describe('derivePassword', () => {
  const request = { counter: 1, type: 'long', password: 'password', user: 'user', site: 'example.com' };

  // Each is what Helm 4.3.1 writes.
  it.each([
    ['long', 'ZedaFaxcZaso9*'],
    ['maximum', 'pf4zS1LjCg&LjhsZ7T2~'],
    ['medium', 'ZedJuz8$'],
    ['short', 'Zed5'],
    ['basic', 'pIS54PLs'],
    ['pin', '6685'],
  ])('gives the %s password', (type, expected) => {
    expect(derivePassword({ ...request, type })).toBe(expected);
  });

  it('knows no other type', () => {
    expect(['', 'nix', 'constructor'].map((type) => derivePassword({ ...request, type }))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
