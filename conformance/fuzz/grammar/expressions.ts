import type { Dice } from '../dice.ts';
import { formatText } from './formats.ts';
import { FUNCTION_SIGNATURES, type Signature } from './functions.ts';
import { VALUE_NAMES } from './values.ts';
import {
  CONSTRAINTS,
  DURATIONS,
  LAYOUTS,
  MOMENTS,
  NASTY_TEXTS,
  PATTERNS,
  REPLACEMENTS,
  SHORT_TEXTS,
  VERSIONS,
  ZONES,
} from './words.ts';

const INTEGERS = ['0', '1', '2', '3', '-1', '5', '10', '-3', '80'] as const;
const NUMBERS = [
  ...INTEGERS,
  '0x1F',
  '1_000',
  '0b11',
  '0o17',
  '017',
  '1.5',
  '-0.25',
  '1e3',
  '1e-9',
  '.5',
  '100000000',
  '2147483648',
  '9223372036854775807',
  '1e20',
  '0x1p4',
  "'a'",
  "'\\n'",
  "'가'",
] as const;
const KEYS = ['"a"', '"b"', '"c"', '"k"', '"missing"'] as const;
/** Numbers as large as this would have repeat and until write gigabytes. */
const SMALL_ONLY: ReadonlySet<string> = new Set([
  'repeat',
  'until',
  'untilStep',
  'seq',
  'indent',
  'nindent',
  'round',
  'wrap',
  'wrapWith',
]);

/** Expressions of templates. What is in scope besides the values decides which variables there are. */
export class Expressions {
  readonly #dice: Dice;
  readonly variables: string[] = [];

  constructor(dice: Dice) {
    this.#dice = dice;
  }

  /** An expression of about this type; a few are of another, to be refused. */
  ofType(type: string, depth: number): string {
    const dice = this.#dice;
    const wanted = dice.chance(4) ? dice.pick(['s', 'i', 'n', 'b', 'l', 'd', 'a', 't']) : type;
    if (depth > 0 && dice.chance(wanted === 'a' || 'snbldti'.includes(wanted) ? 45 : 5))
      return `(${this.call(wanted, depth - 1)})`;
    return this.#leaf(wanted, depth);
  }

  /** A call of a function that gives `type`, sometimes written as a pipeline. */
  call(type: string, depth: number): string {
    const dice = this.#dice;
    const fitting = FUNCTION_SIGNATURES.filter(({ gives }) => gives === type || type === 'a' || gives === 'a');
    return this.callOf(dice.pick(fitting), depth);
  }

  callOf(signature: Signature, depth: number): string {
    const dice = this.#dice;
    const args = this.#argumentsOf(signature, depth);
    if (dice.chance(2)) args.pop();
    if (dice.chance(2)) args.push(this.ofType('a', 0));
    const last = args.at(-1);
    if (last !== undefined && dice.chance(30)) return `${last} | ${[signature.name, ...args.slice(0, -1)].join(' ')}`;
    return [signature.name, ...args].join(' ');
  }

  #argumentsOf({ name, takes }: Signature, depth: number): string[] {
    const types: string[] = [];
    for (const letter of takes) {
      if (letter === '*') types.push(...this.#dice.some(0, 2, () => types.at(-1) ?? 'a'));
      else types.push(letter);
    }
    if (!SMALL_ONLY.has(name)) return types.map((type) => this.ofType(type, depth));
    return types.map((type) => (type === 'i' || type === 'n' ? this.#dice.pick(INTEGERS) : this.ofType(type, depth)));
  }

  #leaf(type: string, depth: number): string {
    const dice = this.#dice;
    switch (type) {
      case 's':
        return dice.chance(30) ? this.#value('s') : literal(dice, dice.pick(NASTY_TEXTS));
      case 'S':
        return literal(dice, dice.pick(SHORT_TEXTS));
      case 'i':
        return dice.chance(15) ? this.#value('i') : dice.pick(INTEGERS);
      case 'n':
        return dice.chance(40) ? this.#value(dice.pick(['i', 'f'])) : dice.pick(NUMBERS);
      case 'b':
        return dice.chance(30) ? this.#value('b') : dice.pick(['true', 'false']);
      case 'l':
        return dice.chance(60)
          ? this.#value('l')
          : `(list ${dice.some(0, 3, () => this.ofType('a', depth - 1)).join(' ')})`;
      case 'd':
        return dice.chance(60) ? this.#value('d') : `(dict ${dice.pick(KEYS)} ${this.ofType('a', depth - 1)})`;
      case 'K':
        return dice.pick(KEYS);
      default:
        return this.#special(type, depth);
    }
  }

  #special(type: string, depth: number): string {
    const dice = this.#dice;
    const quoted = (choices: readonly string[]): string => literal(dice, dice.pick(choices));
    switch (type) {
      case 'r':
        return quoted(PATTERNS);
      case 'R':
        return quoted(REPLACEMENTS);
      case 'v':
        return quoted(VERSIONS);
      case 'c':
        return quoted(CONSTRAINTS);
      case 'L':
        return quoted(LAYOUTS);
      case 'Z':
        return quoted(ZONES);
      case 'D':
        return quoted(DURATIONS);
      case 't':
        return `(toDate "2006-01-02" ${quoted(MOMENTS)})`;
      case 'F':
        return literal(dice, formatText(dice));
      default:
        return this.#anything(depth);
    }
  }

  #anything(depth: number): string {
    const dice = this.#dice;
    if (this.variables.length > 0 && dice.chance(35)) return dice.pick(this.variables);
    const choices = [
      '$.Values',
      'nil',
      '.Values.d1.a',
      '.Values.d1.b.a',
      '.Values.missing',
      '$.Values.n1',
      '.Chart.Name',
      '.Release.IsInstall',
    ];
    if (dice.chance(12)) return dice.pick(choices);
    return this.#leaf(dice.pick(['s', 'i', 'n', 'b', 'l', 'd']), depth);
  }

  #value(letter: string): string {
    const name = this.#dice.pick(VALUE_NAMES.filter((candidate) => candidate.startsWith(letter)));
    return this.#dice.chance(85) ? `$.Values.${name}` : `(index $.Values "${name}")`;
  }
}

/** A text literal of Go: quoted with escapes, or raw where that is possible. */
export function literal(dice: Dice, text: string): string {
  if (dice.chance(15) && !text.includes('`') && !text.includes('\r') && !text.includes('\u0000')) return `\`${text}\``;
  return `"${[...text].map(escaped).join('')}"`;
}

function escaped(char: string): string {
  if (char === '"' || char === '\\') return `\\${char}`;
  if (char === '\n') return '\\n';
  if (char === '\t') return '\\t';
  const point = char.codePointAt(0) ?? 0;
  if (point < 0x20 || point === 0x7f) return `\\x${point.toString(16).padStart(2, '0')}`;
  return point === 0xfeff ? '\\ufeff' : char;
}
