import { execFileSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createCertificate } from './certificate.ts';
import type { CertificateRequest, Issuer } from './certificate.ts';
import { generateDsaKey } from './dsa.ts';
import { generateEd25519Key } from './ed25519-key.ts';
import { generateEllipticKey } from './elliptic-key.ts';
import { parseCertificate } from './issuer-certificate.ts';
import { encodePem } from './pem.ts';
import { encodePrivateKey } from './private-key.ts';
import type { PrivateKey } from './private-key.ts';
import { RandomStream } from './random-stream.ts';
import { generateRsaKey } from './rsa.ts';

const stream = new RandomStream(new Uint8Array(32).fill(11));
const START = Date.UTC(2026, 0, 2, 3, 4, 5);

function request(overrides: Partial<CertificateRequest> = {}): CertificateRequest {
  return {
    commonName: 'web',
    ipAddresses: [],
    dnsNames: [],
    serialNumber: 4711n,
    notBeforeSeconds: BigInt(START / 1000),
    notAfterSeconds: BigInt(START / 1000) + 86_400n,
    isAuthority: false,
    ...overrides,
  };
}

function authority(key: PrivateKey, commonName = 'ca'): { pem: string; issuer: Issuer } {
  const pem = createCertificate(request({ commonName, isAuthority: true }), key);
  const certificate = parseCertificate(pem);
  if (certificate === undefined || certificate === null) throw new Error('the authority has no certificate');
  return { pem, issuer: { certificate, key } };
}

const keys = {
  rsa: generateRsaKey(2048, stream),
  ecdsa: generateEllipticKey(stream),
  ed25519: generateEd25519Key(stream),
};
const folder = mkdtempSync(join(tmpdir(), 'naru-certificate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('createCertificate', () => {
  it('says what was asked for', () => {
    const pem = createCertificate(
      request({
        dnsNames: ['a.b', '*.c.d'],
        ipAddresses: [Uint8Array.of(10, 0, 0, 1), new Uint8Array(16).fill(1)],
      }),
      keys.rsa,
    );
    const certificate = new X509Certificate(pem);

    expect(certificate.subject).toBe('CN=web');
    expect(certificate.issuer).toBe('CN=web');
    expect(certificate.serialNumber).toBe('1267');
    expect(certificate.subjectAltName).toBe(
      'DNS:a.b, DNS:*.c.d, IP Address:10.0.0.1, IP Address:101:101:101:101:101:101:101:101',
    );
    expect([certificate.checkHost('x.c.d'), certificate.checkHost('x.d')]).toEqual(['*.c.d', undefined]);
    expect(Date.parse(certificate.validFrom)).toBe(START);
    expect(Date.parse(certificate.validTo)).toBe(START + 86_400_000);
    expect(certificate.ca).toBe(false);
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']);
    expect(certificate.toString()).toBe(pem);
  });

  it.each(Object.entries(keys))('belongs to its %s key', (_, key) => {
    const certificate = new X509Certificate(createCertificate(request(), key));
    expect(certificate.checkPrivateKey(openssl(key))).toBe(true);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
  });

  it.each(Object.entries(keys))('is trusted by openssl when a %s authority signed it', (type, key) => {
    const { pem, issuer } = authority(key);
    const leaf = createCertificate(request({ dnsNames: ['web.shop'] }), keys.ecdsa, issuer);
    const [caFile, leafFile] = [join(folder, `${type}-ca.pem`), join(folder, `${type}.pem`)];
    writeFileSync(caFile, pem);
    writeFileSync(leafFile, leaf);

    expect(new X509Certificate(pem).ca).toBe(true);
    expect(new X509Certificate(leaf).checkIssued(new X509Certificate(pem))).toBe(true);
    const moment = ['-attime', String(START / 1000 + 60)];
    const verify = ['verify', '-x509_strict', '-purpose', 'sslserver', '-verify_hostname', 'web.shop'];
    expect(execFileSync('openssl', [...verify, ...moment, '-CAfile', caFile, leafFile], { encoding: 'utf8' })).toBe(
      `${leafFile}: OK\n`,
    );
  });

  it('names the key of its authority, unless both have the same name', () => {
    const { issuer } = authority(keys.rsa);
    const text = (commonName: string): string => {
      writeFileSync(join(folder, 'text.pem'), createCertificate(request({ commonName }), keys.ecdsa, issuer));
      return execFileSync('openssl', ['x509', '-noout', '-text', '-in', join(folder, 'text.pem')], {
        encoding: 'utf8',
      });
    };
    expect(text('web')).toContain('X509v3 Authority Key Identifier');
    expect(text('ca')).not.toContain('X509v3 Authority Key Identifier');
  });

  it('marks the names critical when there is no subject', () => {
    writeFileSync(join(folder, 'none.pem'), createCertificate(request({ commonName: '', dnsNames: ['a'] }), keys.rsa));
    const text = execFileSync('openssl', ['x509', '-noout', '-text', '-in', join(folder, 'none.pem')], {
      encoding: 'utf8',
    });
    expect(text).toContain('X509v3 Subject Alternative Name: critical');
  });

  it.each(['é 日本', 'a*b', 'plain (1)'])('keeps the name %s', (commonName) => {
    expect(new X509Certificate(createCertificate(request({ commonName }), keys.ed25519)).subject).toBe(
      `CN=${commonName}`,
    );
  });

  it.each([1949, 1950, 2049, 2050, 9999])('ends in the year %s', (year) => {
    const notAfterSeconds = BigInt(Date.UTC(year, 5, 1) / 1000);
    const certificate = new X509Certificate(createCertificate(request({ notAfterSeconds }), keys.ed25519));
    expect(new Date(certificate.validTo).getUTCFullYear()).toBe(year);
  });

  it('refuses what cannot be signed or said', () => {
    const { issuer } = authority(keys.rsa);
    const dsa = generateDsaKey(stream);
    const refusals: readonly [make: () => string, reason: string][] = [
      [() => createCertificate(request(), dsa), 'x509: certificate private key does not implement crypto.Signer'],
      [() => createCertificate(request(), dsa, issuer), 'x509: unsupported public key type: *dsa.PublicKey'],
      [
        () => createCertificate(request(), keys.rsa, { ...issuer, key: keys.ecdsa }),
        "x509: provided PrivateKey doesn't match parent's PublicKey",
      ],
      [() => createCertificate(request({ dnsNames: ['é'] }), keys.rsa), 'x509: "é" cannot be encoded as an IA5String'],
      [
        () => createCertificate(request({ notAfterSeconds: 10n ** 15n }), keys.rsa),
        'cannot represent time as GeneralizedTime',
      ],
    ];
    for (const [make, reason] of refusals) expect(make).toThrow(reason);
  });
});

describe('parseCertificate', () => {
  it('tells no PEM from no certificate', () => {
    expect(parseCertificate('x')).toBeUndefined();
    expect(parseCertificate(encodePem({ type: 'CERTIFICATE', bytes: Uint8Array.of(48, 3, 2, 1, 1) }))).toBeNull();
  });

  it('reads what openssl writes', () => {
    const [keyFile, certFile] = [join(folder, 'own.key'), join(folder, 'own.pem')];
    const options = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/O=Naru/CN=own', '-days', '3'];
    execFileSync('openssl', ['req', ...options, '-keyout', keyFile, '-out', certFile], { stdio: 'ignore' });
    const pem = execFileSync('cat', [certFile], { encoding: 'utf8' });
    const parsed = parseCertificate(pem);
    const spki = new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'der' });

    expect(Buffer.from(parsed?.publicKey ?? [])).toEqual(spki);
    expect(parsed?.subjectKeyId).toHaveLength(20);
    expect(Buffer.from(parsed?.subject ?? []).toString('latin1')).toContain('Naru');
  });
});

function openssl(key: PrivateKey): KeyObject {
  return createPrivateKey(encodePrivateKey(key));
}
