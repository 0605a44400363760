import { encodeUtf8, utf8Length } from '../value/utf8.ts';
import type { Value } from '../value/value.ts';
import { count } from './cast.ts';
import { fixed, refuse, text } from './define.ts';
import type { FunctionTable } from './define.ts';
import { byteSlice, GO_SPACE } from './text.ts';

const SPACE = new RegExp(`[${GO_SPACE}]`);
const UPPER = /\p{Lu}/u;
const LETTER = /\p{L}/u;
const NUMBER = /\p{N}/u;
const PUNCTUATION = /\p{P}/u;

/** Go's `strings.Title`: the first letter of every word. Letters, digits and `_` belong to words. */
function title(value: string): string {
  let previous = ' ';
  let out = '';
  for (const char of value) {
    out += isSeparator(previous) ? char.toUpperCase() : char;
    previous = char;
  }
  return out;
}

function isSeparator(char: string): boolean {
  if (/[\p{L}\p{Nd}_]/u.test(char)) return false;
  return (char.codePointAt(0) ?? 0) < 0x80 || SPACE.test(char);
}

function untitle(value: string): string {
  let atStart = true;
  let out = '';
  for (const char of value) {
    const isGap = SPACE.test(char);
    out += atStart && !isGap ? char.toLowerCase() : char;
    atStart = isGap;
  }
  return out;
}

function swapCase(value: string): string {
  return [...value].map((char) => (UPPER.test(char) ? char.toLowerCase() : char.toUpperCase())).join('');
}

function initials(value: string): string {
  let afterGap = true;
  let out = '';
  // Go's library looks at bytes and writes each as a character of its own.
  for (const byte of encodeUtf8(value)) {
    const char = String.fromCharCode(byte);
    const isGap = SPACE.test(char);
    if (!isGap && afterGap) out += char;
    afterGap = isGap;
  }
  return out;
}

function isConnector(char: string): boolean {
  return char === '-' || char === '_' || SPACE.test(char);
}

/** sprig's `camelcase`: `http_server` becomes `HttpServer`. Connectors at the start stay. */
function camelCase(value: string): string {
  const lead = [...value].findIndex((char) => !isConnector(char));
  // Of connectors alone, xstrings writes the last one twice.
  if (lead < 0) return value + ([...value].at(-1) ?? '');
  const chars = [...value];
  let out = chars.slice(0, lead).join('');
  let current = chars[lead] ?? '';
  let lowering = UPPER.test(current);
  current = current.toUpperCase();
  for (const char of chars.slice(lead + 1)) {
    const previous = current;
    current = char;
    if (isConnector(current) && isConnector(previous)) {
      out += previous;
      continue;
    }
    if (isConnector(previous)) {
      lowering = UPPER.test(current);
      current = current.toUpperCase();
      continue;
    }
    if (lowering && UPPER.test(current)) current = current.toLowerCase();
    else lowering = false;
    out += previous;
  }
  return out + current;
}

type WordType = 'none' | 'number' | 'upper' | 'alphabet' | 'connector' | 'punctuation' | 'other';

interface Word {
  readonly type: WordType;
  readonly text: string;
}

/** Cuts a text into words: `HTTPServer2` is `HTTP`, `Server`, `2`. */
function* words(value: string): Generator<Word> {
  const chars = [...value];
  for (let at = 0; at < chars.length; ) {
    const word = nextWord(chars, at);
    at += [...word.text].length;
    yield word;
  }
}

function nextWord(chars: readonly string[], start: number): Word {
  const first = chars[start] ?? '';
  const run = (belongs: (char: string) => boolean, from = start + 1): number => {
    let end = from;
    while (end < chars.length && belongs(chars[end] ?? '')) end++;
    return end;
  };
  const word = (type: WordType, end: number): Word => ({ type, text: chars.slice(start, end).join('') });
  const isLower = (char: string): boolean => LETTER.test(char) && !UPPER.test(char);
  if (isConnector(first)) return word('connector', run(isConnector));
  if (PUNCTUATION.test(first))
    return word(
      'punctuation',
      run((char) => PUNCTUATION.test(char)),
    );
  if (UPPER.test(first)) {
    const next = chars[start + 1] ?? '';
    if (!UPPER.test(next)) return word('upper', isLower(next) ? run(isLower) : start + 1);
    const end = run((char) => UPPER.test(char));
    return word('upper', isLower(chars[end] ?? '') ? end - 1 : end);
  }
  if (LETTER.test(first)) return word('alphabet', run(isLower));
  if (NUMBER.test(first))
    return word(
      'number',
      run((char) => NUMBER.test(char)),
    );
  const isOther = (char: string): boolean =>
    !isConnector(char) && !LETTER.test(char) && !NUMBER.test(char) && !PUNCTUATION.test(char);
  return word('other', run(isOther));
}

const NO_WORD: Word = { type: 'none', text: '' };

/** sprig's `snakecase` and `kebabcase`: words in lower case with `connector` between them; digits cling to letters. */
function connect(value: string, connector: string): string {
  const list = [...words(value)];
  let at = 0;
  let out = '';
  const next = (): Word => list[at++] ?? NO_WORD;
  const hasMore = (): boolean => at < list.length;
  const lower = (word: Word): string =>
    word.type === 'connector' ? connector.repeat([...word.text].length) : word.text.toLowerCase();
  const breaks = (word: Word): boolean => !['none', 'punctuation', 'connector'].includes(word.type);
  const clinging = (first: Word): Word => {
    let word = first;
    while (word.type === 'alphabet' || word.type === 'number') {
      out += lower(word);
      word = next();
    }
    if (breaks(word)) out += connector;
    return word;
  };
  let word = next();
  while (hasMore()) {
    if (word.type !== 'connector') out += lower(word);
    const previous = word;
    word = next();
    if (previous.type === 'number') word = clinging(word);
    else if (previous.type === 'connector') out += lower(previous);
    else if (previous.type !== 'punctuation') {
      if (word.type !== 'number') {
        if (word.type !== 'connector' && word.type !== 'punctuation') out += connector;
        continue;
      }
      if (!hasMore()) break;
      const digits = word;
      word = next();
      if (word.type === 'alphabet') {
        out += connector + lower(digits);
        word = clinging(word);
      } else {
        out += lower(digits);
        if (word.type !== 'connector' && word.type !== 'punctuation') out += connector;
      }
    }
  }
  return out + lower(word);
}

function abbreviate(value: string, offset: number, width: number): string {
  const length = utf8Length(value);
  if (length <= width) return value;
  const from = length - Math.min(offset, length) < width - 3 ? length - (width - 3) : Math.min(offset, length);
  if (from <= 4) return `${byteSlice(value, 0, width - 3)}...`;
  if (width < 7) return '';
  if (from + width - 3 < length) return `...${abbreviate(byteSlice(value, from, length), 0, width - 3)}`;
  return `...${byteSlice(value, length - (width - 3), length)}`;
}

interface WrapOptions {
  readonly width: number;
  readonly separator: string;
  readonly breaksWords: boolean;
}

function wrap(value: string, options: WrapOptions): string {
  const width = Math.max(1, options.width);
  const separator = options.separator === '' ? '\n' : options.separator;
  let out = '';
  let offset = 0;
  while (value.length - offset > width) {
    if (value[offset] === ' ') {
      offset++;
      continue;
    }
    const space = value.lastIndexOf(' ', offset + width);
    if (space >= offset) {
      out += value.slice(offset, space) + separator;
      offset = space + 1;
    } else if (options.breaksWords) {
      out += value.slice(offset, offset + width) + separator;
      offset += width;
    } else {
      const next = value.indexOf(' ', offset + width);
      if (next < 0) return out + value.slice(offset);
      out += value.slice(offset, next) + separator;
      offset = next + 1;
    }
  }
  return out + value.slice(offset);
}

const change = (apply: (value: string) => Value): FunctionTable[string] =>
  fixed(['string'], (args) => apply(text(args, 0)));

/** sprig's functions on letters and words. */
export const LETTER_CASE: FunctionTable = {
  title: change(title),
  untitle: change(untitle),
  swapcase: change(swapCase),
  initials: change(initials),
  camelcase: change(camelCase),
  snakecase: change((value) => connect(value, '_')),
  kebabcase: change((value) => connect(value, '-')),
  abbrev: fixed(['int', 'string'], (args) => {
    const width = count(args, 0);
    return width < 4 ? text(args, 1) : abbreviate(text(args, 1), 0, width);
  }),
  abbrevboth: fixed(['int', 'int', 'string'], (args) => {
    const [left, right] = [count(args, 0), count(args, 1)];
    return right < 4 || (left > 0 && right < 7) ? text(args, 2) : abbreviate(text(args, 2), left, right);
  }),
  wrap: fixed(['int', 'string'], (args) =>
    wrap(text(args, 1), { width: count(args, 0), separator: '', breaksWords: false }),
  ),
  wrapWith: fixed(['int', 'string', 'string'], (args) =>
    wrap(text(args, 2), { width: count(args, 0), separator: text(args, 1), breaksWords: true }),
  ),
  shuffle: fixed(['string'], (args, { randomBytes }) => shuffle(text(args, 0), randomBytes)),
};

function shuffle(value: string, randomBytes: (count: number) => Uint8Array): string {
  const chars = [...value];
  if (chars.length > 100_000) refuse('shuffle of more than 100000 characters');
  const bytes = randomBytes(chars.length * 4);
  for (let i = chars.length - 1; i > 0; i--) {
    const random = [0, 1, 2, 3].reduce((sum, k) => sum * 256 + (bytes[i * 4 + k] ?? 0), 0);
    const j = random % (i + 1);
    [chars[i], chars[j]] = [chars[j] ?? '', chars[i] ?? ''];
  }
  return chars.join('');
}
