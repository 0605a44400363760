import type { Dice } from '../dice.ts';
import { Expressions } from './expressions.ts';
import { FUNCTION_SIGNATURES } from './functions.ts';
import { NASTY_TEXTS } from './words.ts';

/** A whole template: text and actions of every kind, nested a few levels deep. */
export function templateText(dice: Dice): string {
  const text = new TemplateWriter(dice).body(2);
  return dice.chance(7) ? mutated(dice, text) : text;
}

/** One call with its result made visible, which is where most differences are. */
export function callText(dice: Dice): string {
  const call = new Expressions(dice).callOf(dice.pick(FUNCTION_SIGNATURES), 1);
  return dice.pick([
    `{{ ${call} }}`,
    `{{ ${call} | toJson }}`,
    `{{ ${call} | printf "%#v" }}`,
    `{{ ${call} | quote }}`,
    `{{ ${call} | toYaml }}`,
    `{{ typeOf (${call}) }}`,
  ]);
}

export function printfText(dice: Dice): string {
  const signature = FUNCTION_SIGNATURES.find(({ name }) => name === 'printf');
  return `{{ ${new Expressions(dice).callOf(signature ?? dice.pick(FUNCTION_SIGNATURES), 1)} }}`;
}

class TemplateWriter {
  readonly #dice: Dice;
  readonly #expressions: Expressions;
  #names = 0;
  #loops = 0;

  constructor(dice: Dice) {
    this.#dice = dice;
    this.#expressions = new Expressions(dice);
  }

  body(depth: number): string {
    const known = this.#expressions.variables.length;
    const text = this.#dice.some(1, 3, () => this.#node(depth)).join('');
    this.#expressions.variables.length = known;
    return text;
  }

  #node(depth: number): string {
    const dice = this.#dice;
    if (dice.chance(25))
      return dice
        .pick([' ', '\n', 'text', '  \n\t', '}', '"', '{', '한', 'a: b\n', ...NASTY_TEXTS])
        .replaceAll('{{', '');
    if (depth === 0 || dice.chance(40)) return this.#action(this.#expression('a', 2));
    return dice.pick([
      () => this.#branch('if', depth),
      () => this.#branch('with', depth),
      () => this.#range(depth),
      () => this.#assignment(),
      () => this.#definition(depth),
      () => this.#block(depth),
      () => `{{${dice.pick(['- ', ''])}/* ${dice.pick(['comment', '"', '{{', 'a\nb'])} */${dice.pick([' -', ''])}}}`,
      () => (this.#loops > 0 ? this.#action(dice.pick(['break', 'continue'])) : this.#action('nil | quote')),
    ])();
  }

  #action(inner: string): string {
    const dice = this.#dice;
    return `${dice.chance(15) ? '{{- ' : '{{ '}${inner}${dice.chance(15) ? ' -}}' : ' }}'}`;
  }

  #expression(type: string, depth: number): string {
    const dice = this.#dice;
    const text = dice.chance(50) ? this.#expressions.call(type, depth - 1) : this.#expressions.ofType(type, depth);
    if (text === 'nil') return '"nil"';
    if (dice.chance(10))
      return `${text} | ${dice.pick(['quote', 'toJson', 'toYaml', 'toString', 'len', 'kindOf', 'upper', 'default "d"', 'not', 'print', 'printf "%v"'])}`;
    return text;
  }

  #branch(keyword: 'if' | 'with', depth: number): string {
    const dice = this.#dice;
    const variable = dice.chance(25) ? this.#newVariable() : undefined;
    const condition = this.#expression(dice.pick(['a', 'b', 'd', 'l']), 1);
    let text = this.#action(`${keyword} ${variable === undefined ? '' : `${variable} := `}${condition}`);
    const known = this.#expressions.variables.length;
    if (variable !== undefined) this.#expressions.variables.push(variable);
    text += this.body(depth - 1);
    if (dice.chance(30)) text += this.#action(`else ${keyword} ${this.#expression('a', 1)}`) + this.body(depth - 1);
    if (dice.chance(40)) text += this.#action('else') + this.body(depth - 1);
    this.#expressions.variables.length = known;
    return text + this.#action('end');
  }

  #range(depth: number): string {
    const dice = this.#dice;
    const names = dice.some(0, 2, () => this.#newVariable());
    const over = dice.chance(15)
      ? dice.pick(['3', '0', '-1', '(int 2)', '(int64 3)', '(len "abc")'])
      : this.#expression(dice.pick(['l', 'd']), 1);
    const head = names.length === 0 ? '' : `${names.join(', ')} := `;
    const known = this.#expressions.variables.length;
    this.#expressions.variables.push(...names);
    this.#loops++;
    let text = this.#action(`range ${head}${over}`) + this.body(depth - 1);
    this.#loops--;
    this.#expressions.variables.length = known;
    if (dice.chance(30)) text += this.#action('else') + this.body(depth - 1);
    return text + this.#action('end');
  }

  #assignment(): string {
    const dice = this.#dice;
    const { variables } = this.#expressions;
    if (variables.length > 0 && dice.chance(50))
      return this.#action(`${dice.pick(variables)} = ${this.#expression('a', 1)}`);
    const name = this.#newVariable();
    const text = this.#action(`${name} := ${this.#expression('a', 1)}`);
    variables.push(name);
    return text;
  }

  #definition(depth: number): string {
    const dice = this.#dice;
    const name = `t${this.#names++}`;
    const inner = new TemplateWriter(dice);
    inner.#names = this.#names + 10;
    const definition = `${this.#action(`define "${name}"`)}${inner.body(depth - 1)}${this.#action('end')}`;
    const data = this.#expressions.ofType('a', 1);
    const use = dice.pick([
      () => `include "${name}" ${data}`,
      () => `template "${name}" ${data}`,
      () => `include "${name}" ${data} | nindent 2`,
      () => `template "${name}"`,
      () => `include "${dice.pick([name, 'nowhere'])}" .`,
      () =>
        `tpl ${dice.pick(['"{{ . }}"', '"{{ .Values.s1 }}"', '"{{ include \\"t0\\" . }}"', '$.Values.s1', '"{{ fail \\"x\\" }}"'])} ${data}`,
    ])();
    return definition + this.#action(use);
  }

  #block(depth: number): string {
    const inner = new TemplateWriter(this.#dice);
    inner.#names = this.#names + 20;
    return `${this.#action(`block "b${this.#names++}" ${this.#expressions.ofType('a', 1)}`)}${inner.body(depth - 1)}${this.#action('end')}`;
  }

  #newVariable(): string {
    return `$v${this.#names++}`;
  }
}

/** One sign taken out, doubled or put in: mostly something that must be refused. */
function mutated(dice: Dice, text: string): string {
  const chars = [...text];
  const at = dice.below(chars.length + 1);
  const insert = dice.pick([
    '{{',
    '}}',
    '(',
    ')',
    '"',
    '|',
    '.',
    '$',
    ':=',
    '=',
    ',',
    'end',
    'else',
    '`',
    "'",
    '-',
    ' ',
    '0',
    'é',
    '\\',
    '@',
    '/*',
    '*/',
    '\u0000',
  ]);
  const removed = dice.chance(50) ? dice.below(3) : 0;
  chars.splice(at, removed, ...(dice.chance(60) ? [insert] : []));
  return chars.join('');
}
