import type { Dice } from '../dice.ts';
import { NASTY_TEXTS } from './words.ts';

const KEYS = [
  'a',
  'b',
  'key',
  'on',
  'n',
  '1',
  '1.5',
  'null',
  '~',
  '"q k"',
  "'s'",
  '? x\n',
  '<<',
  'true',
  '-x',
  '0x1',
  '한국',
] as const;

/** A YAML text in every style, by hand and therefore often odd, and sometimes broken. */
export function yamlText(dice: Dice): string {
  const text = dice.chance(70) ? block(dice, 0, 3) : `${node(dice, 0, 2)}\n`;
  if (dice.chance(85)) return text;
  const at = dice.below(text.length + 1);
  return (
    text.slice(0, at) +
    dice.pick(['\t', ' ', '\n', ':', '-', '"', "'", '[', '}', ',', '#', '&', '*x', '!', '|', '...\n', '---\n', '%']) +
    text.slice(at + dice.below(2))
  );
}

function block(dice: Dice, indent: number, depth: number): string {
  const pad = ' '.repeat(indent);
  if (dice.chance(35)) {
    return dice.some(1, 3, () => `${pad}- ${node(dice, indent + 2, depth - 1).trimStart()}\n`).join('');
  }
  return dice
    .some(
      1,
      4,
      () =>
        `${pad}${dice.chance(80) ? dice.pick(KEYS.slice(0, 3)) + dice.below(9) : dice.pick(KEYS)}: ${node(dice, indent + 2, depth - 1)}\n`,
    )
    .join('');
}

function node(dice: Dice, indent: number, depth: number): string {
  if (depth > 0 && dice.chance(35)) return `\n${block(dice, indent, depth).replace(/\n$/, '')}`;
  return dice.pick([plain, plain, plain, quoted, quoted, blockScalar, flow, anchored])(dice, indent);
}

function plain(dice: Dice): string {
  return dice.pick(NASTY_TEXTS).replaceAll('\n', ' ') + dice.pick(['', '', '', ' # c', ' ']);
}

function quoted(dice: Dice): string {
  const text = dice.pick(NASTY_TEXTS);
  return dice.chance(50) ? JSON.stringify(text) : `'${text.replaceAll("'", "''")}'`;
}

function blockScalar(dice: Dice, indent: number): string {
  const head = `${dice.pick(['|', '>'])}${dice.pick(['', '-', '+', '2', '2-', '+1'])}${dice.pick(['', ' # c'])}`;
  const lines = dice.some(0, 4, () => {
    const pad = ' '.repeat(Math.max(1, indent) + dice.pick([0, 0, 0, 1, 2]));
    return dice.pick(['', `${pad}text`, `${pad}a: b`, `${pad}# no comment`, `${pad}more text `, '   ']);
  });
  return [head, ...lines].join('\n');
}

function flow(dice: Dice): string {
  const item = (): string => dice.pick(['1', 'a', '"b"', 'yes', '~', '[1]', '{a: 1}', 'x y', '', '0o7', '1.0']);
  if (dice.chance(50)) return `[${dice.some(0, 3, item).join(', ')}${dice.pick(['', ',', ' '])}]`;
  return `{${dice.some(0, 3, () => `${dice.pick(['a', 'b', '"c"', '1'])}${dice.pick([': ', ':', ' : '])}${item()}`).join(', ')}}`;
}

function anchored(dice: Dice): string {
  return dice.pick([
    '&x 1',
    '*x',
    '&x {a: 1}',
    '!!str 1',
    '!!int "3"',
    '!!float 1',
    '!!binary aGk=',
    '!!bool yes',
    '!!null ""',
    '!foo bar',
    '!!set {a}',
    '!!timestamp 2001-01-01',
    '&y [1]',
    '*y',
    '!!int x',
    '!!merge <<',
  ]);
}
