import type { Dice } from '../dice.ts';
import { NASTY_TEXTS } from './words.ts';

/** The names that every generated values file has, each with the type that its first letter says. */
export const VALUE_NAMES = ['s1', 's2', 'i1', 'i2', 'f1', 'b1', 'b2', 'l1', 'l2', 'd1', 'd2', 'n1'] as const;

const NUMBERS = [
  '0',
  '1',
  '-1',
  '2',
  '3',
  '7',
  '10',
  '42',
  '100',
  '-7',
  '1000000',
  '1e6',
  '123456789',
  '2147483648',
  '9007199254740993',
  '9223372036854775807',
  '1e20',
  '1e21',
  '-0',
] as const;
const FRACTIONS = [
  '0.5',
  '-1.5',
  '3.14',
  '1e-7',
  '0.1',
  '2.5',
  '1.0',
  '123456.789',
  '1e300',
  '0.000001',
  '1234567.5',
  '99999.995',
] as const;

/** A values file in JSON, which YAML reads as well. */
export function valuesText(dice: Dice): string {
  const entries = VALUE_NAMES.map((name) => `${jsonText(name)}: ${valueOf(name, dice)}`);
  return `{${entries.join(', ')}}`;
}

function valueOf(name: string, dice: Dice): string {
  switch (name[0]) {
    case 's':
      return jsonText(dice.pick(NASTY_TEXTS));
    case 'i':
      return dice.pick(NUMBERS);
    case 'f':
      return dice.pick(FRACTIONS);
    case 'b':
      return dice.pick(['true', 'false']);
    case 'l':
      return listText(dice, 2);
    case 'd':
      return dictText(dice, 2);
    default:
      return 'null';
  }
}

function anyText(dice: Dice, depth: number): string {
  if (depth > 0 && dice.chance(35)) return dice.chance(50) ? listText(dice, depth - 1) : dictText(dice, depth - 1);
  return dice.pick([
    () => jsonText(dice.pick(NASTY_TEXTS)),
    () => jsonText(dice.pick(NASTY_TEXTS)),
    () => dice.pick(NUMBERS),
    () => dice.pick(FRACTIONS),
    () => dice.pick(['true', 'false', 'null']),
  ])();
}

function listText(dice: Dice, depth: number): string {
  if (dice.chance(40)) {
    return `[${dice.some(0, 4, () => jsonText(dice.pick(NASTY_TEXTS))).join(', ')}]`;
  }
  return `[${dice.some(0, 4, () => anyText(dice, depth)).join(', ')}]`;
}

/** Keys are those that templates ask for, and some that are hard to write. */
function dictText(dice: Dice, depth: number): string {
  const keys = new Set(
    dice.some(0, 4, () => (dice.chance(75) ? dice.pick(['a', 'b', 'c', 'k']) : dice.pick(NASTY_TEXTS))),
  );
  return `{${[...keys].map((key) => `${jsonText(key)}: ${anyText(dice, depth)}`).join(', ')}}`;
}

/** Signs that YAML refuses or folds as they stand are escaped, so that every values file can be read. */
function jsonText(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[\u007f-\u00a0\u2028\u2029\ufeff\ufffe\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
