import type { ArgNode, ListNode, PipeNode, StatementNode } from './node.ts';

/** Calls `visit` with every operand below `list`, whichever branch it stands in. */
export function walkOperands(list: ListNode, visit: (node: ArgNode) => void): void {
  for (const statement of list.nodes) walkStatement(statement, visit);
}

function walkStatement(statement: StatementNode, visit: (node: ArgNode) => void): void {
  switch (statement.type) {
    case 'action':
      return walkPipe(statement.pipe, visit);
    case 'template':
      if (statement.pipe !== undefined) walkPipe(statement.pipe, visit);
      return;
    case 'if':
    case 'with':
    case 'range':
      walkPipe(statement.pipe, visit);
      walkOperands(statement.list, visit);
      if (statement.elseList !== undefined) walkOperands(statement.elseList, visit);
      return;
    default:
  }
}

function walkPipe(pipe: PipeNode, visit: (node: ArgNode) => void): void {
  for (const command of pipe.commands) for (const arg of command.args) walkOperand(arg, visit);
}

function walkOperand(node: ArgNode, visit: (node: ArgNode) => void): void {
  visit(node);
  if (node.type === 'pipe') walkPipe(node, visit);
  else if (node.type === 'chain') walkOperand(node.node, visit);
}
