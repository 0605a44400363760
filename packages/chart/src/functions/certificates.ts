import { createCertificate } from '../crypto/certificate.ts';
import type { Issuer } from '../crypto/certificate.ts';
import { generateDsaKey } from '../crypto/dsa.ts';
import { generateEd25519Key } from '../crypto/ed25519-key.ts';
import { generateEllipticKey } from '../crypto/elliptic-key.ts';
import { parseIpAddress } from '../crypto/ip-address.ts';
import { parseCertificate } from '../crypto/issuer-certificate.ts';
import { encodePrivateKey, parsePrivateKey, PrivateKeyError } from '../crypto/private-key.ts';
import type { PrivateKey } from '../crypto/private-key.ts';
import { RandomStream, SEED_BYTES } from '../crypto/random-stream.ts';
import { generateRsaKey } from '../crypto/rsa.ts';
import { SigningError } from '../crypto/signing.ts';
import { decodeBase64 } from '../value/base64.ts';
import { printValue } from '../value/print.ts';
import { decodeUtf8 } from '../value/utf8.ts';
import { asList, Named } from '../value/value.ts';
import type { CallContext, Value } from '../value/value.ts';
import { count } from './cast.ts';
import { fixed, refuse, text } from './define.ts';
import type { FunctionTable } from './define.ts';

const CERTIFICATE_KEY_BITS = 2048;
const PRIVATE_KEY_BITS = 4096;
const NANOSECONDS_PER_DAY = 86_400_000_000_000n;

function streamOf({ randomBytes }: CallContext): RandomStream {
  return new RandomStream(randomBytes(SEED_BYTES));
}

function genPrivateKey(type: string, stream: RandomStream): string {
  switch (type) {
    case '':
    case 'rsa':
      return encodePrivateKey(generateRsaKey(PRIVATE_KEY_BITS, stream));
    case 'dsa':
      return encodePrivateKey(generateDsaKey(stream));
    case 'ecdsa':
      return encodePrivateKey(generateEllipticKey(stream));
    case 'ed25519':
      return encodePrivateKey(generateEd25519Key(stream));
    default:
      return `Unknown type ${type}`;
  }
}

function readKey(pem: string, what: string): PrivateKey {
  try {
    return parsePrivateKey(pem);
  } catch (error) {
    if (error instanceof PrivateKeyError) return refuse(`${what}: ${error.message}`);
    throw error;
  }
}

interface Wanted {
  readonly commonName: string;
  readonly ips: Value;
  readonly names: Value;
  readonly days: number;
  readonly isAuthority: boolean;
}

function issue(wanted: Wanted, key: PrivateKey, issuer: Issuer | undefined, context: CallContext): Named {
  const ipAddresses = (asList(wanted.ips) ?? []).map(ipAddress);
  const dnsNames = (asList(wanted.names) ?? []).map(dnsName);
  const now = BigInt(Math.trunc(context.nowMilliseconds())) * 1_000_000n;
  // Go counts the validity in 64 bits of nanoseconds, which 292 years overflow.
  const validity = BigInt.asIntN(64, BigInt(wanted.days) * NANOSECONDS_PER_DAY);
  const request = {
    ...wanted,
    ipAddresses,
    dnsNames,
    serialNumber: streamOf(context).integer(128),
    notBeforeSeconds: secondsOf(now),
    notAfterSeconds: secondsOf(now + validity),
  };
  try {
    return certificate(createCertificate(request, key, issuer), encodePrivateKey(key));
  } catch (error) {
    if (!(error instanceof SigningError)) throw error;
    return refuse(`error creating certificate: ${error.message}`);
  }
}

function secondsOf(nanoseconds: bigint): bigint {
  const seconds = nanoseconds / 1_000_000_000n;
  return nanoseconds % 1_000_000_000n < 0n ? seconds - 1n : seconds;
}

function ipAddress(value: Value): Uint8Array {
  if (typeof value !== 'string') return refuse(`error parsing ip: ${printValue(value)} is not a string`);
  return parseIpAddress(value) ?? refuse(`error parsing ip: ${value}`);
}

function dnsName(value: Value): string {
  if (typeof value === 'string') return value;
  return refuse(`error processing alternate dns name: ${printValue(value)} is not a string`);
}

function certificate(cert: string, key: string): Named {
  return new Named(
    'sprig.certificate',
    new Map([
      ['Cert', cert],
      ['Key', key],
    ]),
    { isStruct: true },
  );
}

function issuerOf(value: Value): Issuer {
  const part = (name: string): string => {
    const found = value instanceof Named && value.content instanceof Map ? value.content.get(name) : undefined;
    return typeof found === 'string' ? found : '';
  };
  const parsed = parseCertificate(part('Cert'));
  if (parsed === undefined) refuse('unable to decode certificate');
  if (parsed === null) refuse('error parsing certificate: decodedSignerCert.Bytes: x509: malformed certificate');
  return { certificate: parsed, key: readKey(part('Key'), 'error parsing private key') };
}

function buildCustomCert(encodedCert: string, encodedKey: string): Named {
  const cert = decodeBase64(encodedCert);
  if (typeof cert === 'number') refuse('unable to decode base64 certificate');
  const key = decodeBase64(encodedKey);
  if (typeof key === 'number') refuse('unable to decode base64 private key');
  const [certPem, keyPem] = [decodeUtf8(cert), decodeUtf8(key)];
  const parsed = parseCertificate(certPem);
  if (parsed === undefined) refuse('unable to decode certificate');
  if (parsed === null) refuse('error parsing certificate: decodedCert.Bytes: x509: malformed certificate');
  readKey(keyPem, 'error parsing private key');
  return certificate(certPem, keyPem);
}

/** Each function makes a key of its own, or takes one where its name ends in `WithKey`: as its last argument. */
function keyOf(args: readonly Value[], keyAt: number | undefined, context: CallContext): PrivateKey {
  if (keyAt === undefined) return generateRsaKey(CERTIFICATE_KEY_BITS, streamOf(context));
  return readKey(text(args, keyAt), 'parsing private key');
}

function authority(keyAt?: number): FunctionTable[string] {
  const params = keyAt === undefined ? (['string', 'int'] as const) : (['string', 'int', 'string'] as const);
  return fixed(params, (args, context) => {
    const wanted = { commonName: text(args, 0), ips: null, names: null, days: count(args, 1), isAuthority: true };
    return issue(wanted, keyOf(args, keyAt, context), undefined, context);
  });
}

const SUBJECT = ['string', 'list', 'list', 'int'] as const;

function leaf(isSigned: boolean, keyAt?: number): FunctionTable[string] {
  const params = [...SUBJECT, ...(isSigned ? (['certificate'] as const) : [])];
  return fixed(keyAt === undefined ? params : [...params, 'string'], (args, context) => {
    const key = keyOf(args, keyAt, context);
    const issuer = isSigned ? issuerOf(args[4]) : undefined;
    const wanted = { commonName: text(args, 0), ips: args[1], names: args[2], days: count(args, 3) };
    return issue({ ...wanted, isAuthority: false }, key, issuer, context);
  });
}

/** sprig's keys and certificates. Every one is grown from the random source of the render. */
export const CERTIFICATES: FunctionTable = {
  genPrivateKey: fixed(['string'], (args, context) => genPrivateKey(text(args, 0), streamOf(context))),
  buildCustomCert: fixed(['string', 'string'], (args) => buildCustomCert(text(args, 0), text(args, 1))),
  genCA: authority(),
  genCAWithKey: authority(2),
  genSelfSignedCert: leaf(false),
  genSelfSignedCertWithKey: leaf(false, 4),
  genSignedCert: leaf(true),
  genSignedCertWithKey: leaf(true, 5),
};
