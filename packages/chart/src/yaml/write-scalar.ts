import { isBase60, resolveScalar } from './resolve-scalar.ts';

export interface ScalarOptions {
  /** Where lines after the first begin. */
  readonly indent: number;
  /** The column at which the scalar starts. */
  readonly column: number;
  readonly isKey: boolean;
  /** Lines longer than this are folded at spaces. */
  readonly width: number;
  /** Whether what YAML 1.1 takes for a boolean, a time or nothing special is written plain, as yaml.v3 does. */
  readonly printsEmoji: boolean;
}

interface Analysis {
  readonly multiline: boolean;
  readonly plainAllowed: boolean;
  readonly singleQuotedAllowed: boolean;
  readonly blockAllowed: boolean;
}

// oxlint-disable-next-line no-control-regex -- what libyaml calls printable
const UNPRINTABLE_V2 = /[^\n -~\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;
// oxlint-disable-next-line no-control-regex -- the same with characters beyond the basic plane
const UNPRINTABLE_V3 = /[^\n -~\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u;
const BREAK = /[\n\r\u0085\u2028\u2029]/;

/** What may be done with a text, by the rules of libyaml's emitter. */
function analyze(text: string, printsEmoji: boolean): Analysis {
  if (text === '') return { multiline: false, plainAllowed: true, singleQuotedAllowed: true, blockAllowed: false };
  const special = (printsEmoji ? UNPRINTABLE_V3 : UNPRINTABLE_V2).test(text);
  const lineBreaks = BREAK.test(text);
  const breakSpace = /[\n\r\u0085\u2028\u2029] /.test(text);
  const spaceBreak = / [\n\r\u0085\u2028\u2029]/.test(text);
  const edges = /^[ \n\r\u0085\u2028\u2029]|[ \n\r\u0085\u2028\u2029]$/.test(text);
  const indicators =
    /^(?:---|\.\.\.)|^[#,[\]{}&*!|>'"%@`]|^[?:-](?:[ \t\n\r\u0085\u2028\u2029]|$)|:(?:[ \t\n\r\u0085\u2028\u2029]|$)|[ \t\n\r\u0085\u2028\u2029]#/;
  const unsafe = spaceBreak || special;
  return {
    multiline: lineBreaks,
    plainAllowed: !edges && !breakSpace && !unsafe && !lineBreaks && !indicators.test(text),
    singleQuotedAllowed: !breakSpace && !unsafe,
    blockAllowed: !text.endsWith(' ') && !unsafe,
  };
}

/** A text as Go's yaml writes it: plain where that reads back, a block where it has line breaks, quoted otherwise. */
export function writeText(text: string, options: ScalarOptions): string {
  if (isOrdinary(text) && options.column + text.length <= options.width) return text;
  const analysis = analyze(text, options.printsEmoji);
  const canBePlain = resolveScalar(text).tag === 'str' && !isBase60(text);
  const isBlock = text.includes('\n');
  if (isBlock && analysis.blockAllowed && !options.isKey) return literal(text, options.indent);
  if (isBlock || !canBePlain || (options.isKey && analysis.multiline)) return doubleQuoted(text, options);
  if (analysis.plainAllowed) return plain(text, options);
  return analysis.singleQuotedAllowed ? singleQuoted(text, options) : doubleQuoted(text, options);
}

/** Whether `text` is so plain that nothing needs to be asked: most keys and values are. */
function isOrdinary(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9_./-]*$/.test(text) && resolveScalar(text).tag === 'str';
}

function literal(text: string, indent: number): string {
  const hint = /^[ \n\u2028\u2029]/.test(text) ? '2' : '';
  const padding = ' '.repeat(indent);
  const body = text.replace(/(^|[\n\u2028\u2029])(?=[^\n\u2028\u2029])/g, (start) => start + padding);
  return `|${hint}${chomping(text)}\n${body}`;
}

function chomping(text: string): string {
  if (!/[\n\u2028\u2029]$/.test(text)) return '-';
  return text.length === 1 || /[\n\u2028\u2029]{2}$/.test(text) ? '+' : '';
}

function plain(text: string, options: ScalarOptions): string {
  if (options.isKey || options.column + text.length <= options.width) return text;
  return fold(text, options, { from: 0, to: text.length });
}

/** Breaks at single spaces that lie beyond the width. */
function fold(text: string, options: ScalarOptions, bounds: { from: number; to: number }): string {
  let out = '';
  let { column } = options;
  let spaces = false;
  let index = 0;
  for (const char of text) {
    const at = index;
    index += char.length;
    const isInside = at >= bounds.from && at < bounds.to;
    if (char === ' ' && !options.isKey && !spaces && column > options.width && isInside && text[at + 1] !== ' ') {
      out += `\n${' '.repeat(options.indent)}`;
      column = options.indent;
    } else {
      out += char;
      column++;
    }
    spaces = char === ' ';
  }
  return out;
}

function singleQuoted(text: string, options: ScalarOptions): string {
  const inner = { ...options, column: options.column + 1 };
  if (!BREAK.test(text)) {
    const doubled = text.replaceAll("'", "''");
    return `'${fold(doubled, inner, { from: 1, to: doubled.length - 1 })}'`;
  }
  const padding = ' '.repeat(options.indent);
  return `'${text.replaceAll("'", "''").replace(/[\u2028\u2029]+(?=.)/g, (breaks) => breaks + padding)}'`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\u0007': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\u000b': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\u001b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
  '\u0085': '\\N',
  '\u00a0': '\\_',
  '\u2028': '\\L',
  '\u2029': '\\P',
};

function doubleQuoted(text: string, options: ScalarOptions): string {
  const unprintable = options.printsEmoji ? UNPRINTABLE_V3 : UNPRINTABLE_V2;
  // A byte order mark in front makes libyaml escape every character.
  const escapesAll = text.startsWith('\ufeff');
  let out = '"';
  let column = options.column + 1;
  let spaces = false;
  let index = 0;
  for (const char of text) {
    const at = index;
    index += char.length;
    const isInside = at > 0 && at < text.length - 1;
    if (unprintable.test(char) || BREAK.test(char) || char === '"' || char === '\\' || escapesAll) {
      const escaped = ESCAPES[char] ?? escapePoint(char.codePointAt(0) ?? 0);
      out += escaped;
      column += escaped.length;
      spaces = false;
    } else if (char === ' ' && !options.isKey && !spaces && column > options.width && isInside) {
      out += `\n${' '.repeat(options.indent)}${text[at + 1] === ' ' ? '\\' : ''}`;
      column = options.indent + (text[at + 1] === ' ' ? 1 : 0);
      spaces = true;
    } else {
      out += char;
      column++;
      spaces = char === ' ';
    }
  }
  return `${out}"`;
}

function escapePoint(point: number): string {
  const hex = point.toString(16).toUpperCase();
  if (point <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return point <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
