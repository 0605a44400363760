import { X509Certificate } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeclaredSecret } from '../compose/declared-secret.ts';
import type { Secret } from '../spec/secret.ts';
import type { Kept } from './kept-random.ts';
import { type SecretData, secretData } from './secret-material.ts';

const KEPT: Kept = { seed: 'ab'.repeat(32), bornAt: Date.UTC(2026, 10, 21) };

function secretsOf(specs: Readonly<Record<string, Secret>>): ReadonlyMap<string, DeclaredSecret> {
  return new Map(Object.entries(specs).map(([name, spec]) => [name, { spec, given: undefined }]));
}

function made(name: string, specs: Readonly<Record<string, Secret>>, kept = KEPT): SecretData {
  const data = secretData(name, secretsOf(specs), kept);
  if (data === undefined) throw new Error('nothing made');
  return data;
}

function decoded(base64 = ''): string {
  return Buffer.from(base64, 'base64').toString('utf8');
}

describe('a generated text', () => {
  const text = (generate: Secret['generate'], { name = 'a', kept = KEPT } = {}): string =>
    decoded(made(name, { [name]: { generate } }, kept)['value']);

  it('has 32 letters and digits unless the platform says otherwise', () => {
    expect(text({})).toMatch(/^[A-Za-z0-9]{32}$/);
    expect(text({ length: 48, alphabet: '가나다😀' })).toMatch(/^[가나다😀]{48}$/u);
  });

  it('is the same at every compile, and another for another name or platform', () => {
    expect(text({})).toBe(text({}));
    const texts = [text({}), text({}, { name: 'b' }), text({}, { kept: { ...KEPT, seed: 'cd'.repeat(32) } })];
    expect(new Set(texts).size).toBe(3);
  });

  it('keeps to its alphabet and length, whatever they are', () => {
    const alphabets = fc.string({ minLength: 2, maxLength: 40, unit: 'grapheme-ascii' });
    fc.assert(
      fc.property(alphabets, fc.integer({ min: 8, max: 64 }), (alphabet, length) => {
        const characters = [...text({ alphabet, length })];
        expect(characters.length).toBe(length);
        expect(characters.filter((character) => !alphabet.includes(character))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('favours no character', () => {
    const drawn = text({ alphabet: 'abc', length: 512 });
    const counts = ['a', 'b', 'c'].map((character) => drawn.split(character).length - 1);

    expect(Math.min(...counts)).toBeGreaterThan(120);
  });

  it('stands under the key that the platform names', () => {
    expect(Object.keys(made('a', { a: { generate: {}, key: 'pass word: "x"' } }))).toEqual(['pass word: "x"']);
  });
});

describe('a certificate', () => {
  const specs: Readonly<Record<string, Secret>> = {
    ca: { generate: { authority: { commonName: 'Shop authority', days: 100 } } },
    tls: { generate: { certificate: { authority: 'ca', hosts: ['web.shop.svc', '10.0.0.1', 'fd00::1'], days: 30 } } },
  };

  it('is signed by the authority of the platform, and valid for its hosts', () => {
    const authority = new X509Certificate(decoded(made('ca', specs)['tls.crt']));
    const data = made('tls', specs);
    const certificate = new X509Certificate(decoded(data['tls.crt']));

    expect(data['ca.crt']).toBe(made('ca', specs)['tls.crt']);
    expect(authority.ca).toBe(true);
    expect(authority.subject).toContain('Shop authority');
    expect(certificate.verify(authority.publicKey)).toBe(true);
    expect(certificate.subjectAltName).toBe('DNS:web.shop.svc, IP Address:10.0.0.1, IP Address:FD00:0:0:0:0:0:0:1');
    expect(new Date(certificate.validTo).getTime() - KEPT.bornAt).toBe(30 * 86_400_000);
    expect(decoded(data['tls.key'])).toContain('PRIVATE KEY');
  });

  it('is the same at every compile', () => {
    expect(made('tls', specs)).toEqual(made('tls', specs));
  });

  it('is none without its authority', () => {
    const orphan = secretsOf({ tls: specs['tls'] ?? {} });

    expect(secretData('tls', orphan, KEPT)).toBeUndefined();
  });
});

describe('a given secret', () => {
  const given = new Map<string, DeclaredSecret>([
    ['smtp', { spec: { fromEnv: 'SMTP' }, given: { text: 'planted\nlines\t"quoted"', missing: undefined } }],
    ['none', { spec: { fromEnv: 'NONE' }, given: undefined }],
  ]);

  it('is passed on as it is', () => {
    expect(decoded(secretData('smtp', given, KEPT)?.['value'])).toBe('planted\nlines\t"quoted"');
    expect(secretData('none', given, KEPT)).toBeUndefined();
    expect(secretData('undeclared', given, KEPT)).toBeUndefined();
  });

  it('is left out of what is only looked at', () => {
    const shown = { ...KEPT, isForShow: true };

    expect(secretData('smtp', given, shown)).toEqual(secretData('none', given, shown));
    expect(decoded(secretData('smtp', given, shown)?.['value'])).not.toContain('planted');
  });
});
