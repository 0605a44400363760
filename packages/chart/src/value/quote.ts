import { decodeUtf8, encodeUtf8 } from './utf8.ts';

const SHORT: Readonly<Record<string, string>> = {
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\u000b': '\\v',
  '\\': '\\\\',
};

const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

/** Go's `strconv.Quote`: a text in double quotes with what does not print escaped. */
export function quoteGo(text: string, options: { readonly ascii?: boolean; readonly quote?: string } = {}): string {
  const quote = options.quote ?? '"';
  if (quote === '"' && /^[ !#-[\]-~]*$/.test(text)) return `"${text}"`;
  let out = quote;
  for (const char of text) out += escapeChar(char, quote, options.ascii ?? false);
  return out + quote;
}

function escapeChar(char: string, quote: string, ascii: boolean): string {
  const point = char.codePointAt(0) ?? 0;
  if (char === quote) return `\\${char}`;
  const short = SHORT[char];
  if (short !== undefined) return short;
  if (point >= 0xdc80 && point <= 0xdcff) return `\\x${hex(point - 0xdc00, 2)}`;
  if (PRINTABLE.test(char) && (!ascii || point < 0x80)) return char;
  if (point < 0x20 || point === 0x7f) return `\\x${hex(point, 2)}`;
  return point > 0xffff ? `\\U${hex(point, 8)}` : `\\u${hex(point, 4)}`;
}

function hex(point: number, width: number): string {
  return point.toString(16).padStart(width, '0');
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\u000b',
  '\\': '\\',
  "'": "'",
  '"': '"',
};

/** Go's `strconv.Unquote` of a literal with its quotes; nothing when the literal is not valid. */
export function unquoteGo(literal: string): string | undefined {
  const quote = literal[0] ?? '';
  const body = literal.slice(1, -1);
  if (quote === '`') return body.replaceAll('\r', '');
  if (!body.includes('\\')) return quote === "'" && [...body].length !== 1 ? undefined : body;
  let out = '';
  for (let i = 0; i < body.length; ) {
    if (body[i] !== '\\') {
      out += body[i++];
      continue;
    }
    const escape = readEscape(body, i + 1, quote);
    if (escape === undefined) return undefined;
    out += escape.text;
    i = escape.end;
  }
  return quote === "'" && [...out].length !== 1 ? undefined : joinEscapedBytes(out);
}

function readEscape(body: string, at: number, quote: string): { text: string; end: number } | undefined {
  const kind = body[at] ?? '';
  if ((kind === "'" || kind === '"') && kind !== quote) return undefined;
  const simple = SIMPLE_ESCAPES[kind];
  if (simple !== undefined) return { text: simple, end: at + 1 };
  if (/[0-7]/.test(kind)) {
    const octal = /^[0-7]{3}/.exec(body.slice(at, at + 3))?.[0];
    if (octal === undefined || Number.parseInt(octal, 8) > 255) return undefined;
    return { text: byteText(Number.parseInt(octal, 8)), end: at + 3 };
  }
  const width = { x: 2, u: 4, U: 8 }[kind];
  if (width === undefined) return undefined;
  const digits = body.slice(at + 1, at + 1 + width);
  if (!/^[0-9a-fA-F]+$/.test(digits) || digits.length !== width) return undefined;
  const point = Number.parseInt(digits, 16);
  if (kind === 'x') return { text: byteText(point), end: at + 1 + width };
  if (point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) return undefined;
  return { text: String.fromCodePoint(point), end: at + 1 + width };
}

function byteText(byte: number): string {
  return byte < 0x80 ? String.fromCharCode(byte) : String.fromCharCode(0xdc00 + byte);
}

/** Bytes that were escaped one by one may spell a character together. */
function joinEscapedBytes(text: string): string {
  return text.isWellFormed() ? text : decodeUtf8(encodeUtf8(text));
}
