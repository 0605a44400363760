import { unquoteGo } from '../value/quote.ts';

/** Scans one number without its imaginary partner; `valid` is false when a letter or digit follows it. */
export function scanNumber(input: string, start: number): { end: number; valid: boolean } {
  const pattern =
    /[+-]?(?:0[xX][0-9a-fA-F_]*(?:\.[0-9a-fA-F_]*)?(?:[pP][+-]?[0-9_]*)?|0[oO][0-7_]*(?:\.[0-7_]*)?|0[bB][01_]*(?:\.[01_]*)?|[0-9_]*(?:\.[0-9_]*)?(?:[eE][+-]?[0-9_]*)?)i?/y;
  pattern.lastIndex = start;
  const end = start + (pattern.exec(input)?.[0].length ?? 0);
  const next = /[_\p{L}\p{Nd}]/uy;
  next.lastIndex = end;
  const invalid = next.test(input);
  return { end: invalid ? end + 1 : end, valid: !invalid };
}

/** What a number literal means: Go decides by its use whether it is an integer or a float. */
export interface NumberLiteral {
  /** Set when the literal is a whole number that fits 64 bits. */
  readonly integer?: bigint;
  readonly float?: number;
  /** Whether a bare use of the literal is a float: `1.0` and `1e3` are, `1` and `'a'` are not. */
  readonly prefersFloat: boolean;
}

/** Reads a literal; nothing when it is no number of Go. Complex numbers are refused: no function of Helm takes them. */
export function parseNumber(text: string): NumberLiteral | undefined {
  if (text.startsWith("'")) {
    const char = unquoteGo(text);
    if (char === undefined) return undefined;
    const integer = BigInt(char.codePointAt(0) ?? 0);
    return { integer, float: Number(integer), prefersFloat: false };
  }
  if (text.endsWith('i')) return undefined;
  const integer = parseInteger(text);
  if (integer !== undefined && integer <= 2n ** 64n - 1n && integer >= -(2n ** 63n)) {
    return { integer, float: Number(integer), prefersFloat: false };
  }
  if (integer !== undefined) return undefined;
  const float = parseFloatLiteral(text);
  if (float === undefined) return undefined;
  const isWhole = Number.isInteger(float) && Math.abs(float) < 2 ** 63;
  return isWhole ? { float, integer: BigInt(float), prefersFloat: true } : { float, prefersFloat: true };
}

/** Go's `ParseInt(text, 0, 64)` without the bounds: prefixes, underscores between digits, a leading 0 for octal. */
export function parseInteger(text: string): bigint | undefined {
  const match =
    /^([+-]?)(0[xX]_?[0-9a-fA-F]+(?:_[0-9a-fA-F]+)*|0[oO]?(?:_?[0-7]+)+|0[bB](?:_?[01]+)+|0|[1-9](?:_?[0-9]+)*)$/.exec(
      text,
    );
  if (match === null) return undefined;
  const digits = (match[2] ?? '').replaceAll('_', '');
  const size = BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits);
  return match[1] === '-' ? -size : size;
}

function parseFloatLiteral(text: string): number | undefined {
  if (hasLooseUnderscore(text)) return undefined;
  const plain = text.replaceAll('_', '');
  const hexadecimal = /^([+-]?)0[xX]([0-9a-fA-F]*)(?:\.([0-9a-fA-F]*))?[pP]([+-]?\d+)$/.exec(plain);
  if (hexadecimal !== null) {
    const [, sign, whole = '', fraction = '', exponent = '0'] = hexadecimal;
    if (whole + fraction === '') return undefined;
    const mantissa = Number(BigInt(`0x${whole}${fraction}`)) * 2 ** (Number(exponent) - 4 * fraction.length);
    return sign === '-' ? -mantissa : mantissa;
  }
  // Without a point or an exponent it is an integer that Go could not read.
  if (!/^(?=.*[.eE])[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(plain)) return undefined;
  const float = Number(plain);
  return Number.isFinite(float) ? float : undefined;
}

/** Whether an underscore stands elsewhere than between digits, or between a prefix and a digit. */
function hasLooseUnderscore(text: string): boolean {
  const isHexadecimal = /^[+-]?0[xX]/.test(text);
  const isLoose = isHexadecimal ? /(?<![0-9a-fA-FxX])_|_(?![0-9a-fA-F])/ : /(?<!\d)_|_(?!\d)/;
  return isLoose.test(text);
}
