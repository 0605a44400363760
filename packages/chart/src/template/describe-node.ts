import { quoteGo } from '../value/quote.ts';
import type { ArgNode, CommandNode, PipeNode, StatementNode } from './node.ts';

/** A node as Go's error messages show it between `<` and `>`. */
export function describeNode(node: ArgNode | CommandNode | StatementNode): string {
  switch (node.type) {
    case 'pipe':
      return describePipe(node);
    case 'command':
      return node.args.map(describeArg).join(' ');
    case 'field':
      return node.names.map((name) => `.${name}`).join('');
    case 'variable':
      return node.names.join('.');
    case 'chain':
      return [describeArg(node.node), ...node.fields].join('.');
    case 'identifier':
      return node.name;
    case 'bool':
      return String(node.value);
    case 'string':
      return node.quoted;
    case 'number':
      return node.text;
    case 'dot':
      return '.';
    case 'nil':
      return 'nil';
    default:
      return describeStatement(node);
  }
}

function describeStatement(node: StatementNode): string {
  switch (node.type) {
    case 'text':
      return node.text;
    case 'action':
      return `{{${describePipe(node.pipe)}}}`;
    case 'template':
      return `{{template ${quoteGo(node.name)}${node.pipe === undefined ? '' : ` ${describePipe(node.pipe)}`}}}`;
    case 'break':
    case 'continue':
      return `{{${node.type}}}`;
    default:
      return `{{${node.type} ${describePipe(node.pipe)}}}`;
  }
}

function describePipe(pipe: PipeNode): string {
  const declared = pipe.declares.map(describeNode).join(', ');
  const commands = pipe.commands.map(describeNode).join(' | ');
  return declared === '' ? commands : `${declared} ${pipe.isAssign ? '=' : ':='} ${commands}`;
}

function describeArg(node: ArgNode): string {
  return node.type === 'pipe' ? `(${describePipe(node)})` : describeNode(node);
}
