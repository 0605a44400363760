import { sha256 } from '@noble/hashes/sha2.js';
import { quoteGo } from '../value/quote.ts';
import { encodeUtf8 } from '../value/utf8.ts';
import {
  contextTag,
  TAG,
  writeBitString,
  writeElement,
  writeInteger,
  writeObjectIdentifier,
  writeOctetString,
  writeSequence,
} from './der.ts';
import type { IssuerCertificate } from './issuer-certificate.ts';
import { encodePem } from './pem.ts';
import type { PrivateKey } from './private-key.ts';
import { signatureAlgorithm, signMessage, SigningError, subjectPublicKey } from './signing.ts';
import { writeTime } from './certificate-time.ts';

/** What a certificate says, and how long it says so. */
export interface CertificateRequest {
  readonly commonName: string;
  readonly ipAddresses: readonly Uint8Array[];
  readonly dnsNames: readonly string[];
  readonly serialNumber: bigint;
  readonly notBeforeSeconds: bigint;
  readonly notAfterSeconds: bigint;
  readonly isAuthority: boolean;
}

/** Who signs: an authority with its certificate, or nobody but the key itself. */
export interface Issuer {
  readonly certificate: IssuerCertificate;
  readonly key: PrivateKey;
}

/**
 * A certificate for `key`, signed by `issuer` or by the key itself, field for field as Go's `x509.CreateCertificate`
 * writes it for sprig. Throws `SigningError` for keys that cannot sign or do not belong to the issuer.
 */
export function createCertificate(request: CertificateRequest, key: PrivateKey, issuer?: Issuer): string {
  const signer = issuer?.key ?? key;
  const algorithm = signatureAlgorithm(signer);
  const publicKey = subjectPublicKey(key);
  const subject = writeName(request.commonName);
  const issuerName = issuer?.certificate.subject ?? subject;
  if (issuer !== undefined && !equal(subjectPublicKey(signer).encoded, issuer.certificate.publicKey)) {
    throw new SigningError("x509: provided PrivateKey doesn't match parent's PublicKey");
  }
  const authorityKeyId = equal(issuerName, subject) ? undefined : issuer?.certificate.subjectKeyId;
  const body = writeSequence(
    writeElement(contextTag(0, true), writeInteger(2n)),
    writeInteger(request.serialNumber),
    algorithm,
    issuerName,
    writeSequence(writeTime(request.notBeforeSeconds), writeTime(request.notAfterSeconds)),
    subject,
    publicKey.encoded,
    writeElement(contextTag(3, true), writeExtensions(request, publicKey.bits, authorityKeyId)),
  );
  const signed = writeSequence(body, algorithm, writeBitString(signMessage(signer, body)));
  return encodePem({ type: 'CERTIFICATE', bytes: signed });
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

const COMMON_NAME = '2.5.4.3';

function writeName(commonName: string): Uint8Array {
  if (commonName === '') return writeSequence();
  // What PrintableString has no characters for is written as UTF-8.
  const tag = /^[A-Za-z0-9 '()+,\-./:=?]*$/.test(commonName) ? TAG.printableString : TAG.utf8String;
  const attribute = writeSequence(writeObjectIdentifier(COMMON_NAME), writeElement(tag, encodeUtf8(commonName)));
  return writeSequence(writeElement(TAG.set, attribute));
}

const EXTENSION = {
  subjectKeyId: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyId: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
} as const;

const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';

/** Digital signature and key encipherment; an authority signs certificates too. */
const USAGE = { bits: Uint8Array.of(0b1010_0000), unused: 5 };
const AUTHORITY_USAGE = { bits: Uint8Array.of(0b1010_0100), unused: 2 };

const TRUE = writeElement(TAG.boolean, Uint8Array.of(255));

function writeExtensions(request: CertificateRequest, publicKey: Uint8Array, authorityKeyId?: Uint8Array): Uint8Array {
  const { isAuthority, commonName } = request;
  const usage = isAuthority ? AUTHORITY_USAGE : USAGE;
  const purposes = writeSequence(writeObjectIdentifier(SERVER_AUTH), writeObjectIdentifier(CLIENT_AUTH));
  const extensions = [
    writeExtension(EXTENSION.keyUsage, writeBitString(usage.bits, usage.unused), true),
    writeExtension(EXTENSION.extendedKeyUsage, purposes),
    writeExtension(EXTENSION.basicConstraints, isAuthority ? writeSequence(TRUE) : writeSequence(), true),
  ];
  if (isAuthority) {
    // RFC 7093, section 2, method 1.
    const keyId = sha256(publicKey).subarray(0, 20);
    extensions.push(writeExtension(EXTENSION.subjectKeyId, writeOctetString(keyId)));
  }
  if (authorityKeyId !== undefined) {
    const keyId = writeSequence(writeElement(contextTag(0, false), authorityKeyId));
    extensions.push(writeExtension(EXTENSION.authorityKeyId, keyId));
  }
  const names = alternativeNames(request);
  if (names.length > 0) {
    // RFC 5280, section 4.2.1.6: critical when there is no subject.
    extensions.push(writeExtension(EXTENSION.subjectAltName, writeSequence(...names), commonName === ''));
  }
  return writeSequence(...extensions);
}

function writeExtension(identifier: string, value: Uint8Array, isCritical = false): Uint8Array {
  return writeSequence(writeObjectIdentifier(identifier), ...(isCritical ? [TRUE] : []), writeOctetString(value));
}

function alternativeNames({ dnsNames, ipAddresses }: CertificateRequest): Uint8Array[] {
  const names = dnsNames.map((name) => {
    // oxlint-disable-next-line no-control-regex -- IA5String is ASCII
    if (!/^[\u0000-\u007f]*$/.test(name)) {
      throw new SigningError(`x509: ${quoteGo(name)} cannot be encoded as an IA5String`);
    }
    return writeElement(contextTag(2, false), encodeUtf8(name));
  });
  return [...names, ...ipAddresses.map((address) => writeElement(contextTag(7, false), address))];
}
