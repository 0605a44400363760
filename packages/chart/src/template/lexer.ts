import { quoteGo } from '../value/quote.ts';
import { scanNumber } from './number.ts';
import { KEYWORDS } from './token.ts';
import type { Token, TokenType } from './token.ts';

const SPACE = ' \t\r\n';
const WORD = /[_\p{L}\p{Nd}]*/uy;
const SINGLE: ReadonlyMap<string, TokenType> = new Map([
  ['=', 'assign'],
  ['|', 'pipe'],
]);

/**
 * Cuts a template into tokens, one at a time, as Go's `text/template` does: text outside of `{{ }}`, and inside
 * of them words, literals and signs. White space is trimmed where `{{-` and `-}}` ask for it.
 *
 * What cannot be a token comes out as one of type `error`; nothing follows it.
 */
export class Lexer {
  readonly #input: string;
  #position = 0;
  #insideAction = false;
  #parenDepth = 0;
  #failed = false;

  constructor(input: string) {
    this.#input = input;
  }

  next(): Token {
    if (this.#failed) return { type: 'eof', position: 0, text: '' };
    return this.#insideAction ? this.#lexAction() : this.#lexText();
  }

  #lexText(): Token {
    for (;;) {
      const start = this.#position;
      const open = this.#input.indexOf('{{', start);
      if (open < 0) {
        this.#position = this.#input.length;
        if (start === this.#position) return { type: 'eof', position: start, text: '' };
        return this.#token('text', start);
      }
      const trims = this.#trimsAfter(open + 2);
      const end = trims ? this.#trimEnd(start, open) : open;
      this.#position = open;
      if (end > start) return { type: 'text', position: start, text: this.#input.slice(start, end) };
      const afterMarker = open + 2 + (trims ? 2 : 0);
      if (!this.#input.startsWith('/*', afterMarker)) {
        this.#position = afterMarker;
        this.#insideAction = true;
        this.#parenDepth = 0;
        return { type: 'leftDelim', position: open, text: '{{' };
      }
      const failure = this.#skipComment(afterMarker);
      if (failure !== undefined) return failure;
    }
  }

  #skipComment(start: number): Token | undefined {
    const close = this.#input.indexOf('*/', start + 2);
    if (close < 0) return this.#error(start, 'unclosed comment');
    const after = close + 2;
    if (this.#input.startsWith('}}', after)) {
      this.#position = after + 2;
      return undefined;
    }
    if (!this.#isTrimmedDelim(after)) return this.#error(start, 'comment ends before closing delimiter');
    this.#position = this.#skipSpace(after + 4);
    return undefined;
  }

  #lexAction(): Token {
    const start = this.#position;
    if (this.#input.startsWith('}}', start) || this.#isTrimmedDelim(start)) {
      if (this.#parenDepth > 0) return this.#error(start, 'unclosed left paren');
      return this.#lexRightDelim();
    }
    const char = this.#input[start];
    if (char === undefined) return this.#error(start, 'unclosed action');
    if (SPACE.includes(char)) return this.#lexSpace(start);
    const single = SINGLE.get(char);
    if (single !== undefined) return this.#take(single, 1);
    switch (char) {
      case ':':
        return this.#input[start + 1] === '=' ? this.#take('declare', 2) : this.#error(start, 'expected :=');
      case '"':
        return this.#lexQuoted('string', '"', 'unterminated quoted string');
      case "'":
        return this.#lexQuoted('charConstant', "'", 'unterminated character constant');
      case '`':
        return this.#lexRawString(start);
      case '$':
        return this.#lexName('variable', start);
      case '(':
        this.#parenDepth++;
        return this.#take('leftParen', 1);
      case ')':
        this.#parenDepth--;
        return this.#parenDepth < 0 ? this.#error(start, 'unexpected right paren') : this.#take('rightParen', 1);
      default:
        return this.#lexOther(start, char);
    }
  }

  #lexOther(start: number, char: string): Token {
    // A dot that ends the text is the start of a number to Go.
    if (char === '.' && /[^0-9]/.test(this.#input[start + 1] ?? '')) {
      const token = this.#lexName('field', start);
      return token.text === '.' ? { ...token, type: 'dot' } : token;
    }
    if (char === '.' || char === '+' || char === '-' || (char >= '0' && char <= '9')) return this.#lexNumber(start);
    const wordEnd = this.#wordEnd(start);
    if (wordEnd > start) return this.#lexWord(start, wordEnd);
    const point = this.#input.codePointAt(start) ?? 0;
    if (point > 0x20 && point < 0x7f) return this.#take('char', 1);
    return this.#error(start, `unrecognized character in action: ${describeRune(point)}`);
  }

  #lexRightDelim(): Token {
    const trims = this.#isTrimmedDelim(this.#position);
    const position = this.#position + (trims ? 2 : 0);
    this.#position = trims ? this.#skipSpace(position + 2) : position + 2;
    this.#insideAction = false;
    return { type: 'rightDelim', position, text: '}}' };
  }

  #lexSpace(start: number): Token {
    let end = this.#skipSpace(start);
    // The last space belongs to a closing `-}}`.
    if (this.#isTrimmedDelim(end - 1)) {
      end--;
      if (end === start) {
        if (this.#parenDepth > 0) return this.#error(start, 'unclosed left paren');
        return this.#lexRightDelim();
      }
    }
    this.#position = end;
    return this.#token('space', start);
  }

  #lexWord(start: number, end: number): Token {
    this.#position = end;
    if (!this.#atTerminator()) return this.#badCharacter(start);
    const word = this.#input.slice(start, end);
    const keyword = KEYWORDS.get(word);
    if (keyword !== undefined) return this.#token(keyword, start);
    return this.#token(word === 'true' || word === 'false' ? 'bool' : 'identifier', start);
  }

  /** A field `.x` or a variable `$x`; the sign alone is one too. */
  #lexName(type: 'field' | 'variable', start: number): Token {
    this.#position = this.#wordEnd(start + 1);
    return this.#atTerminator() ? this.#token(type, start) : this.#badCharacter(start);
  }

  #lexNumber(start: number): Token {
    const first = scanNumber(this.#input, start);
    const sign = this.#input[first.end];
    if (!first.valid) return this.#error(start, `bad number syntax: ${quoteGo(this.#input.slice(start, first.end))}`);
    this.#position = first.end;
    if (sign !== '+' && sign !== '-') return this.#token('number', start);
    const second = scanNumber(this.#input, first.end);
    this.#position = second.end;
    if (second.valid && this.#input[second.end - 1] === 'i') return this.#token('complex', start);
    return this.#error(start, `bad number syntax: ${quoteGo(this.#input.slice(start, second.end))}`);
  }

  #lexQuoted(type: 'string' | 'charConstant', quote: string, failure: string): Token {
    const start = this.#position;
    for (let i = start + 1; i < this.#input.length; i++) {
      const char = this.#input[i];
      if (char === quote) return this.#take(type, i + 1 - start);
      if (char === '\n') break;
      if (char === '\\') {
        i++;
        if (this.#input[i] === '\n') break;
      }
    }
    return this.#error(start, failure);
  }

  #lexRawString(start: number): Token {
    const close = this.#input.indexOf('`', start + 1);
    if (close < 0) return this.#error(start, 'unterminated raw quoted string');
    return this.#take('rawString', close + 1 - start);
  }

  #badCharacter(start: number): Token {
    return this.#error(start, `bad character ${describeRune(this.#input.codePointAt(this.#position) ?? -1)}`);
  }

  #atTerminator(): boolean {
    const char = this.#input[this.#position];
    return char === undefined || ' \t\r\n.,|:)('.includes(char) || this.#input.startsWith('}}', this.#position);
  }

  #wordEnd(start: number): number {
    WORD.lastIndex = start;
    return start + (WORD.exec(this.#input)?.[0].length ?? 0);
  }

  #trimsAfter(at: number): boolean {
    return this.#input[at] === '-' && isSpace(this.#input[at + 1]);
  }

  #isTrimmedDelim(at: number): boolean {
    return isSpace(this.#input[at]) && this.#input.startsWith('-}}', at + 1);
  }

  #skipSpace(from: number): number {
    let end = from;
    while (isSpace(this.#input[end])) end++;
    return end;
  }

  #trimEnd(start: number, end: number): number {
    let last = end;
    while (last > start && isSpace(this.#input[last - 1])) last--;
    return last;
  }

  #take(type: TokenType, length: number): Token {
    const start = this.#position;
    this.#position = start + length;
    return this.#token(type, start);
  }

  #token(type: TokenType, start: number): Token {
    return { type, position: start, text: this.#input.slice(start, this.#position) };
  }

  #error(position: number, text: string): Token {
    this.#failed = true;
    return { type: 'error', position, text };
  }
}

function isSpace(char: string | undefined): boolean {
  return char !== undefined && SPACE.includes(char);
}

/** Go's `%#U`: `U+0040 '@'`. */
function describeRune(point: number): string {
  if (point < 0) return 'U+FFFFFFFFFFFFFFFF';
  const code = `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
  return /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u.test(String.fromCodePoint(point))
    ? `${code} '${String.fromCodePoint(point)}'`
    : code;
}
