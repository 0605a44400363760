import { checkPrimeSync, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { generateDsaKey } from './dsa.ts';
import { generateEd25519Key } from './ed25519-key.ts';
import { generateEllipticKey } from './elliptic-key.ts';
import { decodePem, encodePem } from './pem.ts';
import { encodePrivateKey, parsePrivateKey, PrivateKeyError } from './private-key.ts';
import type { PrivateKey } from './private-key.ts';
import { RandomStream } from './random-stream.ts';
import { generateRsaKey } from './rsa.ts';
import { signMessage, subjectPublicKey } from './signing.ts';

const streamOf = (seed: number): RandomStream => new RandomStream(new Uint8Array(32).fill(seed));
const message = new TextEncoder().encode('나루 carries a platform');

const MAKERS: Readonly<Record<string, (seed: number) => PrivateKey>> = {
  rsa: (seed) => generateRsaKey(2048, streamOf(seed)),
  ecdsa: (seed) => generateEllipticKey(streamOf(seed)),
  ed25519: (seed) => generateEd25519Key(streamOf(seed)),
};
const HASH: Readonly<Record<string, string | null>> = { rsa: 'sha256', ecdsa: 'sha256', ed25519: null };

/** OpenSSL's view of a key: it refuses what is not consistent. */
function openKey(key: PrivateKey): KeyObject {
  return createPrivateKey(encodePrivateKey(key));
}

/** The key with the largest number that its octets can hold for a secret. */
function withSecretFilled(pem: string): string {
  const bytes = Uint8Array.from(decodePem(pem)?.bytes ?? []);
  return encodePem({ type: 'EC PRIVATE KEY', bytes: bytes.fill(255, 7, 39) });
}

describe.each(Object.entries(MAKERS))('a generated %s key', (type, make) => {
  it('is the same for the same seed', () => {
    expect(encodePrivateKey(make(1))).toBe(encodePrivateKey(make(1)));
    expect(encodePrivateKey(make(1))).not.toBe(encodePrivateKey(make(2)));
  });

  it('is read by OpenSSL, which finds the same public key', () => {
    const key = make(3);
    const spki = createPublicKey(openKey(key)).export({ type: 'spki', format: 'der' });
    expect(Buffer.from(subjectPublicKey(key).encoded)).toEqual(spki);
  });

  it('signs what OpenSSL verifies, and nothing else', () => {
    const key = make(4);
    const publicKey = createPublicKey(openKey(key));
    const signature = signMessage(key, message);
    expect(verify(HASH[type], message, publicKey, signature)).toBe(true);
    expect(verify(HASH[type], message.subarray(1), publicKey, signature)).toBe(false);
  });

  it('comes back from its PEM', () => {
    expect(parsePrivateKey(encodePrivateKey(make(5)))).toEqual(make(5));
  });
});

describe('RSA', () => {
  it.each([1024, 2048, 3072])('makes a modulus of exactly %s bits from two primes', (bits) => {
    const { modulus, primes } = generateRsaKey(bits, streamOf(bits % 251));
    expect(modulus.toString(2)).toHaveLength(bits);
    expect(primes.map((prime) => checkPrimeSync(prime))).toEqual([true, true]);
  });

  it('makes a key of 2048 bits in less than a second', () => {
    const started = performance.now();
    for (let seed = 20; seed < 24; seed++) generateRsaKey(2048, streamOf(seed));
    expect((performance.now() - started) / 4).toBeLessThan(1000);
  });

  it('signs as OpenSSL does, byte for byte', () => {
    const key = generateRsaKey(2048, streamOf(6));
    expect(Buffer.from(signMessage(key, message))).toEqual(sign('sha256', message, openKey(key)));
  });

  it('does not sign with a key that is too short', () => {
    expect(() => signMessage(generateRsaKey(256, streamOf(7)), message)).toThrow('message too long');
  });
});

describe('DSA', () => {
  it('makes parameters and a key that OpenSSL signs with', () => {
    const key = generateDsaKey(streamOf(8));
    expect([checkPrimeSync(key.p), checkPrimeSync(key.q), (key.p - 1n) % key.q]).toEqual([true, true, 0n]);
    expect([key.p.toString(2).length, key.q.toString(2).length]).toEqual([2048, 256]);
    const opened = openKey(key);
    expect(verify('sha256', message, createPublicKey(opened), sign('sha256', message, opened))).toBe(true);
    expect(parsePrivateKey(encodePrivateKey(key))).toEqual(key);
  });
});

describe('keys that others made', () => {
  const { privateKey: rsa } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const { privateKey: ed25519 } = generateKeyPairSync('ed25519');
  const curves = ['secp224r1', 'prime256v1', 'secp384r1', 'secp521r1'].map(
    (namedCurve) => [namedCurve, generateKeyPairSync('ec', { namedCurve }).privateKey] as const,
  );

  it('are read from PKCS #1 and PKCS #8', () => {
    const own = rsa.export({ type: 'pkcs1', format: 'pem' });
    expect(encodePrivateKey(parsePrivateKey(own))).toBe(own);
    expect(encodePrivateKey(parsePrivateKey(rsa.export({ type: 'pkcs8', format: 'pem' })))).toBe(own);
    const wrapped = ed25519.export({ type: 'pkcs8', format: 'pem' });
    expect(encodePrivateKey(parsePrivateKey(wrapped))).toBe(wrapped);
  });

  it.each(curves)('are read on the curve %s, and sign', (name, key) => {
    const own = key.export({ type: 'sec1', format: 'pem' });
    const parsed = parsePrivateKey(own);
    expect(encodePrivateKey(parsed)).toBe(own);
    expect(encodePrivateKey(parsePrivateKey(key.export({ type: 'pkcs8', format: 'pem' })))).toBe(own);
    const hash = { secp384r1: 'sha384', secp521r1: 'sha512' }[name] ?? 'sha256';
    expect(verify(hash, message, createPublicKey(key), signMessage(parsed, message))).toBe(true);
  });

  it.each([
    ['no PEM', 'abc', 'no PEM data in input'],
    ['a certificate', encodePem({ type: 'CERTIFICATE', bytes: message }), 'no private key data in PEM block of type'],
    ['another kind', encodePem({ type: 'OPENSSH PRIVATE KEY', bytes: message }), 'invalid private key type OPENSSH'],
    ['garbage', encodePem({ type: 'RSA PRIVATE KEY', bytes: message }), 'parsing RSA private key from PEM: asn1'],
    [
      'nothing',
      encodePem({ type: 'EC PRIVATE KEY', bytes: new Uint8Array() }),
      'parsing EC private key from PEM: asn1',
    ],
    [
      'an unknown curve',
      generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey.export({ type: 'sec1', format: 'pem' }),
      'x509: unknown elliptic curve',
    ],
    [
      'an unknown algorithm',
      generateKeyPairSync('x25519').privateKey.export({ type: 'pkcs8', format: 'pem' }),
      'unknown algorithm: 1.3.101.110',
    ],
    [
      'a key with other factors',
      encodePrivateKey({ ...generateRsaKey(512, streamOf(9)), primes: [3n, 5n] }),
      'crypto/rsa: p * q != n',
    ],
    [
      'a secret outside the curve',
      withSecretFilled(encodePrivateKey(generateEllipticKey(streamOf(10)))),
      'x509: invalid private key value',
    ],
  ])('are refused when they are %s', (_, pem, reason) => {
    expect(() => parsePrivateKey(pem)).toThrow(PrivateKeyError);
    expect(() => parsePrivateKey(pem)).toThrow(reason);
  });
});
