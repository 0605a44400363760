import type { Lexer } from './lexer.ts';
import type { TemplateSource } from './node.ts';
import { TemplateParseError } from './template-error.ts';
import { describeToken } from './token.ts';
import type { Token, TokenType } from './token.ts';

const NOTHING: Token = { type: 'eof', position: 0, text: '' };

/**
 * Tokens with three of look-ahead, the variables in scope, and Go's way of reporting: an error names the line of
 * the token that was read last.
 */
export class TokenStream {
  readonly source: TemplateSource;
  readonly hasFunction: (name: string) => boolean;
  parenDepth = 0;
  readonly #lexer: Lexer;
  readonly #tokens: [Token, Token, Token] = [NOTHING, NOTHING, NOTHING];
  #peeked = 0;
  #action: Token | undefined;
  #variables: string[] = ['$'];

  constructor(source: TemplateSource, lexer: Lexer, hasFunction: (name: string) => boolean) {
    this.source = source;
    this.#lexer = lexer;
    this.hasFunction = hasFunction;
  }

  next(): Token {
    if (this.#peeked > 0) this.#peeked--;
    else this.#tokens[0] = this.#lexer.next();
    return this.#tokens[this.#peeked] ?? NOTHING;
  }

  backup(): void {
    this.#peeked++;
  }

  /** Pushes back `first` before the token that was read last. */
  backup2(first: Token): void {
    this.#tokens[1] = first;
    this.#peeked = 2;
  }

  backup3(first: Token, second: Token): void {
    this.#tokens[1] = second;
    this.#tokens[2] = first;
    this.#peeked = 3;
  }

  peek(): Token {
    if (this.#peeked === 0) {
      this.#peeked = 1;
      this.#tokens[0] = this.#lexer.next();
    }
    return this.#tokens[this.#peeked - 1] ?? NOTHING;
  }

  nextNonSpace(): Token {
    let token = this.next();
    while (token.type === 'space') token = this.next();
    return token;
  }

  peekNonSpace(): Token {
    const token = this.nextNonSpace();
    this.backup();
    return token;
  }

  expect(type: TokenType, context: string): Token {
    const token = this.nextNonSpace();
    return token.type === type ? token : this.unexpected(token, context);
  }

  unexpected(token: Token, context: string): never {
    if (token.type !== 'error') return this.fail(`unexpected ${describeToken(token)} in ${context}`);
    const started = this.#action;
    if (started === undefined || this.#lineOf(started) === this.#lineOf(token)) return this.fail(token.text);
    const words = token.text.endsWith(' action') ? ' started at' : ' in action started at';
    return this.fail(`${token.text}${words} ${this.source.name}:${this.#lineOf(started)}`);
  }

  fail(reason: string): never {
    throw new TemplateParseError(this.source, this.#tokens[0].position, reason);
  }

  startAction(token: Token): void {
    this.#action = token;
  }

  endAction(): void {
    this.#action = undefined;
  }

  declare(name: string): void {
    this.#variables.push(name);
  }

  isDeclared(name: string): boolean {
    return this.#variables.includes(name);
  }

  markVariables(): number {
    return this.#variables.length;
  }

  popVariables(mark: number): void {
    this.#variables.length = mark;
  }

  /** Enters a body that sees only `$`; gives what `endScope` needs to leave it. */
  startScope(): string[] {
    const outer = this.#variables;
    this.#variables = ['$'];
    return outer;
  }

  endScope(outer: string[]): void {
    this.#variables = outer;
  }

  #lineOf(token: Token): number {
    return this.source.text.slice(0, token.position).split('\n').length;
  }
}
