import { Lexer } from 'yaml';

/** What the lexer of `yaml` puts in front of the text of a scalar, which may look like a bracket. */
const SCALAR_FOLLOWS = '\u001F';

/**
 * Whether brackets are nested deeper than `limit`. The parser recurses, and takes seconds until its stack ends; counting
 * takes none. Texts with few brackets, which is nearly all, are not even read.
 */
export function isNestedBeyond(text: string, limit: number): boolean {
  if (!hasMoreBrackets(text, limit)) return false;
  let depth = 0;
  let isScalar = false;
  for (const token of new Lexer().lex(text)) {
    if (!isScalar && (token === '[' || token === '{')) depth += 1;
    if (!isScalar && (token === ']' || token === '}')) depth -= 1;
    if (depth > limit) return true;
    isScalar = token === SCALAR_FOLLOWS;
  }
  return false;
}

function hasMoreBrackets(text: string, limit: number): boolean {
  let count = 0;
  for (const _ of text.matchAll(/[[{]/g)) {
    count += 1;
    if (count > limit) return true;
  }
  return false;
}
