import { quoteGo } from '../value/quote.ts';
import { encodeUtf8 } from '../value/utf8.ts';

export type TokenType =
  | 'error'
  | 'bool'
  | 'char'
  | 'charConstant'
  | 'complex'
  | 'assign'
  | 'declare'
  | 'eof'
  | 'field'
  | 'identifier'
  | 'leftDelim'
  | 'leftParen'
  | 'number'
  | 'pipe'
  | 'rawString'
  | 'rightDelim'
  | 'rightParen'
  | 'space'
  | 'string'
  | 'text'
  | 'variable'
  | 'dot'
  | 'nil'
  | 'block'
  | 'break'
  | 'continue'
  | 'define'
  | 'else'
  | 'end'
  | 'if'
  | 'range'
  | 'template'
  | 'with';

/** Words that mean something in an action. */
export const KEYWORDS: ReadonlyMap<string, TokenType> = new Map([
  ['block', 'block'],
  ['break', 'break'],
  ['continue', 'continue'],
  ['define', 'define'],
  ['else', 'else'],
  ['end', 'end'],
  ['if', 'if'],
  ['range', 'range'],
  ['nil', 'nil'],
  ['template', 'template'],
  ['with', 'with'],
]);

export interface Token {
  readonly type: TokenType;
  /** Where the token starts in the text. */
  readonly position: number;
  readonly text: string;
}

/** A token as Go's error messages show it. */
export function describeToken(token: Token): string {
  if (token.type === 'eof') return 'EOF';
  if (token.type === 'error') return token.text;
  if (token.type === 'dot' || KEYWORDS.has(token.type)) return `<${token.text}>`;
  // Go counts bytes to see whether a text is long, and characters to cut it.
  if (encodeUtf8(token.text).length <= 10) return quoteGo(token.text);
  return `${quoteGo(Array.from(token.text).slice(0, 10).join(''))}...`;
}
