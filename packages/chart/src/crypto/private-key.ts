import {
  contextTag,
  DerError,
  DerReader,
  TAG,
  writeBitString,
  writeElement,
  writeInteger,
  writeObjectIdentifier,
  writeOctetString,
  writeSequence,
} from './der.ts';
import type { DsaKey } from './dsa.ts';
import { ED25519_BYTES } from './ed25519-key.ts';
import type { Ed25519Key } from './ed25519-key.ts';
import { curveBytes, curveIdentifier, curveOf, ellipticPublicKey, isCurveSecret } from './elliptic-key.ts';
import type { EllipticKey } from './elliptic-key.ts';
import { bytesToInteger, integerToBytes, inverseModulo } from './integer.ts';
import { decodePem, encodePem } from './pem.ts';
import type { RsaKey } from './rsa.ts';

export type PrivateKey = RsaKey | EllipticKey | Ed25519Key | DsaKey;

/** Object identifiers of the kinds of keys. */
export const KEY_IDENTIFIER = {
  rsa: '1.2.840.113549.1.1.1',
  elliptic: '1.2.840.10045.2.1',
  ed25519: '1.3.101.112',
} as const;

/** A private key as PEM, each kind in the form that Go writes it. */
export function encodePrivateKey(key: PrivateKey): string {
  switch (key.type) {
    case 'rsa':
      return encodePem({ type: 'RSA PRIVATE KEY', bytes: encodeRsa(key) });
    case 'dsa':
      return encodePem({ type: 'DSA PRIVATE KEY', bytes: encodeDsa(key) });
    case 'ecdsa':
      return encodePem({ type: 'EC PRIVATE KEY', bytes: encodeElliptic(key) });
    default:
      return encodePem({ type: 'PRIVATE KEY', bytes: encodeEd25519(key) });
  }
}

function encodeRsa({ modulus, publicExponent, privateExponent, primes: [p, q] }: RsaKey): Uint8Array {
  const remainders = [privateExponent % (p - 1n), privateExponent % (q - 1n), inverseModulo(q, p)];
  const numbers = [0n, modulus, publicExponent, privateExponent, p, q, ...remainders];
  return writeSequence(...numbers.map(writeInteger));
}

function encodeDsa({ p, q, g, publicValue, privateValue }: DsaKey): Uint8Array {
  return writeSequence(...[0n, p, q, g, publicValue, privateValue].map(writeInteger));
}

function encodeElliptic(key: EllipticKey): Uint8Array {
  return writeSequence(
    writeInteger(1n),
    writeOctetString(integerToBytes(key.secret, curveBytes(key.curve))),
    writeElement(contextTag(0, true), writeObjectIdentifier(curveIdentifier(key))),
    writeElement(contextTag(1, true), writeBitString(ellipticPublicKey(key))),
  );
}

function encodeEd25519({ seed }: Ed25519Key): Uint8Array {
  const algorithm = writeSequence(writeObjectIdentifier(KEY_IDENTIFIER.ed25519));
  return writeSequence(writeInteger(0n), algorithm, writeOctetString(writeOctetString(seed)));
}

/** What is no private key, in the words of Go. */
export class PrivateKeyError extends Error {}

const SUFFIX = ' PRIVATE KEY';

/** The private key in `text`: PKCS #8, or the older form of its kind. Throws `PrivateKeyError`. */
export function parsePrivateKey(text: string): PrivateKey {
  const block = decodePem(text);
  if (block === undefined) throw new PrivateKeyError('no PEM data in input');
  const { type, bytes } = block;
  if (type === 'PRIVATE KEY') return wrapping('decoding PEM as PKCS#8', () => readPkcs8(bytes));
  if (!type.endsWith(SUFFIX)) throw new PrivateKeyError(`no private key data in PEM block of type ${type}`);
  const kind = type.slice(0, -SUFFIX.length);
  const read = { RSA: readRsa, EC: readElliptic, DSA: readDsa }[kind];
  if (read === undefined) throw new PrivateKeyError(`invalid private key type ${kind}`);
  return wrapping(`parsing ${kind} private key from PEM`, () => read(bytes));
}

function wrapping(what: string, read: () => PrivateKey): PrivateKey {
  try {
    return read();
  } catch (error) {
    if (error instanceof DerError || error instanceof PrivateKeyError) {
      throw new PrivateKeyError(`${what}: ${error.message}`, { cause: error });
    }
    throw error;
  }
}

function readRsa(bytes: Uint8Array): RsaKey {
  const reader = new DerReader(bytes).readSequence();
  if (reader.readInteger() > 1n) throw new PrivateKeyError('x509: unsupported private key version');
  const [modulus, publicExponent] = [reader.readInteger(), reader.readInteger()];
  const privateExponent = reader.readInteger();
  const [p, q] = [reader.readInteger(), reader.readInteger()];
  if ([modulus, privateExponent, p, q].includes(0n)) {
    throw new PrivateKeyError('x509: private key contains zero or negative value');
  }
  if (p * q !== modulus) throw new PrivateKeyError('crypto/rsa: p * q != n');
  return { type: 'rsa', modulus, publicExponent, privateExponent, primes: [p, q] };
}

function readDsa(bytes: Uint8Array): DsaKey {
  const reader = new DerReader(bytes).readSequence();
  reader.readInteger();
  const [p, q, g] = [reader.readInteger(), reader.readInteger(), reader.readInteger()];
  return { type: 'dsa', p, q, g, publicValue: reader.readInteger(), privateValue: reader.readInteger() };
}

/** `curve` is given where a wrapping names it: the key itself need not then. */
function readElliptic(bytes: Uint8Array, curve?: string): EllipticKey {
  const reader = new DerReader(bytes).readSequence();
  const version = reader.readInteger();
  if (version !== 1n) throw new PrivateKeyError(`x509: unknown EC private key version ${version}`);
  const secret = bytesToInteger(reader.read(TAG.octetString));
  const own = reader.readOptional(contextTag(0, true));
  const name = curveOf(curve ?? (own === undefined ? '' : new DerReader(own).readObjectIdentifier()));
  if (name === undefined) throw new PrivateKeyError('x509: unknown elliptic curve');
  if (!isCurveSecret(name, secret)) throw new PrivateKeyError('x509: invalid private key value');
  return { type: 'ecdsa', curve: name, secret };
}

function readPkcs8(bytes: Uint8Array): PrivateKey {
  const reader = new DerReader(bytes).readSequence();
  reader.readInteger();
  const algorithm = reader.readSequence();
  const identifier = algorithm.readObjectIdentifier();
  const key = reader.read(TAG.octetString);
  switch (identifier) {
    case KEY_IDENTIFIER.rsa:
      return readRsa(key);
    case KEY_IDENTIFIER.elliptic:
      return readElliptic(key, algorithm.readObjectIdentifier());
    case KEY_IDENTIFIER.ed25519: {
      const seed = new DerReader(key).read(TAG.octetString);
      if (seed.length === ED25519_BYTES) return { type: 'ed25519', seed };
      throw new PrivateKeyError(`x509: invalid Ed25519 private key length: ${seed.length}`);
    }
    default:
      throw new PrivateKeyError(`x509: PKCS#8 wrapping contained private key with unknown algorithm: ${identifier}`);
  }
}
