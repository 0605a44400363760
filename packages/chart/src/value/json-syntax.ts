import { quoteGo } from './quote.ts';
import { encodeUtf8 } from './utf8.ts';

const MAX_DEPTH = 10_000;
const LITERALS: Readonly<Record<string, string>> = { t: 'true', f: 'false', n: 'null' };

/** Why `text` is no JSON, in the words of Go's `encoding/json`; nothing when it is JSON. Go reads bytes, not characters. */
export function describeJsonError(text: string): string | undefined {
  try {
    new Scanner(encodeUtf8(text)).scan();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

class Refusal extends Error {}

class Scanner {
  readonly #bytes: Uint8Array;
  #at = 0;
  /** The brackets that are open. */
  readonly #open: ('[' | '{')[] = [];

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  scan(): void {
    this.#value();
    while (this.#open.length > 0) this.#afterElement();
    while (this.#at < this.#bytes.length) {
      if (!this.#skipSpace()) this.#refuse('after top-level value');
    }
  }

  /** Reads a value. Of one in brackets it reads up to the first value inside; the loop of `scan` reads the others. */
  #value(): void {
    for (;;) {
      this.#skipSpaces();
      const char = this.#peek();
      if (char !== '{' && char !== '[') return this.#scalar(char);
      this.#at++;
      this.#open.push(char);
      if (this.#open.length > MAX_DEPTH) throw new Refusal('exceeded max depth');
      this.#skipSpaces();
      if (this.#peek() === (char === '{' ? '}' : ']')) return this.#close();
      if (char === '{') this.#key();
    }
  }

  #scalar(first: string): void {
    if (first === '"') this.#string();
    else if (first === '-' || isDigit(first)) this.#number();
    else if (LITERALS[first] !== undefined) this.#literal(LITERALS[first]);
    else this.#refuse('looking for beginning of value');
  }

  #afterElement(): void {
    this.#skipSpaces();
    const isObject = this.#open.at(-1) === '{';
    const char = this.#peek();
    if (char === (isObject ? '}' : ']')) this.#close();
    else if (char !== ',') this.#refuse(isObject ? 'after object key:value pair' : 'after array element');
    else {
      this.#at++;
      if (isObject) this.#key();
      this.#value();
    }
  }

  #close(): void {
    this.#at++;
    this.#open.pop();
  }

  #key(): void {
    this.#skipSpaces();
    if (this.#peek() !== '"') this.#refuse('looking for beginning of object key string');
    this.#string();
    this.#skipSpaces();
    if (this.#peek() !== ':') this.#refuse('after object key');
    this.#at++;
  }

  #string(): void {
    this.#at++;
    for (;;) {
      const char = this.#peek();
      if (char === '"') break;
      if (char < ' ') this.#refuse('in string literal');
      this.#at++;
      if (char === '\\') this.#escape();
    }
    this.#at++;
  }

  #escape(): void {
    const char = this.#peek();
    if (!'bfnrt\\/"u'.includes(char)) this.#refuse('in string escape code');
    this.#at++;
    const hexDigits = char === 'u' ? 4 : 0;
    for (let i = 0; i < hexDigits; i++) {
      if (!/[0-9a-fA-F]/.test(this.#peek())) this.#refuse('in \\u hexadecimal character escape');
      this.#at++;
    }
  }

  #number(): void {
    if (this.#peek() === '-') this.#at++;
    if (!isDigit(this.#peek())) this.#refuse('in numeric literal');
    if (this.#peek() === '0') this.#at++;
    else this.#digits();
    if (this.#has('.')) {
      if (!isDigit(this.#peek())) this.#refuse('after decimal point in numeric literal');
      this.#digits();
    }
    if (!this.#has('e') && !this.#has('E')) return;
    if (!this.#has('+')) this.#has('-');
    if (!isDigit(this.#peek())) this.#refuse('in exponent of numeric literal');
    this.#digits();
  }

  #digits(): void {
    while (this.#at < this.#bytes.length && isDigit(this.#peek())) this.#at++;
  }

  #literal(word: string): void {
    for (const expected of word) {
      if (this.#peek() !== expected) this.#refuse(`in literal ${word} (expecting '${expected}')`);
      this.#at++;
    }
  }

  /** Steps over `char` if it is next. */
  #has(char: string): boolean {
    if (this.#at >= this.#bytes.length || this.#peek() !== char) return false;
    this.#at++;
    return true;
  }

  #skipSpaces(): void {
    while (this.#skipSpace());
  }

  #skipSpace(): boolean {
    const isSpace = ' \t\r\n'.includes(this.#peek());
    if (isSpace) this.#at++;
    return isSpace;
  }

  /** Go looks at the end of the text as if one more space stood there; only then is the end unexpected. */
  #peek(): string {
    if (this.#at > this.#bytes.length) throw new Refusal('unexpected end of JSON input');
    return String.fromCharCode(this.#bytes[this.#at] ?? 0x20);
  }

  #refuse(where: string): never {
    const char = this.#peek();
    const shown = char === "'" ? "'\\''" : char === '"' ? `'"'` : `'${quoteGo(char).slice(1, -1)}'`;
    throw new Refusal(`invalid character ${shown} ${where}`);
  }
}

function isDigit(char: string): boolean {
  return char >= '0' && char <= '9';
}
