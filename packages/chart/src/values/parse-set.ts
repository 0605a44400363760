import { ChartError } from '../error/chart-error.ts';
import type { Values } from '../render/rendered-chart.ts';
import { mapFromPlain, toPlain } from '../value/convert.ts';
import { decodeJson } from '../value/json.ts';
import { typeOf } from '../value/kind.ts';
import { quoteGo } from '../value/quote.ts';
import type { Value, ValueList, ValueMap } from '../value/value.ts';
import { mergeMaps } from './merge-values.ts';

/** Which flag of Helm the text comes from. */
export type SetMode = 'set' | 'set-string' | 'set-json' | 'set-file' | 'set-literal';

const MAX_INDEX = 65_536;
const MAX_NESTING = 30;
const FLAGS: Readonly<Record<Exclude<SetMode, 'set-json'>, string>> = {
  set: '--set',
  'set-string': '--set-string',
  'set-file': '--set-file',
  'set-literal': '--set-literal',
};

/** Gives the content of a file that `--set-file` names. */
export type FileReader = (path: string) => string;

/**
 * Reads the text of one `--set`-like flag and lays it on `base`, which is not changed. `read` is what `set-file` asks for the
 * files that the text names; without one they are empty.
 *
 * Integers become bigints (Go's `int64`). Throws `VALUES_INVALID` in Helm's words.
 */
export function parseSet(text: string, base: Values = {}, mode: SetMode = 'set', read: FileReader = () => ''): Values {
  const target = mapFromPlain(base);
  if (mode === 'set-json' && text.trimStart().startsWith('{')) {
    const given = jsonPrefix(text.trim());
    if (!(given?.value instanceof Map) || given.length < text.trim().length)
      throw invalid(`--set-json data JSON: ${text}`);
    return toPlain(mergeMaps(target, given.value)) as Values;
  }
  new SetParser(text, mode, read).parse(target);
  return toPlain(target) as Values;
}

/** The files that the text of a `--set-file` names: read them first, since reading may take time. */
export function filesNamedIn(text: string): readonly string[] {
  const paths: string[] = [];
  parseSet(text, {}, 'set-file', (path) => {
    paths.push(path);
    return '';
  });
  return paths;
}

function invalid(reason: string): ChartError {
  return new ChartError('VALUES_INVALID', { reason: `failed parsing ${reason}` });
}

interface Piece {
  readonly text: string;
  /** The sign that ended the piece; nothing at the end of the text. */
  readonly stop: string | undefined;
}

/** The text ended inside of a name or an index. Helm then keeps what it has read, and says nothing. */
class EndOfText extends Error {}

class SetParser {
  readonly #chars: readonly string[];
  readonly #mode: SetMode;
  readonly #read: FileReader;
  #at = 0;

  constructor(text: string, mode: SetMode, read: FileReader) {
    this.#chars = [...text];
    this.#mode = mode;
    this.#read = read;
  }

  parse(target: ValueMap): void {
    try {
      while (this.#at < this.#chars.length) this.#key(target, 0);
    } catch (error) {
      if (!(error instanceof EndOfText)) throw error;
    }
  }

  #fail(reason: string): never {
    // Helm repeats the whole text here instead of a reason.
    throw invalid(
      this.#mode === 'set-json' ? `--set-json data ${this.#chars.join('')}` : `${FLAGS[this.#mode]} data: ${reason}`,
    );
  }

  /** Characters up to one of `stops`, which is consumed; a backslash takes the next one as it is. */
  #until(stops: string): Piece {
    let text = '';
    while (this.#at < this.#chars.length) {
      const char = this.#chars[this.#at++] ?? '';
      if (stops.includes(char)) return { text, stop: char };
      if (char === '\\' && this.#mode !== 'set-literal') text += this.#chars[this.#at++] ?? '';
      else text += char;
    }
    return { text, stop: undefined };
  }

  #key(target: ValueMap, level: number): void {
    const { text: name, stop } = this.#until(this.#mode === 'set-literal' ? '=[.' : '=[,.');
    switch (stop) {
      case '=':
        return this.#assign(target, name);
      case '[':
        return this.#indexed(target, name, level);
      case '.':
        return this.#nested(target, name, level + 1);
      case ',':
        return this.#fail(`key ${quoteGo(name)} has no value (cannot end with ,)`);
      default:
        if (name === '') throw new EndOfText();
        return this.#fail(`key ${quoteGo(name)} has no value`);
    }
  }

  #assign(target: ValueMap, name: string): void {
    const isEnd = this.#at >= this.#chars.length;
    setKey(target, name, this.#value());
    if (isEnd && this.#mode !== 'set-literal' && this.#mode !== 'set-json') throw new EndOfText();
  }

  #indexed(target: ValueMap, name: string, level: number): void {
    const index = this.#index();
    const list = this.#listAt(target, name);
    try {
      this.#item(list, index, level);
    } finally {
      setKey(target, name, list);
    }
  }

  #nested(target: ValueMap, name: string, level: number): void {
    if (level > MAX_NESTING) {
      this.#fail(`value name nested level is greater than maximum supported nested level of ${MAX_NESTING}`);
    }
    const existing = target.get(name);
    if (target.has(name) && !(existing instanceof Map)) {
      this.#fail(wrongType(existing, 'map[string]interface {}'));
    }
    const inner = existing instanceof Map ? existing : new Map<string, Value>();
    try {
      this.#key(inner, level);
    } finally {
      if (inner.size > 0) setKey(target, name, inner);
    }
    if (inner.size === 0) this.#fail(`key map ${quoteGo(name)} has no value`);
  }

  #listAt(target: ValueMap, name: string): ValueList {
    const existing = target.get(name);
    if (!target.has(name)) return [];
    if (Array.isArray(existing)) return existing;
    return this.#fail(wrongType(existing, '[]interface {}'));
  }

  #index(): number {
    const { text, stop } = this.#until(']');
    if (stop === undefined) throw new EndOfText();
    if (!/^[+-]?\d+$/.test(text)) {
      this.#fail(`error parsing index: strconv.Atoi: parsing ${quoteGo(text)}: invalid syntax`);
    }
    return Number(text);
  }

  /** What stands after `]`: a value, a further index or a name. */
  #item(list: ValueList, index: number, level: number): ValueList {
    if (index < 0) this.#fail(`negative ${index} index not allowed`);
    const { text, stop } = this.#until('[.=');
    if (text !== '') this.#fail(`unexpected data at end of array index: ${quoteRunes(text)}`);
    const value = this.#itemValue(list, index, { stop, level });
    if (index > MAX_INDEX) {
      this.#fail(`index of ${index} is greater than maximum supported index of ${MAX_INDEX}`);
    }
    while (list.length < index) list.push(null);
    list[index] = value;
    return list;
  }

  #itemValue(
    list: ValueList,
    index: number,
    { stop, level }: { readonly stop: string | undefined; readonly level: number },
  ): Value {
    const existing = list[index] ?? null;
    if (stop === '=') return this.#value();
    if (stop === '[') {
      const next = this.#index();
      if (existing !== null && !Array.isArray(existing)) this.#fail(wrongType(existing, '[]interface {}'));
      return this.#item(existing ?? [], next, level);
    }
    if (stop === undefined) throw new EndOfText();
    const inner = existing instanceof Map ? existing : new Map<string, Value>();
    // What was there is gone even when the text ends here.
    if (index < list.length) list[index] = inner;
    this.#key(inner, level);
    return inner;
  }

  #value(): Value {
    if (this.#mode === 'set-literal') return this.#until('').text;
    if (this.#mode === 'set-json') return this.#json();
    if (this.#chars[this.#at] !== '{') return this.#typed(this.#until(',').text);
    this.#at++;
    const list: ValueList = [];
    for (;;) {
      const { text, stop } = this.#until(',}');
      if (stop === undefined) this.#fail("list must terminate with '}'");
      list.push(this.#typed(text));
      if (stop === '}') break;
    }
    if (this.#chars[this.#at] === ',') this.#at++;
    return list;
  }

  #json(): Value {
    const rest = this.#chars.slice(this.#at).join('');
    const empty = /^\s*(,|$)/.exec(rest);
    if (empty !== null) {
      this.#at += empty[0].length;
      return null;
    }
    const found = jsonPrefix(rest);
    if (found === undefined) return this.#fail(rest);
    this.#at += Array.from(rest.slice(0, found.length)).length;
    this.#at += /^\s*,?/.exec(rest.slice(found.length))?.[0].length ?? 0;
    return found.value;
  }

  #typed(text: string): Value {
    if (this.#mode === 'set-string') return text;
    if (this.#mode === 'set-file') return this.#read(text);
    const lower = text.toLowerCase();
    if (lower === 'true' || lower === 'false') return lower === 'true';
    if (lower === 'null') return null;
    if (text === '0') return 0n;
    if (!text.startsWith('0') && /^[+-]?\d+$/.test(text)) {
      const integer = BigInt(text.replace('+', ''));
      if (BigInt.asIntN(64, integer) === integer) return integer;
    }
    return text;
  }
}

function setKey(target: ValueMap, name: string, value: Value): void {
  if (name !== '') target.set(name, value);
}

/** The JSON value that `text` starts with, and where it ends. */
function jsonPrefix(text: string): { value: Value; length: number } | undefined {
  const length = jsonLength(text);
  if (length === undefined) return undefined;
  try {
    return { value: decodeJson(text.slice(0, length)), length };
  } catch {
    return undefined;
  }
}

/** Where the first JSON value of `text` ends, if it is one. */
function jsonLength(text: string): number | undefined {
  const start = text.search(/\S/);
  const rest = text.slice(start);
  if (!/^[[{]/.test(rest)) {
    const scalar =
      /^(?:"(?:\\.|[^"\\])*"|true|false|null|-?(?:0|[1-9]\d*)(?!\.\D|\.$)(?:\.\d+)?(?:[eE][+-]?\d+)?)/s.exec(rest);
    return scalar === null ? undefined : start + scalar[0].length;
  }
  let depth = 0;
  for (const { 0: sign, index } of rest.matchAll(/"(?:\\.|[^"\\])*"|[[\]{}]/gs)) {
    if (sign === '[' || sign === '{') depth++;
    if (sign === ']' || sign === '}') depth--;
    if (depth === 0) return start + index + 1;
  }
  return undefined;
}

/** A key that goes into a value of another type. */
function wrongType(value: Value, wanted: string): string {
  const found = value === null || value === undefined ? 'nil' : typeOf(value);
  return `unable to parse key: interface conversion: interface {} is ${found}, not ${wanted}`;
}

/** Go's `%q` of `[]rune`. */
function quoteRunes(text: string): string {
  return `[${Array.from(text, (char) => quoteGo(char, { quote: "'" })).join(' ')}]`;
}
