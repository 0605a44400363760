import type { YAMLParseError } from 'yaml';

/** What Go's yaml library says of text that our own refuses, and the line that it names. */
interface Fault {
  readonly words: string;
  /** Counted from 0. */
  readonly line: number;
  /** Its parser counts lines from 0 and its scanner from 1, and neither names the first. */
  readonly by: 'parser' | 'scanner';
}

const ANYTHING_ELSE = 'did not find expected key';

/**
 * Words a syntax error as Go's yaml library does, which is what Helm shows and what people search for. The classes that occur
 * in charts are worded alike; of the others the words may differ, and seldom the line.
 */
export function describeYamlError(error: YAMLParseError, text: string): string {
  const { words, line, by } = faultOf(error, text);
  const shown = by === 'scanner' ? line + 1 : line;
  return `yaml: ${line === 0 ? '' : `line ${shown}: `}${words}`;
}

function faultOf({ code, message, pos: [start] }: YAMLParseError, text: string): Fault {
  const line = lineAt(text, start);
  const scanner = (words: string, at = line): Fault => ({ words, line: at, by: 'scanner' });
  const parser = (words: string, at = line): Fault => ({ words, line: at, by: 'parser' });
  switch (code) {
    case 'TAB_AS_INDENT':
      return scanner(tabWords(text, line));
    case 'BAD_SCALAR_START':
      return scanner('found character that cannot start any token');
    case 'BAD_DQ_ESCAPE':
      return scanner(
        /sequence \\[xuU]/.test(message) ? 'did not find expected hexdecimal number' : 'found unknown escape character',
      );
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'MULTILINE_IMPLICIT_KEY':
      return misplacedKey(text, start);
    case 'BAD_ALIAS':
      return scanner('did not find expected alphabetic or numeric character');
    case 'UNEXPECTED_TOKEN':
      return unexpectedToken(message, text, start);
    case 'MISSING_CHAR':
      return missingCharacter(message, text, start);
    case 'BAD_INDENT':
      if (message.startsWith('Flow ')) return openFlow(text, start);
      return parser(collectionWords(text, start));
    default:
      return parser(ANYTHING_ELSE);
  }
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length - 1;
}

/** The line behind the last one; Helm ends it when the text does not. */
function endOf(text: string): number {
  return lineAt(text, text.length) + (text.endsWith('\n') ? 0 : 1);
}

/** A tab after a plain value would continue it; elsewhere it starts nothing. */
function tabWords(text: string, line: number): string {
  const before = text
    .split('\n')
    .slice(0, line)
    .findLast((previous) => previous.trim() !== '');
  const isPlain = before !== undefined && /[^\s:"'\]}|>-]\s*$/.test(before);
  return isPlain ? 'found a tab character that violates indentation' : 'found character that cannot start any token';
}

/** A second colon, or a question mark, where a value has begun; or a list beside the keys of a map. */
function misplacedKey(text: string, start: number): Fault {
  if (/^\?\s/.test(text.slice(start))) {
    return { words: 'mapping keys are not allowed in this context', line: lineAt(text, start), by: 'scanner' };
  }
  const item = /(?:^|\n[ ]*)- /.exec(text.slice(start));
  const colon = /:(?=\s|$)/.exec(text.slice(start));
  if (item !== null && (colon === null || item.index < colon.index)) {
    return { words: ANYTHING_ELSE, line: lineAt(text, start + item.index + item[0].length), by: 'parser' };
  }
  const line = lineAt(text, start + (colon?.index ?? 0));
  return { words: 'mapping values are not allowed in this context', line, by: 'scanner' };
}

function unexpectedToken(message: string, text: string, start: number): Fault {
  const line = lineAt(text, start);
  if (/block-seq-ind on same line/.test(message)) {
    return { words: 'block sequence entries are not allowed in this context', line, by: 'scanner' };
  }
  if (/Block scalar header/.test(message)) {
    const isZero = /^[|>][+-]?0/.test(text.slice(start)) || /: [|>][+-]?0$/.test(message);
    const words = isZero ? 'found an indentation indicator equal to 0' : 'did not find expected comment or line break';
    return { words, line, by: 'scanner' };
  }
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start).trim();
  const isValue = message.startsWith('Unexpected ,') || before.endsWith(':') || before.endsWith('-');
  if (/flow-(?:seq|map)-end|^Unexpected ,/.test(message) && isValue) {
    return { words: 'did not find expected node content', line, by: 'parser' };
  }
  return { words: collectionWords(text, start), line, by: 'parser' };
}

function missingCharacter(message: string, text: string, start: number): Fault {
  const end = endOf(text);
  if (/closing ["']/.test(message)) return { words: 'found unexpected end of stream', line: end, by: 'scanner' };
  if (message.startsWith('Flow ')) return openFlow(text, start);
  if (/Implicit map keys/.test(message)) {
    // Noticed at the next token, however far that is.
    const next = /\n(?:[ ]*(?:#.*)?\n)*/.exec(text.slice(start));
    const line = next === null ? end : lineAt(text, start + next.index + next[0].length);
    return { words: "could not find expected ':'", line, by: 'scanner' };
  }
  return { words: collectionWords(text, start), line: lineAt(text, start), by: 'parser' };
}

/** In a list Go misses the next dash, in a map the next key. */
function collectionWords(text: string, start: number): string {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const column = indentOf(text.slice(lineStart));
  const above = text
    .slice(0, lineStart)
    .split('\n')
    .slice(0, -1)
    .filter((line) => /^\s*[^\s#]/.test(line));
  const at = above.findLastIndex((line) => indentOf(line) < column || (isItem(line) && indentOf(line) === column));
  const outer = above[at];
  if (outer === undefined || !isItem(outer)) return ANYTHING_ELSE;
  // A list may stand as far left as its key; Go then is in the map of that key.
  const before = above.slice(0, at).findLast((line) => indentOf(line) <= indentOf(outer) && !isItem(line));
  const isOfKey = before !== undefined && indentOf(before) === indentOf(outer);
  return isOfKey ? ANYTHING_ELSE : "did not find expected '-' indicator";
}

function isItem(line: string): boolean {
  return /^\s*-(?:\s|$)/.test(line);
}

function indentOf(line: string): number {
  return /^[ ]*/.exec(line)?.[0].length ?? 0;
}

/** Brackets that do not close: Go stops at the first colon that cannot stand there, or at the end of the text. */
function openFlow(text: string, start: number): Fault {
  const open: string[] = [];
  let isValue = false;
  let keyLine = -1;
  let last = '';
  const tokens = /"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|#.*|[[\]{},]|:(?=\s|$)|[^\s[\]{},:"'#]+|:/g;
  tokens.lastIndex = Math.max(0, text.slice(0, start).search(/[[{][^[{]*$/));
  for (let match = tokens.exec(text); match !== null; match = tokens.exec(text)) {
    const [token] = match;
    if (token.startsWith('#')) continue;
    if (token === '[' || token === '{') open.push(token);
    else if (token === ']' || token === '}') open.pop();
    const line = lineAt(text, match.index);
    if (token === ':' && (isValue || line !== keyLine)) return { words: expectation(open.at(-1)), line, by: 'parser' };
    const isPunctuation = '[]{},:'.includes(token);
    if (!isPunctuation && '[{,'.includes(last)) keyLine = line;
    isValue = token === ':' || (isValue && !isPunctuation);
    last = token;
  }
  const words = last === '[' || last === '{' ? 'did not find expected node content' : expectation(open.at(-1));
  return { words, line: endOf(text), by: 'parser' };
}

function expectation(bracket: string | undefined): string {
  return `did not find expected ',' or '${bracket === '{' ? '}' : ']'}'`;
}
