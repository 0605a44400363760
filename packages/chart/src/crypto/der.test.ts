import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DerError, DerReader, TAG, writeElement, writeInteger, writeObjectIdentifier, writeSequence } from './der.ts';
import { decodePem, encodePem } from './pem.ts';

describe('DER', () => {
  it('reads back the integers that it writes', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 5000n }), (value) => {
        const reader = new DerReader(writeSequence(writeInteger(value))).readSequence();
        expect(reader.readInteger()).toBe(value);
        expect(reader.isAtEnd).toBe(true);
      }),
    );
    expect(writeInteger(128n)).toEqual(Uint8Array.of(2, 2, 0, 128));
    expect(writeInteger(0n)).toEqual(Uint8Array.of(2, 1, 0));
  });

  it('reads back the identifiers that it writes', () => {
    const rest = fc.array(fc.nat(2 ** 27), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.nat(2), fc.nat(39), rest, (root, second, numbers) => {
        const dotted = [root, second, ...numbers].join('.');
        expect(new DerReader(writeObjectIdentifier(dotted)).readObjectIdentifier()).toBe(dotted);
      }),
    );
  });

  it.each([0, 127, 128, 255, 256, 70_000])('keeps a content of %s bytes', (length) => {
    const content = new Uint8Array(length).fill(7);
    expect(new DerReader(writeElement(TAG.octetString, content)).read(TAG.octetString)).toEqual(content);
  });

  it('refuses any bytes that are no DER, and never reads past them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        try {
          const { encoded } = new DerReader(bytes).readElement();
          expect(encoded.length).toBeLessThanOrEqual(bytes.length);
        } catch (error) {
          expect(error).toBeInstanceOf(DerError);
        }
      }),
    );
    expect(() => new DerReader(Uint8Array.of(4, 5, 1)).read(TAG.octetString)).toThrow('data truncated');
    expect(() => new DerReader(Uint8Array.of(4, 1, 1)).readInteger()).toThrow("tags don't match");
  });
});

describe('PEM', () => {
  it('reads back what it writes, in lines of 64 characters', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const pem = encodePem({ type: 'ANY THING', bytes });
        expect(decodePem(pem)).toEqual({ type: 'ANY THING', bytes });
        expect(Math.max(...pem.split('\n').map((line) => line.length))).toBeLessThanOrEqual(64);
      }),
    );
  });

  it('takes the first block, whatever stands around it', () => {
    const [first, second] = [1, 2].map((byte) => encodePem({ type: 'A', bytes: Uint8Array.of(byte) }));
    expect(decodePem(`note\n${first}${second}`)?.bytes).toEqual(Uint8Array.of(1));
    expect(decodePem(`${first}`.replaceAll('\n', '\r\n'))?.bytes).toEqual(Uint8Array.of(1));
    expect(decodePem('-----BEGIN A-----\nProc-Type: 4\nX: y\n\nAQ==\n-----END A-----\n')?.bytes).toEqual(
      Uint8Array.of(1),
    );
  });

  it.each(['', 'x', '-----BEGIN A-----\nAQ==\n-----END B-----\n', '-----BEGIN A-----\n!!\n-----END A-----\n'])(
    'finds nothing in %j',
    (text) => {
      expect(decodePem(text)).toBeUndefined();
    },
  );
});
