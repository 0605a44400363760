import { ed25519PublicKey, signEd25519 } from './ed25519-key.ts';
import { TAG, writeBitString, writeElement, writeInteger, writeObjectIdentifier, writeSequence } from './der.ts';
import { curveIdentifier, ellipticPublicKey, ellipticSignatureAlgorithm, signElliptic } from './elliptic-key.ts';
import { KEY_IDENTIFIER } from './private-key.ts';
import type { PrivateKey } from './private-key.ts';
import { signRsa } from './rsa.ts';

/** Why no certificate can be made, in the words of Go. */
export class SigningError extends Error {}

const RSA_WITH_SHA256 = '1.2.840.113549.1.1.11';
const NULL = writeElement(TAG.null);

/** The algorithm identifier of what `signMessage` gives for the key. */
export function signatureAlgorithm(key: PrivateKey): Uint8Array {
  switch (key.type) {
    case 'rsa':
      return writeSequence(writeObjectIdentifier(RSA_WITH_SHA256), NULL);
    case 'ecdsa':
      return writeSequence(writeObjectIdentifier(ellipticSignatureAlgorithm(key)));
    case 'ed25519':
      return writeSequence(writeObjectIdentifier(KEY_IDENTIFIER.ed25519));
    default:
      throw new SigningError('x509: certificate private key does not implement crypto.Signer');
  }
}

export function signMessage(key: PrivateKey, message: Uint8Array): Uint8Array {
  switch (key.type) {
    case 'rsa':
      return signRsa(key, message) ?? refuse('crypto/rsa: message too long for RSA key size');
    case 'ecdsa':
      return signElliptic(key, message);
    case 'ed25519':
      return signEd25519(key, message);
    default:
      return refuse('x509: certificate private key does not implement crypto.Signer');
  }
}

function refuse(reason: string): never {
  throw new SigningError(reason);
}

export interface SubjectPublicKey {
  /** The whole structure, as it stands in a certificate. */
  readonly encoded: Uint8Array;
  /** The key alone. */
  readonly bits: Uint8Array;
}

/** The public half of `key` as certificates carry it. */
export function subjectPublicKey(key: PrivateKey): SubjectPublicKey {
  switch (key.type) {
    case 'rsa': {
      const bits = writeSequence(writeInteger(key.modulus), writeInteger(key.publicExponent));
      return withAlgorithm([writeObjectIdentifier(KEY_IDENTIFIER.rsa), NULL], bits);
    }
    case 'ecdsa': {
      const algorithm = [KEY_IDENTIFIER.elliptic, curveIdentifier(key)].map(writeObjectIdentifier);
      return withAlgorithm(algorithm, ellipticPublicKey(key));
    }
    case 'ed25519':
      return withAlgorithm([writeObjectIdentifier(KEY_IDENTIFIER.ed25519)], ed25519PublicKey(key));
    default:
      return refuse('x509: unsupported public key type: *dsa.PublicKey');
  }
}

function withAlgorithm(algorithm: readonly Uint8Array[], bits: Uint8Array): SubjectPublicKey {
  return { encoded: writeSequence(writeSequence(...algorithm), writeBitString(bits)), bits };
}
