import { quoteGo, unquoteGo } from '../value/quote.ts';
import type { Lexer } from './lexer.ts';
import { isEmptyList } from './node.ts';
import type { BranchNode, ListNode, PipeNode, StatementNode, TemplateSource, TemplateTree } from './node.ts';
import { parsePipeline } from './pipeline-parser.ts';
import { TokenStream } from './token-stream.ts';
import type { Token } from './token.ts';

/** `end` or `else`: what closes a list of statements. */
interface Closing {
  readonly closing: 'end' | 'else';
  readonly position: number;
  readonly text: string;
}

type ControlNode = StatementNode | Closing;

const MAX_NESTING = 1000;

/**
 * Parses one template text into the named templates that it defines, its own body under the name of the source.
 *
 * Throws `TemplateParseError` in Go's words. `hasFunction` decides which names may be called.
 */
export function parseTemplate(
  source: TemplateSource,
  lexer: Lexer,
  hasFunction: (name: string) => boolean,
): ReadonlyMap<string, TemplateTree> {
  const trees = new Map<string, TemplateTree>();
  const parser = new TemplateParser(new TokenStream(source, lexer, hasFunction), trees);
  parser.parseFile();
  return trees;
}

class TemplateParser {
  readonly #stream: TokenStream;
  readonly #trees: Map<string, TemplateTree>;
  #rangeDepth = 0;
  #nesting = 0;

  constructor(stream: TokenStream, trees: Map<string, TemplateTree>) {
    this.#stream = stream;
    this.#trees = trees;
  }

  parseFile(): void {
    const stream = this.#stream;
    const nodes: StatementNode[] = [];
    const position = stream.peek().position;
    while (stream.peek().type !== 'eof') {
      if (stream.peek().type === 'leftDelim') {
        const delim = stream.next();
        if (stream.nextNonSpace().type === 'define') {
          this.#parseDefinition();
          continue;
        }
        stream.backup2(delim);
      }
      const node = this.#textOrAction();
      if ('closing' in node) return stream.fail(`unexpected ${node.text}`);
      nodes.push(node);
    }
    this.#add(stream.source.name, { type: 'list', position, nodes });
  }

  #parseDefinition(): void {
    const context = 'define clause';
    const name = this.#templateName(this.#stream.nextNonSpace(), context);
    this.#stream.expect('rightDelim', context);
    this.#inOwnScope(name, context);
  }

  /** Reads the body of a `define` or `block`: it sees no variable of what surrounds it. */
  #inOwnScope(name: string, context: string): void {
    const outer = this.#stream.startScope();
    const outerRange = this.#rangeDepth;
    this.#rangeDepth = 0;
    const { list, next } = this.#itemList();
    if (next.closing !== 'end') this.#stream.fail(`unexpected ${next.text} in ${context}`);
    this.#rangeDepth = outerRange;
    this.#stream.endScope(outer);
    this.#add(name, list);
  }

  #add(name: string, root: ListNode): void {
    const existing = this.#trees.get(name);
    if (existing !== undefined && !isEmptyList(existing.root)) {
      if (!isEmptyList(root)) this.#stream.fail(`template: multiple definition of template ${quoteGo(name)}`);
      return;
    }
    this.#trees.set(name, { name, source: this.#stream.source, root });
  }

  #itemList(): { list: ListNode; next: Closing } {
    const stream = this.#stream;
    if (++this.#nesting > MAX_NESTING) stream.fail('max expression depth exceeded');
    const position = stream.peekNonSpace().position;
    const nodes: StatementNode[] = [];
    while (stream.peekNonSpace().type !== 'eof') {
      const node = this.#textOrAction();
      if ('closing' in node) {
        this.#nesting--;
        return { list: { type: 'list', position, nodes }, next: node };
      }
      nodes.push(node);
    }
    return stream.fail('unexpected EOF');
  }

  #textOrAction(): ControlNode {
    const token = this.#stream.nextNonSpace();
    if (token.type === 'text') return { type: 'text', position: token.position, text: token.text };
    if (token.type !== 'leftDelim') return this.#stream.unexpected(token, 'input');
    this.#stream.startAction(token);
    const node = this.#action();
    this.#stream.endAction();
    return node;
  }

  #action(): ControlNode {
    const stream = this.#stream;
    const token = stream.nextNonSpace();
    switch (token.type) {
      case 'block':
        return this.#block();
      case 'break':
      case 'continue':
        return this.#loopControl(token.type, token);
      case 'else':
        return this.#elseControl();
      case 'end':
        return { closing: 'end', position: stream.expect('rightDelim', 'end').position, text: '{{end}}' };
      case 'if':
      case 'range':
      case 'with':
        return this.#branch(token.type);
      case 'template':
        return this.#template();
      default: {
        stream.backup();
        const position = stream.peek().position;
        return { type: 'action', position, pipe: parsePipeline(stream, 'command', 'rightDelim') };
      }
    }
  }

  #loopControl(type: 'break' | 'continue', token: Token): StatementNode {
    const next = this.#stream.nextNonSpace();
    if (next.type !== 'rightDelim') this.#stream.unexpected(next, `{{${type}}}`);
    if (this.#rangeDepth === 0) this.#stream.fail(`{{${type}}} outside {{range}}`);
    return { type, position: token.position };
  }

  #elseControl(): ControlNode {
    const peeked = this.#stream.peekNonSpace();
    if (peeked.type === 'if' || peeked.type === 'with') {
      return { closing: 'else', position: peeked.position, text: '{{else}}' };
    }
    return { closing: 'else', position: this.#stream.expect('rightDelim', 'else').position, text: '{{else}}' };
  }

  #branch(type: 'if' | 'range' | 'with'): BranchNode {
    const stream = this.#stream;
    const mark = stream.markVariables();
    const pipe = parsePipeline(stream, type, 'rightDelim');
    if (type === 'range') this.#rangeDepth++;
    const { list, next } = this.#itemList();
    if (type === 'range') this.#rangeDepth--;
    const elseList = next.closing === 'else' ? this.#elseList(type) : undefined;
    stream.popVariables(mark);
    return { type, position: pipe.position, pipe, list, elseList };
  }

  #elseList(type: 'if' | 'range' | 'with'): ListNode {
    const stream = this.#stream;
    // `else if` and `else with` continue the chain; their `end` closes this branch too.
    if (type !== 'range' && stream.peek().type === type) {
      const token = stream.next();
      if (++this.#nesting > MAX_NESTING) stream.fail('max expression depth exceeded');
      const node = this.#branch(type);
      this.#nesting--;
      return { type: 'list', position: token.position, nodes: [node] };
    }
    const { list, next } = this.#itemList();
    if (next.closing !== 'end') stream.fail(`expected end; found ${next.text}`);
    return list;
  }

  #block(): StatementNode {
    const token = this.#stream.nextNonSpace();
    const name = this.#templateName(token, 'block clause');
    const pipe = parsePipeline(this.#stream, 'block clause', 'rightDelim');
    this.#inOwnScope(name, 'block clause');
    return { type: 'template', position: token.position, name, pipe };
  }

  #template(): StatementNode {
    const context = 'template clause';
    const token = this.#stream.nextNonSpace();
    const name = this.#templateName(token, context);
    let pipe: PipeNode | undefined;
    if (this.#stream.nextNonSpace().type !== 'rightDelim') {
      this.#stream.backup();
      pipe = parsePipeline(this.#stream, context, 'rightDelim');
    }
    return { type: 'template', position: token.position, name, pipe };
  }

  #templateName(token: Token, context: string): string {
    if (token.type !== 'string' && token.type !== 'rawString') return this.#stream.unexpected(token, context);
    return unquoteGo(token.text) ?? this.#stream.fail('invalid syntax');
  }
}
