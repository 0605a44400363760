import { contextTag, DerError, DerReader, TAG } from './der.ts';
import { decodePem } from './pem.ts';

/** What a certificate that signs others tells about itself; each as it is encoded. */
export interface IssuerCertificate {
  readonly subject: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly subjectKeyId: Uint8Array | undefined;
}

const SUBJECT_KEY_ID = '2.5.29.14';

/** The certificate in `pem`; `undefined` when there is no PEM, `null` when it holds no certificate. */
export function parseCertificate(pem: string): IssuerCertificate | null | undefined {
  const block = decodePem(pem);
  if (block === undefined) return undefined;
  try {
    return readCertificate(block.bytes);
  } catch (error) {
    if (error instanceof DerError) return null;
    throw error;
  }
}

function readCertificate(bytes: Uint8Array): IssuerCertificate {
  const body = new DerReader(bytes).readSequence().readSequence();
  body.readOptional(contextTag(0, true));
  body.readInteger();
  for (const _ of ['signature algorithm', 'issuer', 'validity']) body.read(TAG.sequence);
  const subject = body.readElement(TAG.sequence).encoded;
  const publicKey = body.readElement(TAG.sequence).encoded;
  for (const uniqueId of [1, 2]) body.readOptional(contextTag(uniqueId, false));
  const extensions = body.readOptional(contextTag(3, true));
  return { subject, publicKey, subjectKeyId: extensions === undefined ? undefined : findSubjectKeyId(extensions) };
}

function findSubjectKeyId(extensions: Uint8Array): Uint8Array | undefined {
  const reader = new DerReader(extensions).readSequence();
  while (!reader.isAtEnd) {
    const extension = reader.readSequence();
    const identifier = extension.readObjectIdentifier();
    extension.readOptional(TAG.boolean);
    const value = extension.read(TAG.octetString);
    if (identifier === SUBJECT_KEY_ID) return new DerReader(value).read(TAG.octetString);
  }
  return undefined;
}
