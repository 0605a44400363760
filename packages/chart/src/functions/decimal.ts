import { formatDecimal } from '../value/float.ts';

/** A decimal number: `digits × 10^-scale`. */
interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

/** How many digits a quotient keeps; sprig's library keeps as many. */
const DIVISION_SCALE = 16;

function fromFloat(x: number): Decimal {
  const [whole = '0', fraction = ''] = formatDecimal(x).split('.');
  return { digits: BigInt(whole + fraction), scale: fraction.length };
}

function toFloat({ digits, scale }: Decimal): number {
  return Number(`${digits}e-${scale}`);
}

/** Computes on decimal texts, so that 0.1 + 0.2 is 0.3. Infinite operands are computed as floats. */
export function computeDecimal(operation: 'add' | 'sub' | 'mul' | 'div', operands: readonly number[]): number {
  const [first = 0, ...rest] = operands;
  let result = fromFloat(first);
  for (const operand of rest) result = compute(operation, result, fromFloat(operand));
  return toFloat(result);
}

function compute(operation: 'add' | 'sub' | 'mul' | 'div', a: Decimal, b: Decimal): Decimal {
  if (operation === 'mul') return { digits: a.digits * b.digits, scale: a.scale + b.scale };
  const scale = Math.max(a.scale, b.scale);
  const x = a.digits * 10n ** BigInt(scale - a.scale);
  const y = b.digits * 10n ** BigInt(scale - b.scale);
  if (operation === 'add') return { digits: x + y, scale };
  if (operation === 'sub') return { digits: x - y, scale };
  return { digits: divideRounded(x * 10n ** BigInt(DIVISION_SCALE), y), scale: DIVISION_SCALE };
}

/** Rounds half away from zero. */
function divideRounded(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  const rest = a % b;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  if (twice < (b < 0n ? -b : b)) return quotient;
  return a < 0n === b < 0n ? quotient + 1n : quotient - 1n;
}
