import type { Dice } from '../dice.ts';
import type { Question } from '../helm-driver.ts';
import { NASTY_TEXTS } from './words.ts';

const PIECES = [
  'a',
  'b',
  'c',
  'k',
  'a.b',
  'l1',
  'd1',
  'd1.a',
  'l1[0]',
  'l1[2]',
  'l1[0].a',
  'a[1][0]',
  'a[0].b.c',
  '',
  '.',
  '[',
  '[0',
  '[-1]',
  '[x]',
  '[70000]',
  'a\\.b',
  'a\\,b',
  'n1',
  's1',
  'n1.x',
  '한',
  'a b',
  'a[0]x',
  'i1[0]',
  '"q"',
] as const;
const SCALARS = [
  '1',
  'x',
  '',
  'true',
  'TRUE',
  'null',
  'Null',
  '0',
  '00',
  '007',
  '-1',
  '+5',
  '1.5',
  '1e3',
  '0x10',
  '9223372036854775807',
  '9223372036854775808',
  'a\\,b',
  'a\\=b',
  'a=b',
  '{',
  '}',
  '{}',
  '{1,2}',
  '{a,{b}}',
  '{,}',
  '{a',
  '{a}b',
  '{true,null,0}',
  ' x ',
  '\\',
  '\\\\',
  'a\\nb',
  '[1,2]',
  '{"a":1}',
  '"s"',
  "'s'",
  '1_0',
  '[',
  '{"a":{"b":null}}',
  '[{"a":1},2]',
  '1 2',
  '{"a":1} ,',
] as const;
const KINDS = ['set', 'set', 'set-string', 'set-json', 'set-literal'] as const;
const BASES = [
  '{}',
  '{"a": 1}',
  '{"a": {"b": {"c": 1}}}',
  '{"l1": [1, {"a": 2}, [3]]}',
  '{"s1": "x", "n1": null, "d1": {"a": 1}, "i1": 5, "l1": []}',
  '{"a": [[1, 2], [3]]}',
] as const;

/** The text of one `--set`-like flag and what it is laid on. */
export function setQuestion(dice: Dice): Question {
  const text = dice.some(1, 3, () => assignment(dice)).join(dice.chance(90) ? ',' : dice.pick([', ', ';', ',,']));
  return { kind: dice.pick(KINDS), text, values: dice.pick(BASES) };
}

function assignment(dice: Dice): string {
  const key = dice.chance(75)
    ? dice.pick(PIECES)
    : `${dice.pick(PIECES)}${dice.pick(['.', '[1]', ''])}${dice.pick(PIECES)}`;
  const value = dice.chance(80) ? dice.pick(SCALARS) : dice.pick(NASTY_TEXTS);
  return `${key}${dice.chance(95) ? '=' : ''}${value}`;
}
