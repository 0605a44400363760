/** Digits and decimal exponent of the shortest text that reads back as `x`: `d.ddd × 10^exponent`. */
function shortest(x: number): { digits: string; exponent: number } {
  const [mantissa = '0', exponent = '0'] = x.toExponential().split('e');
  return { digits: mantissa.replace('.', ''), exponent: Number(exponent) };
}

/** Go's name of a float that is no number, or nothing. */
export function specialFloat(x: number): string | undefined {
  if (Number.isNaN(x)) return 'NaN';
  if (x === Number.POSITIVE_INFINITY) return '+Inf';
  if (x === Number.NEGATIVE_INFINITY) return '-Inf';
  return undefined;
}

/** Go's `FormatFloat(x, 'g', -1, 64)`: what `%v` prints, so a million is `1e+06`. */
export function formatFloat(x: number): string {
  return specialFloat(x) ?? formatGeneral(x, shortest(Math.abs(x)), 6);
}

/** Go's `FormatFloat(x, 'g', precision, 64)`. */
export function formatFloatGeneral(x: number, precision: number): string {
  const special = specialFloat(x);
  if (special !== undefined) return special;
  const wanted = precision === 0 ? 1 : precision;
  const [mantissa = '0', exponent = '0'] = formatExponential(Math.abs(x), wanted - 1).split('e');
  const digits = mantissa.replace('.', '').replace(/0+$/, '') || '0';
  const short = shortest(Math.abs(x)).digits.length;
  const limit =
    wanted > digits.length && digits.length >= Number(exponent) + 1 ? Math.max(digits.length, short) : wanted;
  return formatGeneral(x, { digits, exponent: Number(exponent) }, limit);
}

function formatGeneral(x: number, parts: { digits: string; exponent: number }, limit: number): string {
  const sign = x < 0 || Object.is(x, -0) ? '-' : '';
  const { digits, exponent } = parts;
  if (exponent < -4 || exponent >= Math.max(limit, 1)) {
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
    return `${sign}${digits[0]}${fraction}e${formatExponent(exponent)}`;
  }
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  if (digits.length <= exponent + 1) return sign + digits + '0'.repeat(exponent + 1 - digits.length);
  return `${sign}${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}

/** `x`, which is not negative, with `precision` digits after the point, rounded half to even on the exact binary value. */
export function formatExponential(x: number, precision: number): string {
  const special = specialFloat(x);
  if (special !== undefined) return special;
  let exponent = x === 0 ? 0 : shortest(x).exponent;
  let digits = scaledInteger(x, precision - exponent).toString();
  if (digits.length > precision + 1) {
    exponent++;
    digits = digits.slice(0, -1);
  }
  const padded = digits.padStart(precision + 1, '0');
  return `${padded[0]}${precision === 0 ? '' : `.${padded.slice(1)}`}e${formatExponent(exponent)}`;
}

/** Go writes at least two digits of an exponent, and its sign. */
export function formatExponent(exponent: number): string {
  return `${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** A float as `encoding/json` writes it. */
export function formatJsonFloat(x: number): string {
  const size = Math.abs(x);
  if (size !== 0 && (size < 1e-6 || size >= 1e21)) {
    const { digits, exponent } = shortest(size);
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
    const shown = exponent < 0 ? `-${-exponent}` : `+${exponent}`;
    return `${x < 0 ? '-' : ''}${digits[0]}${fraction}e${shown.length === 2 && exponent >= 0 ? `+0${exponent}` : shown}`;
  }
  return formatDecimal(x);
}

/** Go's `FormatFloat(x, 'f', -1, 64)`: never an exponent. */
export function formatDecimal(x: number): string {
  const sign = x < 0 || Object.is(x, -0) ? '-' : '';
  const { digits, exponent } = shortest(Math.abs(x));
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  if (digits.length <= exponent + 1) return sign + digits + '0'.repeat(exponent + 1 - digits.length);
  return `${sign}${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}

/** Exactly `x` with `precision` digits after the point, rounded half to even on the exact binary value. */
export function formatFixed(x: number, precision: number): string {
  const special = specialFloat(x);
  if (special !== undefined) return special;
  const sign = x < 0 || Object.is(x, -0) ? '-' : '';
  const digits = scaledInteger(Math.abs(x), precision)
    .toString()
    .padStart(precision + 1, '0');
  if (precision === 0) return sign + digits;
  return `${sign}${digits.slice(0, -precision)}.${digits.slice(-precision)}`;
}

/** `x` times a power of ten as an integer, rounded half to even on the exact binary value. */
function scaledInteger(x: number, power: number): bigint {
  const { numerator, denominator } = fractionOf(x);
  const above = power >= 0 ? numerator * 10n ** BigInt(power) : numerator;
  const below = power >= 0 ? denominator : denominator * 10n ** BigInt(-power);
  const quotient = above / below;
  const twice = (above % below) * 2n;
  return twice > below || (twice === below && quotient % 2n === 1n) ? quotient + 1n : quotient;
}

function fractionOf(x: number): { numerator: bigint; denominator: bigint } {
  let exponent = 0;
  let scaled = x;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    exponent++;
  }
  return { numerator: BigInt(scaled), denominator: 2n ** BigInt(exponent) };
}
