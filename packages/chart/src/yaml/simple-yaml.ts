import type { Value, ValueMap } from '../value/value.ts';
import { resolveScalar } from './resolve-scalar.ts';
import { NotSimple, scalarAt } from './simple-scalar.ts';

/** Control characters, line ends of other kinds, halves of characters: the full reader knows what they mean. */
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const UNUSUAL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]/u;
/** A key that means itself, or a quoted one without escapes. */
const KEY = /(?:([A-Za-z_][\w./-]*)|"([^"\\\t]*)"|'([^'\t]*)'):(?= |$)/y;
const LITERAL = /\|(-?) *$/y;
const MAX_DEPTH = 100;
const MAX_KEY_LENGTH = 1000;
const END = -1;

/**
 * Reads the YAML that nearly all manifests are written in: block maps and lists, scalars on one line, literal blocks. Takes a
 * small part of the time that the full reader takes, and gives the same; undefined for whatever else stands in `text`, right
 * or wrong.
 */
export function readSimpleYaml(text: string, uniqueKeys = false): { readonly value: Value } | undefined {
  if (UNUSUAL.test(text)) return undefined;
  try {
    return { value: new SimpleReader(text.split('\n'), uniqueKeys).readDocument() };
  } catch (error) {
    if (error instanceof NotSimple) return undefined;
    throw error;
  }
}

class SimpleReader {
  readonly #lines: string[];
  readonly #uniqueKeys: boolean;
  #at = 0;
  #depth = 0;

  constructor(lines: string[], uniqueKeys: boolean) {
    this.#lines = lines;
    this.#uniqueKeys = uniqueKeys;
  }

  readDocument(): Value {
    if (this.#lines[0] === '---') this.#at = 1;
    const indent = this.#nextIndent();
    const value = indent === END ? null : this.#readBlock(indent);
    if (this.#nextIndent() !== END) throw new NotSimple();
    return value;
  }

  /** Walks to the next line that is neither empty nor a comment, and tells how far it is indented. */
  #nextIndent(): number {
    for (; this.#at < this.#lines.length; this.#at++) {
      const line = this.#line();
      const indent = indentOf(line);
      if (indent < line.length && line[indent] !== '#') return indent;
    }
    return END;
  }

  #line(): string {
    return this.#lines[this.#at] ?? '';
  }

  #readBlock(indent: number): Value {
    if (++this.#depth > MAX_DEPTH) throw new NotSimple();
    const value = this.#readNode(indent);
    this.#depth--;
    return value;
  }

  #readNode(indent: number): Value {
    const line = this.#line();
    if (isItem(line, indent)) return this.#readList(indent);
    if (keyAt(line, indent) !== undefined) return this.#readMap(indent);
    // Between documents.
    if (/^(?:---|\.\.\.)/.test(line)) throw new NotSimple();
    this.#at++;
    // A scalar on a line of its own; one that goes on below would be told apart from what follows by rules of its own.
    const value = scalarAt(line.slice(indent));
    if (this.#nextIndent() >= indent) throw new NotSimple();
    return value;
  }

  #readMap(indent: number): ValueMap {
    const map: ValueMap = new Map();
    for (;;) {
      const here = this.#nextIndent();
      if (here > indent) throw new NotSimple();
      if (here < indent) return map;
      const line = this.#line();
      const key = keyAt(line, indent);
      if (key === undefined || (this.#uniqueKeys && map.has(key))) throw new NotSimple();
      const start = KEY.lastIndex;
      this.#at++;
      const value = this.#readValue(line, start, indent);
      map.set(key, value === undefined ? this.#readBelow(indent, true) : value);
    }
  }

  #readList(indent: number): Value[] {
    const list: Value[] = [];
    for (;;) {
      const here = this.#nextIndent();
      if (here > indent) throw new NotSimple();
      const line = this.#line();
      if (here < indent || !isItem(line, indent)) return list;
      const start = skipSpaces(line, indent + 1);
      if (isItem(line, start) || keyAt(line, start) !== undefined) {
        // A collection that starts on the line of its dash reads as if the dash were a space.
        this.#lines[this.#at] = ' '.repeat(start) + line.slice(start);
        list.push(this.#readBlock(start));
      } else {
        this.#at++;
        const value = this.#readValue(line, start, indent);
        list.push(value === undefined ? this.#readBelow(indent, false) : value);
      }
    }
  }

  /** What stands on the lines below a key or a dash that nothing follows: a collection, or null. */
  #readBelow(indent: number, isKey: boolean): Value {
    const here = this.#nextIndent();
    if (here > indent || (isKey && here === indent && isItem(this.#line(), here))) return this.#readBlock(here);
    return null;
  }

  /** The scalar that starts on this line; undefined when nothing does. An explicit null is null. */
  #readValue(line: string, from: number, indent: number): Value {
    const start = skipSpaces(line, from);
    if (start === line.length || (line[start] === '#' && line[start - 1] === ' ')) return undefined;
    if (line[start] === '|') return this.#readLiteral(line, start, indent);
    return scalarAt(this.#withContinuation(line.slice(start), indent));
  }

  /** A scalar that goes on below is one with a space where each of its lines ends. */
  #withContinuation(text: string, indent: number): string {
    let joined = text;
    for (; this.#at < this.#lines.length; this.#at++) {
      const line = this.#line();
      const here = indentOf(line);
      // A comment ends a scalar too; if it is a quoted one, it is not closed now.
      if (here === line.length || here <= indent || line[here] === '#') break;
      if (/ #|\\ *$/.test(joined)) throw new NotSimple();
      joined = `${joined.replace(/ +$/, '')} ${line.slice(here)}`;
    }
    // Lines left empty are part of a scalar that goes on.
    if (this.#nextIndent() > indent) throw new NotSimple();
    return joined;
  }

  #readLiteral(header: string, start: number, parentIndent: number): string {
    const [, chomp] = matchAt(LITERAL, header, start) ?? [];
    if (chomp === undefined) throw new NotSimple();
    const first = this.#at;
    const contentIndent = this.#nonBlankIndent();
    const blanks = this.#lines.slice(first, this.#at);
    if (contentIndent <= parentIndent || blanks.some((line) => line.length > contentIndent)) throw new NotSimple();
    const content: string[] = blanks.map(() => '');
    let end = content.length;
    for (; this.#at < this.#lines.length; this.#at++) {
      const line = this.#line();
      const indent = indentOf(line);
      const isBlank = indent === line.length;
      if (!isBlank && indent < contentIndent) break;
      content.push(line.slice(contentIndent));
      if (!isBlank) end = content.length;
      else if (indent > contentIndent) throw new NotSimple();
    }
    // At the end of a text that does not end its last line.
    if (this.#at === this.#lines.length && this.#lines.at(-1) !== '') throw new NotSimple();
    if (this.#at < this.#lines.length && indentOf(this.#line()) > parentIndent) throw new NotSimple();
    content.length = end;
    return content.join('\n') + (chomp === '' ? '\n' : '');
  }

  /** Walks to the next line that is not empty; comments count. */
  #nonBlankIndent(): number {
    for (; this.#at < this.#lines.length; this.#at++) {
      const line = this.#line();
      const indent = indentOf(line);
      if (indent < line.length) return indent;
    }
    return END;
  }
}

function indentOf(line: string): number {
  return skipSpaces(line, 0);
}

function skipSpaces(line: string, from: number): number {
  let at = from;
  while (line.charCodeAt(at) === 0x20) at++;
  return at;
}

function isItem(line: string, indent: number): boolean {
  return line[indent] === '-' && (indent + 1 === line.length || line[indent + 1] === ' ');
}

/** The key that stands at `start`; leaves the end of it in `KEY`. */
function keyAt(line: string, start: number): string | undefined {
  const match = matchAt(KEY, line, start);
  if (match === null || KEY.lastIndex - start > MAX_KEY_LENGTH) return undefined;
  const [, plain, double, single] = match;
  if (plain === undefined) return double ?? single;
  return resolveScalar(plain).tag === 'str' ? plain : undefined;
}

function matchAt(expression: RegExp, line: string, start: number): RegExpExecArray | null {
  expression.lastIndex = start;
  return expression.exec(line);
}
