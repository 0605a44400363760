import { quoteGo, unquoteGo } from '../value/quote.ts';
import { describeNode } from './describe-node.ts';
import type { ArgNode, CommandNode, PipeNode, VariableNode } from './node.ts';
import { parseNumber } from './number.ts';
import type { TokenStream } from './token-stream.ts';
import type { Token, TokenType } from './token.ts';

const OPERAND_STARTS: ReadonlySet<TokenType> = new Set([
  'bool',
  'charConstant',
  'complex',
  'dot',
  'field',
  'identifier',
  'number',
  'nil',
  'rawString',
  'string',
  'variable',
  'leftParen',
]);

const NOT_EXECUTABLE: ReadonlySet<string> = new Set(['bool', 'dot', 'nil', 'number', 'string']);
const MAX_PAREN_DEPTH = 1000;

/** Parses declarations and commands up to `end`, which is consumed. */
export function parsePipeline(stream: TokenStream, context: string, end: TokenType): PipeNode {
  const position = stream.peekNonSpace().position;
  const { declares, isAssign } = parseDeclarations(stream, context);
  const commands: CommandNode[] = [];
  for (;;) {
    const token = stream.nextNonSpace();
    if (token.type === end) break;
    if (!OPERAND_STARTS.has(token.type)) stream.unexpected(token, context);
    stream.backup();
    commands.push(parseCommand(stream));
  }
  if (commands.length === 0) stream.fail(`missing value for ${context}`);
  for (const [i, command] of commands.entries()) {
    if (i > 0 && NOT_EXECUTABLE.has(command.args[0]?.type ?? '')) {
      stream.fail(`non executable command in pipeline stage ${i + 1}`);
    }
  }
  return { type: 'pipe', position, declares, isAssign, commands };
}

function parseDeclarations(stream: TokenStream, context: string): { declares: VariableNode[]; isAssign: boolean } {
  const declares: VariableNode[] = [];
  for (;;) {
    const variable = stream.peekNonSpace();
    if (variable.type !== 'variable') return { declares, isAssign: false };
    stream.next();
    const after = stream.peek();
    const next = stream.peekNonSpace();
    if (next.type === 'assign' || next.type === 'declare') {
      stream.nextNonSpace();
      addDeclaration(stream, declares, variable);
      return { declares, isAssign: next.type === 'assign' };
    }
    if (next.type === 'char' && next.text === ',') {
      stream.nextNonSpace();
      addDeclaration(stream, declares, variable);
      if (context !== 'range' || declares.length >= 2) stream.fail(`too many declarations in ${context}`);
      const follower = stream.peekNonSpace().type;
      if (follower !== 'variable' && follower !== 'rightDelim' && follower !== 'rightParen') {
        stream.fail('range can only initialize variables');
      }
      continue;
    }
    if (after.type === 'space') stream.backup3(variable, after);
    else stream.backup2(variable);
    return { declares, isAssign: false };
  }
}

function addDeclaration(stream: TokenStream, declares: VariableNode[], token: Token): void {
  declares.push({ type: 'variable', position: token.position, names: [token.text] });
  stream.declare(token.text);
}

function parseCommand(stream: TokenStream): CommandNode {
  const position = stream.peekNonSpace().position;
  const args: ArgNode[] = [];
  for (;;) {
    stream.peekNonSpace();
    const operand = parseOperand(stream);
    if (operand !== undefined) args.push(operand);
    const token = stream.next();
    if (token.type === 'space') continue;
    if (token.type === 'rightDelim' || token.type === 'rightParen') stream.backup();
    else if (token.type !== 'pipe') stream.unexpected(token, 'operand');
    break;
  }
  if (args.length === 0) stream.fail('empty command');
  return { type: 'command', position, args };
}

function parseOperand(stream: TokenStream): ArgNode | undefined {
  const node = parseTerm(stream);
  if (node === undefined || stream.peek().type !== 'field') return node;
  const position = stream.peek().position;
  const fields: string[] = [];
  while (stream.peek().type === 'field') fields.push(stream.next().text.slice(1));
  switch (node.type) {
    case 'field':
      return { type: 'field', position, names: [...node.names, ...fields] };
    case 'variable':
      return { type: 'variable', position, names: [...node.names, ...fields] };
    case 'bool':
    case 'string':
    case 'number':
    case 'nil':
    case 'dot':
      return stream.fail(`unexpected . after term ${quoteGo(describeNode(node))}`);
    default:
      return { type: 'chain', position, node, fields };
  }
}

function parseTerm(stream: TokenStream): ArgNode | undefined {
  const token = stream.nextNonSpace();
  const { position, text } = token;
  switch (token.type) {
    case 'identifier':
      if (!stream.hasFunction(text)) stream.fail(`function ${quoteGo(text)} not defined`);
      return { type: 'identifier', position, name: text };
    case 'dot':
    case 'nil':
      return { type: token.type, position };
    case 'variable':
      if (!stream.isDeclared(text)) stream.fail(`undefined variable ${quoteGo(text)}`);
      return { type: 'variable', position, names: [text] };
    case 'field':
      return { type: 'field', position, names: [text.slice(1)] };
    case 'bool':
      return { type: 'bool', position, value: text === 'true' };
    case 'charConstant':
    case 'complex':
    case 'number':
      return parseNumberTerm(stream, token);
    case 'leftParen':
      return parseParenthesized(stream);
    case 'string':
    case 'rawString':
      return { type: 'string', position, quoted: text, value: unquoteGo(text) ?? stream.fail('invalid syntax') };
    default:
      stream.backup();
      return undefined;
  }
}

function parseNumberTerm(stream: TokenStream, token: Token): ArgNode {
  const value = parseNumber(token.text);
  if (value !== undefined) return { type: 'number', position: token.position, text: token.text, value };
  if (token.type === 'charConstant') return stream.fail(`malformed character constant: ${token.text}`);
  if (/^[+-]?\d+$/.test(token.text)) return stream.fail(`integer overflow: ${quoteGo(token.text)}`);
  return stream.fail(`illegal number syntax: ${quoteGo(token.text)}`);
}

function parseParenthesized(stream: TokenStream): PipeNode {
  if (stream.parenDepth >= MAX_PAREN_DEPTH) stream.fail('max expression depth exceeded');
  stream.parenDepth++;
  const pipe = parsePipeline(stream, 'parenthesized pipeline', 'rightParen');
  stream.parenDepth--;
  return pipe;
}
