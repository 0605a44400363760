import { quoteGo } from '../value/quote.ts';
import { nilList, stringList } from '../value/value.ts';
import type { TypedList, Value } from '../value/value.ts';
import { count } from './cast.ts';
import { fixed, refuse, text } from './define.ts';
import type { FunctionTable } from './define.ts';
import { FunctionError } from '../template/template-error.ts';
import { goRegExp } from './linear-regexp.ts';

/** Matches as Go finds them: no empty one right after another match. */
function* goMatches(pattern: string, value: string): Generator<RegExpExecArray> {
  let end = -1;
  for (const match of goRegExp(pattern).matchAll(value)) {
    if (match[0] === '' && match.index === end) continue;
    end = match.index + match[0].length;
    yield match;
  }
}

function findAll(pattern: string, value: string, limit: number): TypedList {
  const found: string[] = [];
  for (const match of goMatches(pattern, value)) {
    if (limit >= 0 && found.length >= limit) break;
    found.push(match[0]);
  }
  return found.length === 0 ? nilList('[]string') : stringList(found);
}

function find(pattern: string, value: string): string {
  for (const [found] of goMatches(pattern, value)) return found;
  return '';
}

function matches(pattern: string, value: string): boolean {
  return goRegExp(pattern).test(value);
}

/** Go's `Expand`: `$1`, `${1}`, `$name`; a name runs as far as letters, digits and `_` go. */
function expand(template: string, match: RegExpMatchArray): string {
  return template.replace(/\$(?:\$|\{(\w+)\}|(\w+))/g, (_, braced?: string, bare?: string) => {
    const name = braced ?? bare;
    if (name === undefined) return '$';
    if (/^\d+$/.test(name)) return match[Number(name)] ?? '';
    return match.groups?.[name] ?? '';
  });
}

function replaceAll(pattern: string, value: string, replacement: (match: RegExpMatchArray) => string): string {
  let out = '';
  let at = 0;
  for (const match of goMatches(pattern, value)) {
    out += value.slice(at, match.index) + replacement(match);
    at = match.index + match[0].length;
  }
  return out + value.slice(at);
}

/** Go's `Split`: at most `limit` pieces, all of them when it is negative. */
function split(pattern: string, value: string, limit: number): TypedList {
  if (limit === 0) return nilList('[]string');
  if (value === '' && pattern !== '') return stringList(['']);
  const pieces: string[] = [];
  let from = 0;
  let to = 0;
  for (const match of goMatches(pattern, value)) {
    if (limit > 0 && pieces.length === limit - 1) break;
    to = match.index;
    if (match.index + match[0].length !== 0) {
      pieces.push(value.slice(from, to));
      from = match.index + match[0].length;
    }
  }
  if (to !== value.length) pieces.push(value.slice(from));
  return stringList(pieces);
}

/** The function under its `must` name, and under its plain name, which panics in Go: the words differ. */
function both(name: string, entry: NonNullable<FunctionTable[string]>): FunctionTable {
  const panicking = fixed(entry.params, (args, context) => {
    try {
      return entry.call(args, context);
    } catch (error) {
      if (!(error instanceof FunctionError)) throw error;
      return refuse(`regexp: Compile(${quotePattern(text(args, 0))}): ${error.message}`);
    }
  });
  return { [name]: panicking, [`must${name[0]?.toUpperCase()}${name.slice(1)}`]: entry };
}

function quotePattern(pattern: string): string {
  return pattern.includes('`') ? quoteGo(pattern) : `\`${pattern}\``;
}

const threeTexts = (change: (a: string, b: string, c: string) => Value): NonNullable<FunctionTable[string]> =>
  fixed(['string', 'string', 'string'], (args) => change(text(args, 0), text(args, 1), text(args, 2)));
const textsAndCount = (change: (a: string, b: string, n: number) => Value): NonNullable<FunctionTable[string]> =>
  fixed(['string', 'string', 'int'], (args) => change(text(args, 0), text(args, 1), count(args, 2)));

/** sprig's regular expressions, with Go's syntax. */
export const REGEX: FunctionTable = {
  regexMatch: fixed(['string', 'string'], (args) => {
    try {
      return matches(text(args, 0), text(args, 1));
    } catch (error) {
      if (error instanceof FunctionError) return false;
      throw error;
    }
  }),
  mustRegexMatch: fixed(['string', 'string'], (args) => matches(text(args, 0), text(args, 1))),
  ...both('regexFindAll', textsAndCount(findAll)),
  ...both(
    'regexFind',
    fixed(['string', 'string'], (args) => find(text(args, 0), text(args, 1))),
  ),
  ...both(
    'regexReplaceAll',
    threeTexts((pattern, value, template) => replaceAll(pattern, value, (match) => expand(template, match))),
  ),
  ...both(
    'regexReplaceAllLiteral',
    threeTexts((pattern, value, literal) => replaceAll(pattern, value, () => literal)),
  ),
  ...both('regexSplit', textsAndCount(split)),
  regexQuoteMeta: fixed(['string'], (args) => text(args, 0).replace(/[\\.+*?()|[\]{}^$]/g, '\\$&')),
};
