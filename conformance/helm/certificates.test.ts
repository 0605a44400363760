import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseYaml } from '@naru/chart';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findHelm } from './find-helm.ts';
import { renderOurs } from './render-case.ts';
import { runHelm } from './run-helm.ts';

const KEYS = fileURLToPath(new URL('../charts/crypto-certificates/chart/keys/', import.meta.url));

/** Every certificate is made with given keys, so that no more than number, times and signature may differ. */
const TEMPLATE = `
{{- $rsa := .Files.Get "keys/rsa.pem" }}{{ $ec := .Files.Get "keys/ec.pem" }}{{ $ed := .Files.Get "keys/ed25519.pem" }}
{{- $ca := genCAWithKey "demo ca" 365 $rsa }}
{{- $names := list "a.b" "*.c.d" }}{{ $ips := list "10.0.0.1" "::1" "::ffff:1.2.3.4" "2001:db8::1:0" }}
ca: {{ $ca.Cert | quote }}
starred: {{ (genCAWithKey "star *" 1 $ec).Cert | quote }}
korean: {{ (genCAWithKey "나루" 36500 $ed).Cert | quote }}
leaf: {{ (genSignedCertWithKey "web" $ips $names 10 $ca $ec).Cert | quote }}
nameless: {{ (genSignedCertWithKey "" nil $names 10 $ca $ed).Cert | quote }}
sameName: {{ (genSignedCertWithKey "demo ca" nil nil -1 $ca $ed).Cert | quote }}
overflowing: {{ (genSignedCertWithKey "x" nil nil 200000 $ca $rsa).Cert | quote }}
self: {{ (genSelfSignedCertWithKey "self" (list) (list "z") 30 $rsa).Cert | quote }}
own: {{ (genSelfSignedCert "self" nil (list "z") 30).Cert | quote }}
`;

/** The elements inside a DER element, each as it is encoded. */
function inside(element: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  for (let at = headerLength(element); at < element.length; at += parts.at(-1)?.length ?? element.length) {
    const rest = element.subarray(at);
    parts.push(rest.subarray(0, headerLength(rest) + contentLength(rest)));
  }
  return parts;
}

function headerLength(element: Buffer): number {
  const first = element[1] ?? 0;
  return first < 128 ? 2 : 2 + (first & 127);
}

function contentLength(element: Buffer): number {
  const first = element[1] ?? 0;
  return first < 128 ? first : element.readUIntBE(2, first & 127);
}

/** What a certificate says, without its number and its moments; how long it is valid instead. */
function fieldsOf(pem: string): Readonly<Record<string, string | number>> {
  const certificate = new X509Certificate(pem);
  const [body = Buffer.alloc(0)] = inside(certificate.raw);
  const [version, , algorithm, issuer, , subject, key, extensions] = inside(body).map((part) => part.toString('hex'));
  const milliseconds = Date.parse(certificate.validTo) - Date.parse(certificate.validFrom);
  return Object.fromEntries(
    Object.entries({ version, algorithm, issuer, subject, key, extensions, milliseconds }).map(([name, value]) => [
      name,
      value ?? '',
    ]),
  );
}

const helm = findHelm(process.env);

describe('certificates against the real Helm', () => {
  it('have the same fields, byte for byte', (context) => {
    if (helm === undefined) {
      context.skip('no Helm 4.3 in NARU_HELM, the cache folder or the PATH');
      return;
    }
    const folder = mkdtempSync(join(tmpdir(), 'naru-certificates-'));
    mkdirSync(join(folder, 'templates'));
    mkdirSync(join(folder, 'keys'));
    writeFileSync(join(folder, 'Chart.yaml'), 'apiVersion: v2\nname: demo\nversion: 1.0.0\n');
    writeFileSync(join(folder, 'templates', 'all.yaml'), TEMPLATE);
    for (const file of readdirSync(KEYS)) writeFileSync(join(folder, 'keys', file), readFileSync(join(KEYS, file)));
    const theirs = parseYaml(runHelm(helm, ['template', 'rel', folder])) as Record<string, string>;
    const ours = parseYaml(renderOurs(folder, [], {})) as Record<string, string>;
    rmSync(folder, { recursive: true });

    expect(Object.keys(ours)).toEqual(Object.keys(theirs));
    expect(Object.keys(ours)).toHaveLength(9);
    for (const [name, pem] of Object.entries(ours)) {
      const [own, their] = [fieldsOf(pem), fieldsOf(theirs[name] ?? '')];
      expect(own['extensions'], name).toMatch(/^a3/);
      expect(name === 'own' ? { ...own, key: their['key'] } : own, name).toEqual(their);
    }
  });
});
