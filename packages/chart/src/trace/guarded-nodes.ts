import type { ArgNode, CommandNode, ListNode, PipeNode, StatementNode } from '../template/node.ts';
import type { SiteNode } from './path-node.ts';

/** Functions that are there to deal with what may be missing. */
const GUARDS: ReadonlySet<string> = new Set(
  'default coalesce ternary empty and or not any all required hasKey dig kindOf kindIs typeOf typeIs typeIsLike'.split(
    ' ',
  ),
);

/**
 * The places of a template where a missing value is expected: in the condition of `if` and `with`, in what `range`
 * walks over, and on the way into `default`, `required`, `and` and others of their kind.
 */
export function guardedNodes(root: ListNode): ReadonlySet<SiteNode> {
  const guarded = new Set<SiteNode>();
  collectList(root, guarded);
  return guarded;
}

function collectList(list: ListNode, guarded: Set<SiteNode>): void {
  for (const statement of list.nodes) collectStatement(statement, guarded);
}

function collectStatement(statement: StatementNode, guarded: Set<SiteNode>): void {
  switch (statement.type) {
    case 'action':
      return collectPipe(statement.pipe, false, guarded);
    case 'template':
      if (statement.pipe !== undefined) collectPipe(statement.pipe, false, guarded);
      return;
    case 'if':
    case 'with':
    case 'range':
      collectPipe(statement.pipe, true, guarded);
      collectList(statement.list, guarded);
      if (statement.elseList !== undefined) collectList(statement.elseList, guarded);
      return;
    default:
  }
}

function collectPipe(pipe: PipeNode, isGuarded: boolean, guarded: Set<SiteNode>): void {
  for (const [i, command] of pipe.commands.entries()) {
    const goesIntoGuard = pipe.commands.slice(i + 1).some(isGuard);
    collectCommand(command, isGuarded || goesIntoGuard || isGuard(command), guarded);
  }
}

function isGuard({ args: [first] }: CommandNode): boolean {
  return first?.type === 'identifier' && GUARDS.has(first.name);
}

function collectCommand(command: CommandNode, isGuarded: boolean, guarded: Set<SiteNode>): void {
  if (isGuarded) guarded.add(command);
  for (const arg of command.args) collectOperand(arg, isGuarded, guarded);
}

function collectOperand(node: ArgNode, isGuarded: boolean, guarded: Set<SiteNode>): void {
  if (isGuarded) guarded.add(node);
  if (node.type === 'pipe') collectPipe(node, isGuarded, guarded);
  else if (node.type === 'chain') collectOperand(node.node, isGuarded, guarded);
}
