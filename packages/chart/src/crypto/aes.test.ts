import { createCipheriv, createDecipheriv } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decryptCbc, encryptCbc } from './aes.ts';

const bytes = (length: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: length, maxLength: length });
const blocks = fc.nat(6).chain((count) => bytes(count * 16));

describe('AES in CBC mode', () => {
  it('enciphers as OpenSSL does', () => {
    fc.assert(
      fc.property(bytes(32), bytes(16), blocks, (key, start, content) => {
        const cipher = createCipheriv('aes-256-cbc', key, start).setAutoPadding(false);
        const expected = Buffer.concat([cipher.update(content), cipher.final()]);
        expect(Buffer.from(encryptCbc(key, start, content))).toEqual(expected);
      }),
    );
  });

  it('deciphers as OpenSSL does', () => {
    fc.assert(
      fc.property(bytes(32), bytes(16), blocks, (key, start, content) => {
        const cipher = createDecipheriv('aes-256-cbc', key, start).setAutoPadding(false);
        const expected = Buffer.concat([cipher.update(content), cipher.final()]);
        expect(Buffer.from(decryptCbc(key, start, content))).toEqual(expected);
      }),
    );
  });

  it('leaves what it is given as it is', () => {
    const content = new Uint8Array(32).fill(5);
    encryptCbc(new Uint8Array(32), new Uint8Array(16), content);
    decryptCbc(new Uint8Array(32), new Uint8Array(16), content);
    expect(content).toEqual(new Uint8Array(32).fill(5));
  });
});
