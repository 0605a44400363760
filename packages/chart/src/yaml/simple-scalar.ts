import type { Value, ValueMap } from '../value/value.ts';
import { resolveScalar } from './resolve-scalar.ts';
import { printValue } from '../value/print.ts';

/** Thrown for what only the full reader understands. */
export class NotSimple extends Error {}

const DOUBLE_QUOTED = /"((?:[^"\\\t]|\\["\\/nt])*)"/y;
const SINGLE_QUOTED = /'((?:[^'\t]|'')*)'/y;
const ENDS = / *(?:$| #)/y;
/** A plain scalar between brackets: words and paths, nothing that means something there. */
const FLOW_PLAIN = /[A-Za-z0-9_./*$(][\w./*$() -]*/y;
/** What a plain scalar does not start with, or not without rules of its own. */
const INDICATORS: ReadonlySet<string> = new Set('\t,?:!&*|>%@`#{}[]');
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t' };
const MAX_DEPTH = 100;

/** The value of the scalar, or of the collection in brackets, that `text` is; a comment may follow it. */
export function scalarAt(text: string): Value {
  const first = text[0] ?? '';
  if (first === '"' || first === "'" || first === '{' || first === '[') {
    const flow = new FlowReader(text);
    const value = flow.readNode();
    flow.finish();
    return value;
  }
  if (INDICATORS.has(first) || /^-(?: |$)/.test(text)) throw new NotSimple();
  const comment = text.indexOf(' #');
  const plain = text.slice(0, comment < 0 ? undefined : comment).replace(/ +$/, '');
  if (/: |:$|\t/.test(plain)) throw new NotSimple();
  return resolvedValue(plain);
}

/** What a plain scalar means. */
export function resolvedValue(text: string): Value {
  const resolved = resolveScalar(text);
  switch (resolved.tag) {
    case 'null':
      return null;
    case 'bool':
      return resolved.value;
    case 'int':
      return Number(resolved.value);
    case 'float':
      if (!Number.isFinite(resolved.value)) throw new NotSimple();
      return resolved.value;
    default:
      return text;
  }
}

/** Reads quoted scalars, and what stands in brackets. */
class FlowReader {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  finish(): void {
    ENDS.lastIndex = this.#at;
    if (!ENDS.test(this.#text)) throw new NotSimple();
  }

  readNode(): Value {
    switch (this.#text[this.#at]) {
      case '"':
        return unescape(this.#match(DOUBLE_QUOTED)[1] ?? '');
      case "'":
        return (this.#match(SINGLE_QUOTED)[1] ?? '').replaceAll("''", "'");
      case '{':
        return this.#within('}', () => this.#readMap());
      case '[':
        return this.#within(']', () => this.#readList());
      default:
        return resolvedValue(this.#readPlain());
    }
  }

  #readPlain(): string {
    return this.#match(FLOW_PLAIN)[0].replace(/ +$/, '');
  }

  #within<T>(bracket: string, read: () => T): T {
    if (++this.#depth > MAX_DEPTH) throw new NotSimple();
    this.#at++;
    this.#skipSpaces();
    const value = read();
    if (this.#text[this.#at] !== bracket) throw new NotSimple();
    this.#at++;
    this.#depth--;
    return value;
  }

  #readList(): Value[] {
    const list: Value[] = [];
    while (this.#text[this.#at] !== ']') {
      list.push(this.readNode());
      this.#separate();
    }
    return list;
  }

  #readMap(): ValueMap {
    const map: ValueMap = new Map();
    while (this.#text[this.#at] !== '}') {
      const key = this.#readKey();
      // Without a space only JSON would see two parts here.
      if (!this.#text.startsWith(': ', this.#at) || map.has(key)) throw new NotSimple();
      this.#at++;
      this.#skipSpaces();
      map.set(key, this.readNode());
      this.#separate();
    }
    return map;
  }

  #readKey(): string {
    const first = this.#text[this.#at];
    if (first === '"' || first === "'") return printValue(this.readNode());
    const plain = this.#readPlain();
    if (resolveScalar(plain).tag !== 'str') throw new NotSimple();
    return plain;
  }

  /** Walks over the comma between two entries, or to the bracket after the last. */
  #separate(): void {
    this.#skipSpaces();
    if (this.#text[this.#at] !== ',') return;
    this.#at++;
    this.#skipSpaces();
    if (this.#text[this.#at] === ',') throw new NotSimple();
  }

  #skipSpaces(): void {
    while (this.#text[this.#at] === ' ') this.#at++;
  }

  #match(expression: RegExp): RegExpExecArray {
    expression.lastIndex = this.#at;
    const match = expression.exec(this.#text);
    if (match === null) throw new NotSimple();
    this.#at = expression.lastIndex;
    return match;
  }
}

function unescape(text: string): string {
  return text.replaceAll(/\\(.)/g, (_, character: string) => ESCAPES[character] ?? character);
}
