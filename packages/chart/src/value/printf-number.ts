import { formatBinaryFloat, formatHexFloat } from './float-binary.ts';
import { formatExponential, formatFixed, formatFloat, formatFloatGeneral, specialFloat } from './float.ts';
import { pad, padWithSpaces } from './printf-flags.ts';
import type { PrintfFlags } from './printf-flags.ts';
import { quoteGo } from './quote.ts';

const RADIX: Readonly<Record<string, number>> = { v: 10, d: 10, b: 2, o: 8, O: 8, x: 16, X: 16 };

/** An integer as its verb wants it; nothing when the verb is none of integers. */
export function formatInteger(integer: bigint, verb: string, flags: PrintfFlags): string | undefined {
  const radix = RADIX[verb];
  if (radix !== undefined) return formatDigits(integer, radix, verb, flags);
  const point = BigInt.asUintN(64, integer);
  const isRune = point <= 0x10ffffn && (point < 0xd800n || point > 0xdfffn);
  const char = isRune ? String.fromCodePoint(Number(point)) : '\ufffd';
  switch (verb) {
    case 'c':
      return pad(char, flags);
    case 'q':
      return pad(quoteGo(char, { quote: "'", ascii: flags.plus }), flags);
    case 'U':
      return padWithSpaces(formatUnicode(point, isRune && flags.sharp ? char : '', flags), flags);
    default:
      return undefined;
  }
}

function formatDigits(integer: bigint, radix: number, verb: string, flags: PrintfFlags): string {
  const size = integer < 0n ? -integer : integer;
  if (flags.precision === 0 && size === 0n) return padWithSpaces('', flags);
  const sign = signOf(integer < 0n, flags);
  let digits = size.toString(radix).padStart(leastDigits(sign, flags), '0');
  if (flags.sharp && radix === 2) digits = `0b${digits}`;
  if (flags.sharp && radix === 8 && !digits.startsWith('0')) digits = `0${digits}`;
  if (flags.sharp && radix === 16) digits = `0x${digits}`;
  if (verb === 'X') digits = digits.toUpperCase();
  if (verb === 'O') digits = `0o${digits}`;
  return padWithSpaces(sign + digits, flags);
}

/** A precision asks for zeros, and so does a width with the flag `0`, where the sign takes a place. */
function leastDigits(sign: string, { precision, zero, minus, width }: PrintfFlags): number {
  if (precision !== undefined) return precision;
  return zero && !minus && width !== undefined ? width - sign.length : 0;
}

function signOf(isNegative: boolean, flags: PrintfFlags): string {
  if (isNegative) return '-';
  return flags.plus ? '+' : flags.space ? ' ' : '';
}

function formatUnicode(point: bigint, char: string, { precision }: PrintfFlags): string {
  const digits = point.toString(16).toUpperCase();
  const code = `U+${digits.padStart(Math.max(4, precision ?? 0), '0')}`;
  return /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u.test(char) ? `${code} '${char}'` : code;
}

/** A float as its verb wants it; nothing when the verb is none of floats. */
export function formatFloatVerb(x: number, verb: string, flags: PrintfFlags): string | undefined {
  const digits = floatDigits(Math.abs(x), verb, flags.precision);
  if (digits === undefined) return undefined;
  const special = specialFloat(x);
  if (special !== undefined) return padWithSpaces(formatSpecial(special, flags), flags);
  const sign = signOf(x < 0 || Object.is(x, -0), flags);
  const shown = flags.sharp && verb !== 'b' ? withPoint(digits, verb, flags.precision) : digits;
  if (!flags.zero || flags.minus || sign === '') return pad(sign + shown, flags);
  return sign + shown.padStart((flags.width ?? 0) - sign.length, '0');
}

function formatSpecial(special: string, flags: PrintfFlags): string {
  const signed = special === 'NaN' ? '+NaN' : special;
  if (flags.plus) return signed;
  if (flags.space) return signed.replace('+', ' ');
  return special === '+Inf' ? '+Inf' : special;
}

function floatDigits(size: number, verb: string, precision: number | undefined): string | undefined {
  switch (verb) {
    case 'v':
    case 'g':
      return precision === undefined ? formatFloat(size) : formatFloatGeneral(size, precision);
    case 'G':
      return floatDigits(size, 'g', precision)?.toUpperCase();
    case 'e':
      return formatExponential(size, precision ?? 6);
    case 'E':
      return formatExponential(size, precision ?? 6).toUpperCase();
    case 'f':
    case 'F':
      return formatFixed(size, precision ?? 6);
    case 'b':
      return formatBinaryFloat(size);
    case 'x':
      return formatHexFloat(size, precision);
    case 'X':
      return formatHexFloat(size, precision).toUpperCase();
    default:
      return undefined;
  }
}

/** The flag `#`: a point even when nothing follows it, and for `g` the zeros that were left out. */
function withPoint(digits: string, verb: string, precision: number | undefined): string {
  const isHex = verb === 'x' || verb === 'X';
  const [, number = '', tail = ''] = (isHex ? /^([^pP]*)(.*)$/ : /^([^eE]*)(.*)$/).exec(digits) ?? [];
  let missing = 'vgGx'.includes(verb) ? (precision ?? 6) : 0;
  // Go counts every sign from the first that is no zero, the `x` of a hexadecimal number too.
  missing -= number.replace('.', '').replace(/^0+/, '').length;
  if (number.includes('.')) return number + '0'.repeat(Math.max(0, missing)) + tail;
  if (number === '0') missing--;
  return `${number}.${'0'.repeat(Math.max(0, missing))}${tail}`;
}
