import { pad } from './printf-flags.ts';
import type { PrintfFlags } from './printf-flags.ts';
import { quoteGo } from './quote.ts';
import { encodeUtf8 } from './utf8.ts';

/** A text as its verb wants it; nothing when the verb is none of texts. */
export function formatTextVerb(text: string, verb: string, flags: PrintfFlags): string | undefined {
  const cut = flags.precision === undefined ? text : [...text].slice(0, flags.precision).join('');
  switch (verb) {
    case 'v':
      return pad(flags.sharpV ? quoteGo(cut) : cut, flags);
    case 's':
      return pad(cut, flags);
    case 'q':
      if (flags.sharp && canBackquote(cut)) return pad(`\`${cut}\``, flags);
      return pad(quoteGo(cut, { ascii: flags.plus }), flags);
    case 'x':
    case 'X':
      return formatHex(encodeUtf8(text), verb, flags);
    default:
      return undefined;
  }
}

function canBackquote(text: string): boolean {
  return !/[`\u007f\ufeff]/.test(text) && /^[\t -~\u0080-\u{10ffff}]*$/u.test(text);
}

/** Two digits per byte; a precision counts bytes. */
function formatHex(bytes: Uint8Array, verb: 'x' | 'X', flags: PrintfFlags): string {
  const digits = Array.from(bytes.subarray(0, flags.precision ?? bytes.length), (byte) =>
    byte.toString(16).padStart(2, '0'),
  );
  if (digits.length === 0) return pad('', flags);
  const prefix = flags.sharp ? '0x' : '';
  const joined = prefix + (flags.space ? digits.join(` ${prefix}`) : digits.join(''));
  return pad(verb === 'X' ? joined.toUpperCase() : joined, flags);
}
