import { refuse } from './define.ts';

const CLASSES: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7F',
  blank: '\\t ',
  cntrl: '\\x00-\\x1F\\x7F',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\t\\n\\v\\f\\r ',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
};

/** Go's Perl classes are ASCII; JavaScript's `\s` is wider. */
const PERL: Readonly<Record<string, { set: string; negated: boolean }>> = {
  d: { set: '0-9', negated: false },
  D: { set: '0-9', negated: true },
  s: { set: '\\t\\n\\f\\r ', negated: false },
  S: { set: '\\t\\n\\f\\r ', negated: true },
  w: { set: '0-9A-Za-z_', negated: false },
  W: { set: '0-9A-Za-z_', negated: true },
};

const cache = new Map<string, RegExp>();
const MAX_KEPT = 1000;

/** A JavaScript expression that matches what Go's `regexp` matches. Refuses what RE2 refuses, in its words. */
export function compileGoRegExp(pattern: string): RegExp {
  const known = cache.get(pattern);
  if (known !== undefined) return known;
  const translated = new Translator(pattern).run();
  let compiled: RegExp;
  try {
    compiled = new RegExp(translated.source, `gu${translated.flags}`);
  } catch {
    return refuse(`error parsing regexp: invalid syntax: \`${pattern}\``);
  }
  if (cache.size >= MAX_KEPT) cache.clear();
  cache.set(pattern, compiled);
  return compiled;
}

class Translator {
  readonly #pattern: string;
  #at = 0;
  /** Whether `.` matches a line break, `^$` match at lines, and quantifiers are lazy, from here on. */
  #state = { dotAll: false, multiline: false, ungreedy: false, ignoreCase: false };
  readonly #outer: { dotAll: boolean; multiline: boolean; ungreedy: boolean; ignoreCase: boolean }[] = [];
  #ignoresCase = false;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  run(): { source: string; flags: string } {
    let source = '';
    while (this.#at < this.#pattern.length) source += this.#next();
    if (this.#outer.length > 0) this.#fail('missing closing )', this.#pattern);
    return { source, flags: this.#ignoresCase ? 'i' : '' };
  }

  #next(): string {
    const char = String.fromCodePoint(this.#pattern.codePointAt(this.#at) ?? 0);
    switch (char) {
      case '\\':
        return this.#escape();
      case '[':
        return this.#characterClass();
      case '(':
        return this.#group();
      case ')': {
        this.#at++;
        this.#state = this.#outer.pop() ?? this.#fail('unexpected )', this.#pattern);
        return ')';
      }
      case '.':
        this.#at++;
        return this.#state.dotAll ? '[^]' : '[^\\n]';
      case '^':
        this.#at++;
        return this.#state.multiline ? '(?:^|(?<=\\n))' : '(?<![^])';
      case '$':
        this.#at++;
        return this.#state.multiline ? '(?=\\n|(?![^]))' : '(?![^])';
      case '*':
      case '+':
      case '?':
        this.#at++;
        if (this.#isRepetitionLost(this.#at - 1)) this.#fail('missing argument to repetition operator', char);
        return this.#quantifier(char);
      case '{':
        return this.#braces();
      default:
        this.#at += char.length;
        return char === '}' || char === ']' ? `\\${char}` : char === '/' ? '\\/' : char;
    }
  }

  /** Whether nothing that could be repeated stands before `index`. */
  #isRepetitionLost(index: number): boolean {
    const start = /(\\*)(?:[(|]|\(\?[imsU-]*:)$/.exec(this.#pattern.slice(0, index));
    return index === 0 || (start !== null && (start[1] ?? '').length % 2 === 0);
  }

  #braces(): string {
    const match = /^\{(\d+)(,(\d*))?\}/.exec(this.#pattern.slice(this.#at));
    if (match === null) {
      this.#at++;
      return '\\{';
    }
    if (this.#isRepetitionLost(this.#at)) this.#fail('missing argument to repetition operator', match[0]);
    this.#at += match[0].length;
    const most = Number(match[3] === undefined || match[3] === '' ? match[1] : match[3]);
    if (most > 1000 || Number(match[1]) > 1000) this.#fail('invalid repeat count', match[0]);
    return this.#quantifier(match[0]);
  }

  #quantifier(written: string): string {
    const lazy = this.#pattern[this.#at] === '?';
    if (lazy) this.#at++;
    if (/^[*+?]|^\{\d+(,\d*)?\}/.test(this.#pattern.slice(this.#at))) {
      this.#fail('invalid nested repetition operator', `${written}${this.#pattern[this.#at]}`);
    }
    return written + (lazy !== this.#state.ungreedy ? '?' : '');
  }

  #group(): string {
    const rest = this.#pattern.slice(this.#at);
    const named = /^\(\?P?<(\w+)>/.exec(rest);
    if (named !== null) {
      this.#open(named[0].length);
      return `(?<${named[1]}>`;
    }
    const flags = /^\(\?([imsU]*)(?:-([imsU]*))?([:)])/.exec(rest);
    if (flags !== null) return this.#flagGroup(flags);
    if (rest.startsWith('(?')) this.#fail('invalid or unsupported Perl syntax', rest.slice(0, 3));
    this.#open(1);
    return '(';
  }

  #flagGroup([written, on = '', off = '', close]: RegExpExecArray): string {
    if (close === ':') this.#open(written.length);
    else this.#at += written.length;
    this.#state = { ...this.#state };
    for (const [flags, value] of [
      [on, true],
      [off, false],
    ] as const) {
      if (flags.includes('s')) this.#state.dotAll = value;
      if (flags.includes('m')) this.#state.multiline = value;
      if (flags.includes('U')) this.#state.ungreedy = value;
      if (flags.includes('i')) this.#state.ignoreCase = value;
    }
    if (this.#state.ignoreCase) this.#ignoresCase = true;
    return close === ':' ? '(?:' : '';
  }

  #open(length: number): void {
    this.#outer.push(this.#state);
    this.#at += length;
  }

  #escape(): string {
    const char = this.#pattern[this.#at + 1];
    if (char === undefined) this.#fail('trailing backslash at end of expression', '');
    const perl = PERL[char];
    if (perl !== undefined) {
      this.#at += 2;
      return `[${perl.negated ? '^' : ''}${perl.set}]`;
    }
    if (char === 'A') return this.#replaced('(?<![^])');
    if (char === 'z') return this.#replaced('(?![^])');
    if (char === 'b') return this.#replaced('(?:(?<=[0-9A-Za-z_])(?![0-9A-Za-z_])|(?<![0-9A-Za-z_])(?=[0-9A-Za-z_]))');
    if (char === 'B') return this.#replaced('(?:(?<=[0-9A-Za-z_])(?=[0-9A-Za-z_])|(?<![0-9A-Za-z_])(?![0-9A-Za-z_]))');
    if (char === 'Q') return this.#literal();
    return this.#characterEscape();
  }

  #replaced(source: string): string {
    this.#at += 2;
    return source;
  }

  #literal(): string {
    const end = this.#pattern.indexOf('\\E', this.#at);
    const body = this.#pattern.slice(this.#at + 2, end < 0 ? undefined : end);
    this.#at = end < 0 ? this.#pattern.length : end + 2;
    return body.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  }

  /** An escape that means one character, or a Unicode class; the same inside and outside of brackets. */
  #characterEscape(): string {
    const rest = this.#pattern.slice(this.#at);
    const unicode = /^\\([pP])(?:\{(\^?)(\w+)\}|(\w))/.exec(rest);
    if (unicode !== null) {
      this.#at += unicode[0].length;
      const name = unicode[3] ?? unicode[4] ?? '';
      const negated = (unicode[1] === 'P') !== (unicode[2] === '^');
      const property = name.length <= 2 ? name : `Script=${name}`;
      return `\\${negated ? 'P' : 'p'}{${property}}`;
    }
    const hex = /^\\x(?:\{([0-9A-Fa-f]+)\}|([0-9A-Fa-f]{2}))/.exec(rest);
    if (hex !== null) {
      this.#at += hex[0].length;
      return `\\u{${hex[1] ?? hex[2]}}`;
    }
    const octal = /^\\(0[0-7]{0,2}|[1-7][0-7]{1,2})/.exec(rest);
    if (octal !== null) {
      this.#at += octal[0].length;
      return `\\u{${Number.parseInt(octal[1] ?? '0', 8).toString(16)}}`;
    }
    const char = rest[1] ?? '';
    this.#at += 2;
    if (char === 'a') return '\\u{7}';
    if ('fnrtv'.includes(char)) return `\\${char}`;
    if (/[0-9A-Za-z]/.test(char)) this.#fail('invalid escape sequence', `\\${char}`);
    return /[\\^$.*+?()[\]{}|/-]/.test(char) ? `\\${char}` : char;
  }

  #characterClass(): string {
    const start = this.#at++;
    let source = '[';
    if (this.#pattern[this.#at] === '^') {
      this.#at++;
      source += '^';
    }
    for (let first = true; ; first = false) {
      const char = this.#pattern[this.#at];
      if (char === undefined) this.#fail('missing closing ]', this.#pattern.slice(start));
      if (char === ']' && !first) break;
      source += this.#classItem(char);
    }
    this.#at++;
    return `${source}]`;
  }

  #classItem(char: string): string {
    const posix = /^\[:(\^?)(\w+):\]/.exec(this.#pattern.slice(this.#at));
    if (posix !== null) {
      this.#at += posix[0].length;
      const set = CLASSES[posix[2] ?? ''] ?? this.#fail('invalid character class range', posix[0]);
      return posix[1] === '^' ? complement(set) : set;
    }
    const perl = char === '\\' ? PERL[this.#pattern[this.#at + 1] ?? ''] : undefined;
    if (perl !== undefined) {
      this.#at += 2;
      return perl.negated ? complement(perl.set) : perl.set;
    }
    return this.#range();
  }

  /** One character, or two with a hyphen between them; a hyphen anywhere else stands for itself. */
  #range(): string {
    const start = this.#at;
    const from = this.#classCharacter();
    const after = this.#pattern[this.#at + 1];
    if (this.#pattern[this.#at] !== '-' || after === undefined || after === ']' || /^\\[pP]/.test(from)) return from;
    this.#at++;
    const range = `${from}-${this.#classCharacter()}`;
    try {
      return RegExp(`[${range}]`, 'u').source.slice(1, -1);
    } catch {
      return this.#fail('invalid character class range', this.#pattern.slice(start, this.#at));
    }
  }

  #classCharacter(): string {
    if (this.#pattern[this.#at] === '\\') return this.#characterEscape();
    const point = String.fromCodePoint(this.#pattern.codePointAt(this.#at) ?? 0);
    this.#at += point.length;
    return '-[]^{}|()/.*+?$'.includes(point) ? `\\${point}` : point;
  }

  #fail(reason: string, part: string): never {
    return refuse(`error parsing regexp: ${reason}: \`${part}\``);
  }
}

/** The characters that are not in an ASCII set, as a set again. */
function complement(set: string): string {
  const inside = new RegExp(`[${set}]`, 'u');
  let out = '\\u{80}-\\u{10FFFF}';
  for (let point = 0; point < 0x80; point++) {
    if (!inside.test(String.fromCharCode(point))) out += `\\u{${point.toString(16)}}`;
  }
  return out;
}
