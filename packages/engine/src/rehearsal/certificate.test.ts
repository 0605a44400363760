import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer } from 'node:tls';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { issueCertificate, type CertificateRequest } from './certificate.ts';

const now = new Date();
const authority = issueCertificate({ commonName: 'authority', usage: 'authority', now });
const issuer = { commonName: 'authority', key: authority.key };
const issue = (request: Partial<CertificateRequest>) =>
  issueCertificate({ commonName: 'someone', usage: 'server', issuer, now, ...request });

it('makes an authority that signs itself', () => {
  const read = new X509Certificate(authority.certificate);
  expect(read.ca).toBe(true);
  expect(read.subject).toBe('CN=authority');
  expect(read.verify(read.publicKey)).toBe(true);
});

it('makes certificates that the authority has signed, for the names asked for', () => {
  const { certificate, key } = issue({
    commonName: 'admin',
    organization: 'system:masters',
    names: ['a.b', '10.0.0.1'],
  });
  const read = new X509Certificate(certificate);
  const signer = new X509Certificate(authority.certificate);
  expect(read.ca).toBe(false);
  expect(read.checkIssued(signer)).toBe(true);
  expect(read.verify(signer.publicKey)).toBe(true);
  expect(read.subject).toBe('O=system:masters\nCN=admin');
  expect(read.subjectAltName).toBe('DNS:a.b, IP Address:10.0.0.1');
  expect(read.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
  expect(key).toContain('BEGIN EC PRIVATE KEY');
});

it('is not signed by an authority of the same name', () => {
  const impostor = issueCertificate({ commonName: 'authority', usage: 'authority', now });
  const { certificate } = issue({});
  expect(new X509Certificate(certificate).verify(new X509Certificate(impostor.certificate).publicKey)).toBe(false);
});

it('is valid from an hour ago for thirty days', () => {
  const read = new X509Certificate(issue({ now: new Date('2026-11-21T10:20:30Z') }).certificate);
  expect(read.validFromDate.toISOString()).toBe('2026-11-21T09:20:30.000Z');
  expect(read.validToDate.toISOString()).toBe('2026-12-21T10:20:30.000Z');
});

it('says who may call and who may be called', () => {
  expect(new X509Certificate(issue({ usage: 'client' }).certificate).keyUsage).toEqual(['1.3.6.1.5.5.7.3.2']);
});

it('writes every length and every text as DER', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '가', '.', '-'), minLength: 1, maxLength: 60 });
  const dns = fc.string({ unit: fc.constantFrom('a', 'b', '-'), minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(text, fc.array(dns, { maxLength: 5 }), (commonName, names) => {
      const read = new X509Certificate(issue({ commonName, names }).certificate);
      expect(read.toLegacyObject().subject.CN).toBe(commonName);
      expect(read.subjectAltName ?? '').toBe(names.map((name) => `DNS:${name}`).join(', '));
    }),
    { numRuns: 50 },
  );
});

it('serves a TLS connection that trusts the authority alone', async () => {
  const { certificate, key } = issue({ names: ['127.0.0.1'] });
  const server = createServer({ cert: certificate, key }, (socket) => socket.end('hello')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const trusted = connect({ host: '127.0.0.1', port, ca: authority.certificate });
  const [greeting] = (await once(trusted, 'data')) as [Buffer];
  expect(greeting.toString()).toBe('hello');

  const stranger = issueCertificate({ commonName: 'authority', usage: 'authority', now });
  const distrusting = connect({ host: '127.0.0.1', port, ca: stranger.certificate });
  const [refusal] = (await once(distrusting, 'error')) as [NodeJS.ErrnoException];
  expect(refusal.code).toMatch(/UNABLE_TO_VERIFY|SIGNATURE|CERT/);
  server.close();
});
