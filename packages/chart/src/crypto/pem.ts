import { decodeBase64, encodeBase64 } from '../value/base64.ts';

export interface PemBlock {
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** A block of PEM: 64 characters on each line. */
export function encodePem({ type, bytes }: PemBlock): string {
  const lines = encodeBase64(bytes).replace(/.{1,64}/g, '$&\n');
  return `-----BEGIN ${type}-----\n${lines}-----END ${type}-----\n`;
}

/** The first block of `text`; what stands around it is ignored, as are headers inside. */
export function decodePem(text: string): PemBlock | undefined {
  const match = /(?:^|\n)-----BEGIN ([^\n]*?)-----[ \t]*\r?\n((?:[^\n:]*:[^\n]*\n)*)([^-]*)-----END \1-----/.exec(text);
  if (match === null) return undefined;
  const [, type = '', , body = ''] = match;
  const bytes = decodeBase64(body.replace(/[ \t]/g, ''));
  return typeof bytes === 'number' ? undefined : { type, bytes };
}
