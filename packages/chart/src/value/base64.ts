const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const ALPHABET_32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Standard base64 with padding. */
export function encodeBase64(bytes: Uint8Array): string {
  return encodeBits(bytes, ALPHABET, { bits: 6, group: 4 });
}

/** Standard base32 with padding. */
export function encodeBase32(bytes: Uint8Array): string {
  return encodeBits(bytes, ALPHABET_32, { bits: 5, group: 8 });
}

/** The bytes, or the index of the first byte that is wrong. Line breaks are skipped, as in Go. */
export function decodeBase64(text: string): Uint8Array | number {
  return decodeBits(text, ALPHABET, { bits: 6, group: 4 });
}

export function decodeBase32(text: string): Uint8Array | number {
  return decodeBits(text, ALPHABET_32, { bits: 5, group: 8 });
}

interface Shape {
  readonly bits: number;
  /** Characters that stand for whole bytes together. */
  readonly group: number;
}

function encodeBits(bytes: Uint8Array, alphabet: string, { bits, group }: Shape): string {
  let out = '';
  let buffer = 0;
  let held = 0;
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte;
    held += 8;
    while (held >= bits) {
      held -= bits;
      out += alphabet[(buffer >> held) & ((1 << bits) - 1)];
    }
    buffer &= (1 << held) - 1;
  }
  if (held > 0) out += alphabet[(buffer << (bits - held)) & ((1 << bits) - 1)];
  return out.padEnd(Math.ceil(out.length / group) * group, '=');
}

function decodeBits(text: string, alphabet: string, { bits, group }: Shape): Uint8Array | number {
  const out: number[] = [];
  let buffer = 0;
  let held = 0;
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? '';
    if (char === '\n' || char === '\r') continue;
    if (char === '=') return finishPadding(text, i, { count, group, out, bits });
    const value = alphabet.indexOf(char);
    if (value < 0) return i;
    buffer = (buffer << bits) | value;
    held += bits;
    count++;
    if (held >= 8) {
      held -= 8;
      out.push((buffer >> held) & 255);
    }
    buffer &= (1 << held) - 1;
  }
  // Go names the first character of the group that is not whole.
  return count % group === 0 ? Uint8Array.from(out) : text.length - (count % group);
}

function finishPadding(
  text: string,
  at: number,
  state: { count: number; group: number; out: readonly number[]; bits: number },
): Uint8Array | number {
  const { count, group, out, bits } = state;
  const inGroup = count % group;
  const leftOver = (inGroup * bits) % 8;
  if (inGroup === 0 || leftOver >= bits) return at;
  const rest = text.slice(at).replace(/[\r\n]/g, '');
  const wanted = '='.repeat(group - inGroup);
  if (rest === wanted) return Uint8Array.from(out);
  return wanted.startsWith(rest) ? text.length : at + 1;
}
