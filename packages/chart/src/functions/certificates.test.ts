import { createDecipheriv, createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printValue } from '../value/print.ts';
import { bcrypt } from '../crypto/bcrypt.ts';
import { stringList, Int, Named } from '../value/value.ts';
import type { CallContext, Value } from '../value/value.ts';
import { FUNCTIONS } from './function-table.ts';

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
const DAY = 86_400_000;

/** A render's surroundings whose randomness follows from a word. */
function contextOf(word: string): CallContext {
  let drawn = 0;
  const unused = (): never => {
    throw new Error('a function reached for what it does not need');
  };
  return {
    lookup: unused,
    nowMilliseconds: () => NOW,
    randomBytes: (count) =>
      Uint8Array.from({ length: count }, (_, i) => {
        if (i % 32 === 0) drawn++;
        return createHash('sha256').update(`${word} ${drawn}`).digest()[i % 32] ?? 0;
      }),
  };
}

function call(name: string, args: readonly Value[], context = contextOf('seed')): Value {
  const found = FUNCTIONS.get(name);
  if (found === undefined) throw new Error(`there is no function ${name}`);
  return found.call(args, context);
}

function textOf(name: string, args: readonly Value[], context?: CallContext): string {
  return printValue(call(name, args, context));
}

function pairOf(value: Value): { cert: string; key: string } {
  const content = value instanceof Named && value.content instanceof Map ? value.content : new Map<string, Value>();
  return { cert: printValue(content.get('Cert')), key: printValue(content.get('Key')) };
}

describe('certificates', () => {
  it('come with the key that they are for', () => {
    const { cert, key } = pairOf(call('genCA', ['demo', new Int(365)]));
    const certificate = new X509Certificate(cert);
    expect(certificate.checkPrivateKey(createPrivateKey(key))).toBe(true);
    expect([certificate.subject, certificate.ca]).toEqual(['CN=demo', true]);
    expect(Date.parse(certificate.validFrom)).toBe(Math.floor(NOW / 1000) * 1000);
    expect(Date.parse(certificate.validTo) - Date.parse(certificate.validFrom)).toBe(365 * DAY);
  });

  it('are the same for the same randomness, and never twice the same in one render', () => {
    const context = contextOf('one');
    const first = pairOf(call('genCA', ['demo', new Int(1)], context));
    const second = pairOf(call('genCA', ['demo', new Int(1)], context));
    expect(pairOf(call('genCA', ['demo', new Int(1)], contextOf('one')))).toEqual(first);
    expect(second.key).not.toBe(first.key);
    expect(new X509Certificate(second.cert).serialNumber).not.toBe(new X509Certificate(first.cert).serialNumber);
  });

  it('are signed by the authority that was given', () => {
    const authority = call('genCA', ['ca', new Int(10)]);
    const names: Value[] = ['web', 'web.shop'];
    const leaf = call('genSignedCert', ['web', ['10.0.0.1'], names, new Int(5), authority], contextOf('leaf'));
    const certificate = new X509Certificate(pairOf(leaf).cert);
    expect(certificate.verify(new X509Certificate(pairOf(authority).cert).publicKey)).toBe(true);
    expect(certificate.subjectAltName).toBe('DNS:web, DNS:web.shop, IP Address:10.0.0.1');
    expect(certificate.checkPrivateKey(createPrivateKey(pairOf(leaf).key))).toBe(true);
  });

  it.each(['rsa', 'ecdsa', 'ed25519'])('take a key of the kind %s, and give it back', (kind) => {
    const key = textOf('genPrivateKey', [kind]);
    const { cert, key: same } = pairOf(call('genSelfSignedCertWithKey', ['x', null, null, new Int(1), key]));
    expect(same).toBe(key);
    expect(new X509Certificate(cert).checkPrivateKey(createPrivateKey(key))).toBe(true);
  });

  it.each<[reason: string, name: string, args: readonly Value[]]>([
    ['error parsing ip: 1.2.3', 'genSelfSignedCert', ['x', ['1.2.3'], null, new Int(1)]],
    ['error parsing ip: 5 is not a string', 'genSelfSignedCert', ['x', [new Int(5)], null, new Int(1)]],
    [
      'error processing alternate dns name: <nil> is not a string',
      'genSelfSignedCert',
      ['x', null, [null], new Int(1)],
    ],
    ['error creating certificate: x509: "é" cannot be encoded', 'genSelfSignedCert', ['x', null, ['é'], new Int(1)]],
    ['parsing private key: no PEM data in input', 'genCAWithKey', ['x', new Int(1), '']],
    ['unable to decode base64 certificate', 'buildCustomCert', ['!', '']],
    ['unable to decode base64 private key', 'buildCustomCert', ['', '!']],
    ['unable to decode certificate', 'buildCustomCert', ['', '']],
    ['unable to decode certificate', 'genSignedCert', ['x', null, null, new Int(1), null]],
  ])('are refused: %s', (reason, name, args) => {
    expect(() => call(name, args)).toThrow(reason);
  });

  it('take lists of any values and no others', () => {
    const { params } = FUNCTIONS.get('genSelfSignedCert') ?? { params: [] };
    expect(params).toEqual(['string', 'list', 'list', 'int']);
    expect(stringList(['a']).type).toBe('[]string');
  });
});

describe('passwords', () => {
  it('are hashed with a salt from the render', () => {
    const hash = textOf('bcrypt', ['secret']);
    expect(hash).toBe(bcrypt(new TextEncoder().encode('secret'), contextOf('seed').randomBytes(16), 10));
    expect(textOf('htpasswd', ['admin', 'secret'])).toBe(`admin:${hash}`);
    expect(textOf('htpasswd', ['ad:min', 'secret'])).toBe('invalid username: ad:min');
    expect(textOf('bcrypt', ['é'.repeat(37)])).toContain('password length exceeds 72 bytes');
  });

  it('are enciphered so that OpenSSL reads them', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.string({ maxLength: 40 }), (plain, password) => {
        const encoded = textOf('encryptAES', [password, plain]);
        const bytes = Buffer.from(encoded, 'base64');
        const key = Buffer.concat([Buffer.from(password), Buffer.alloc(32)]).subarray(0, 32);
        const cipher = createDecipheriv('aes-256-cbc', key, bytes.subarray(0, 16));
        const read = Buffer.concat([cipher.update(bytes.subarray(16)), cipher.final()]);
        expect(read.toString()).toBe(plain.toWellFormed());
        expect(call('decryptAES', [password, encoded])).toBe(plain);
      }),
      { numRuns: 50 },
    );
  });
});
