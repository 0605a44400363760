const LETTER = /\p{L}/u;
const DIGIT = /\p{Nd}/u;

/** The order in which Go's yaml writes keys: numbers inside them count as numbers, so `a2` comes before `a10`. */
export function compareKeys(a: string, b: string): number {
  if (isSimple(a) && isSimple(b)) return a < b ? -1 : a > b ? 1 : 0;
  const left = [...a];
  const right = [...b];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const x = left[i] ?? '';
    const y = right[i] ?? '';
    if (x !== y) return compareAt(left, right, i);
  }
  return left.length - right.length;
}

/** Letters alone: nothing to count, and code order is the order. */
function isSimple(key: string): boolean {
  return /^[A-Za-z]+$/.test(key);
}

function compareAt(left: readonly string[], right: readonly string[], i: number): number {
  const x = left[i] ?? '';
  const y = right[i] ?? '';
  const [xLetter, yLetter] = [LETTER.test(x), LETTER.test(y)];
  if (xLetter && yLetter) return comparePoints(x, y);
  if (xLetter || yLetter) return yLetter ? -1 : 1;
  const lead = x === '0' || y === '0' ? leadingDigit(left, i) : 0n;
  const [xNumber, xEnd] = readNumber(left, i, lead);
  const [yNumber, yEnd] = readNumber(right, i, lead);
  if (xNumber !== yNumber) return xNumber < yNumber ? -1 : 1;
  if (xEnd !== yEnd) return xEnd - yEnd;
  return comparePoints(x, y);
}

/** A zero after other digits is part of their number. */
function leadingDigit(chars: readonly string[], i: number): bigint {
  for (let j = i - 1; j >= 0 && DIGIT.test(chars[j] ?? ''); j--) if (chars[j] !== '0') return 1n;
  return 0n;
}

function readNumber(chars: readonly string[], start: number, lead: bigint): [number: bigint, end: number] {
  let number = lead;
  let end = start;
  while (DIGIT.test(chars[end] ?? '')) {
    number = BigInt.asIntN(64, number * 10n + BigInt((chars[end]?.codePointAt(0) ?? 48) - 48));
    end++;
  }
  return [number, end];
}

function comparePoints(x: string, y: string): number {
  return (x.codePointAt(0) ?? 0) - (y.codePointAt(0) ?? 0);
}
