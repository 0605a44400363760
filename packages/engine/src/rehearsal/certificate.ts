import { createHash, createPrivateKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { isIPv4 } from 'node:net';

/**
 * A minimal writer of X.509 certificates (RFC 5280) with ECDSA P-256 keys. Node makes keys and signatures but no
 * certificates; the libraries that do bring a dozen packages each for the hundred lines that are needed here, and
 * calling `openssl` would ask every laptop for one more program. Only for throw-away control planes.
 */
export interface KeyAndCertificate {
  readonly certificate: string;
  readonly key: string;
}

export interface CertificateRequest {
  readonly commonName: string;
  readonly organization?: string;
  readonly usage: 'authority' | 'server' | 'client';
  /** DNS names and IPv4 addresses that a server certificate is valid for. */
  readonly names?: readonly string[];
  /** Who signs; without it the certificate signs itself. */
  readonly issuer?: { readonly commonName: string; readonly key: string };
  readonly now: Date;
}

const LIFETIME_DAYS = 30;
const DAY_MS = 86_400_000;

/** Makes a key and a certificate for it. Valid from an hour ago, so that a skewed clock in a container does not matter. */
export function issueCertificate(request: CertificateRequest): KeyAndCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const signer = request.issuer === undefined ? privateKey : createPrivateKey(request.issuer.key);
  const algorithm = sequence(oid('1.2.840.10045.4.3.2')); // ecdsa-with-SHA256
  const serial = randomBytes(16);
  serial[0] = (serial[0] ?? 0) & 0x7f || 1; // positive and not zero

  const body = sequence(
    tagged(0xa0, integer(2)), // version 3
    tagged(0x02, serial),
    algorithm,
    name(request.issuer?.commonName ?? request.commonName),
    sequence(
      time(new Date(request.now.getTime() - 3_600_000)),
      time(new Date(request.now.getTime() + LIFETIME_DAYS * DAY_MS)),
    ),
    name(request.commonName, request.organization),
    spki,
    tagged(0xa3, sequence(...extensions(request, spki))),
  );
  const certificate = sequence(body, algorithm, bitString(sign('sha256', body, signer)));
  return {
    certificate: pem('CERTIFICATE', certificate),
    key: privateKey.export({ type: 'sec1', format: 'pem' }),
  };
}

function extensions({ usage, names = [] }: CertificateRequest, spki: Buffer): Buffer[] {
  const keyId = createHash('sha1').update(spki).digest();
  const subjectKeyId = extension('2.5.29.14', false, tagged(0x04, keyId));
  if (usage === 'authority') {
    return [
      extension('2.5.29.19', true, sequence(tagged(0x01, Buffer.from([0xff])))), // basicConstraints: CA
      extension('2.5.29.15', true, bitString(Buffer.from([0x86]), 1)), // digitalSignature, keyCertSign, cRLSign
      subjectKeyId,
    ];
  }
  const purpose = usage === 'server' ? '1.3.6.1.5.5.7.3.1' : '1.3.6.1.5.5.7.3.2';
  const alternatives = names.length === 0 ? [] : [extension('2.5.29.17', false, sequence(...names.map(alternative)))];
  return [
    extension('2.5.29.15', true, bitString(Buffer.from([0x80]), 7)), // digitalSignature
    extension('2.5.29.37', false, sequence(oid(purpose))),
    subjectKeyId,
    ...alternatives,
  ];
}

function alternative(nameOrAddress: string): Buffer {
  if (isIPv4(nameOrAddress)) return tagged(0x87, Buffer.from(nameOrAddress.split('.').map(Number)));
  return tagged(0x82, Buffer.from(nameOrAddress, 'ascii'));
}

function extension(id: string, critical: boolean, value: Buffer): Buffer {
  const mark = critical ? [tagged(0x01, Buffer.from([0xff]))] : [];
  return sequence(oid(id), ...mark, tagged(0x04, value));
}

function name(commonName: string, organization?: string): Buffer {
  const part = (id: string, text: string): Buffer =>
    tagged(0x31, sequence(oid(id), tagged(0x0c, Buffer.from(text, 'utf8'))));
  const group = organization === undefined ? [] : [part('2.5.4.10', organization)];
  return sequence(...group, part('2.5.4.3', commonName));
}

/** UTCTime, which RFC 5280 wants for every year before 2050. */
function time(at: Date): Buffer {
  const digits = at.toISOString().replaceAll(/[-:T]/g, '').slice(2, 14);
  return tagged(0x17, Buffer.from(`${digits}Z`, 'ascii'));
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts));
}

function integer(value: number): Buffer {
  return tagged(0x02, Buffer.from([value]));
}

function bitString(bits: Buffer, unused = 0): Buffer {
  return tagged(0x03, Buffer.concat([Buffer.from([unused]), bits]));
}

/** The first two arcs share a byte; the others are written in base 128, all bytes but the last with the high bit. */
function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = rest.flatMap((arc) => {
    const digits = [arc & 0x7f];
    for (let left = arc >> 7; left > 0; left >>= 7) digits.unshift((left & 0x7f) | 0x80);
    return digits;
  });
  return tagged(0x06, Buffer.from([first * 40 + second, ...bytes]));
}

function tagged(tag: number, content: Buffer): Buffer {
  if (content.length < 0x80) return Buffer.concat([Buffer.from([tag, content.length]), content]);
  const length: number[] = [];
  for (let left = content.length; left > 0; left >>= 8) length.unshift(left & 0xff);
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length, ...length]), content]);
}

function pem(label: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
