import { formatExponent, specialFloat } from './float.ts';

interface Parts {
  /** The 53 bits of the mantissa as an integer. */
  readonly mantissa: bigint;
  /** The power of two that the integer is multiplied by. */
  readonly exponent: number;
}

function partsOf(x: number): Parts {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const fraction = bits & 0xfffffffffffffn;
  const biased = Number((bits >> 52n) & 0x7ffn);
  if (biased === 0) return { mantissa: fraction, exponent: -1074 };
  return { mantissa: fraction | 0x10000000000000n, exponent: biased - 1075 };
}

/** Go's `FormatFloat(x, 'b', -1, 64)` of a number that is not negative: `4503599627370496p-52`. */
export function formatBinaryFloat(x: number): string {
  const special = specialFloat(x);
  if (special !== undefined) return special;
  const { mantissa, exponent } = partsOf(x);
  return `${mantissa}p${exponent < 0 ? '' : '+'}${exponent}`;
}

/** Go's `FormatFloat(x, 'x', precision, 64)` of a number that is not negative: `0x1.8p+01`. */
export function formatHexFloat(x: number, precision?: number): string {
  const special = specialFloat(x);
  if (special !== undefined) return special;
  if (x === 0) return `0x0${precision === undefined || precision === 0 ? '' : `.${'0'.repeat(precision)}`}p+00`;
  let { mantissa, exponent } = partsOf(x);
  while (mantissa < 1n << 60n) {
    mantissa <<= 1n;
    exponent--;
  }
  if (precision !== undefined && precision < 15) {
    mantissa = roundedToEven(mantissa, 60n - BigInt(precision) * 4n);
    if (mantissa >= 1n << 61n) {
      mantissa >>= 1n;
      exponent++;
    }
  }
  const all = (mantissa - (1n << 60n)).toString(16).padStart(15, '0');
  const fraction = precision === undefined ? all.replace(/0+$/, '') : all.slice(0, precision).padEnd(precision, '0');
  return `0x1${fraction === '' ? '' : `.${fraction}`}p${formatExponent(exponent + 60)}`;
}

/** `value` with its lowest `bits` bits made zero, rounded. */
function roundedToEven(value: bigint, bits: bigint): bigint {
  const unit = 1n << bits;
  const rest = value & (unit - 1n);
  const down = value - rest;
  const isUp = rest * 2n > unit || (rest * 2n === unit && ((down >> bits) & 1n) === 1n);
  return isUp ? down + unit : down;
}
