import type { NumberLiteral } from './number.ts';

/** The text that a template was written in; errors are placed in it. */
export interface TemplateSource {
  readonly name: string;
  readonly text: string;
}

export interface PipeNode {
  readonly type: 'pipe';
  readonly position: number;
  readonly declares: readonly VariableNode[];
  readonly isAssign: boolean;
  readonly commands: readonly CommandNode[];
}

export interface CommandNode {
  readonly type: 'command';
  readonly position: number;
  readonly args: readonly ArgNode[];
}

export interface VariableNode {
  readonly type: 'variable';
  readonly position: number;
  /** The variable's name with its `$`, then fields. */
  readonly names: readonly string[];
}

export interface ChainNode {
  readonly type: 'chain';
  readonly position: number;
  readonly node: ArgNode;
  readonly fields: readonly string[];
}

/** What can stand in a command: its operation and its arguments. */
export type ArgNode =
  | PipeNode
  | VariableNode
  | ChainNode
  | { readonly type: 'field'; readonly position: number; readonly names: readonly string[] }
  | { readonly type: 'identifier'; readonly position: number; readonly name: string }
  | { readonly type: 'bool'; readonly position: number; readonly value: boolean }
  | { readonly type: 'string'; readonly position: number; readonly quoted: string; readonly value: string }
  | { readonly type: 'number'; readonly position: number; readonly text: string; readonly value: NumberLiteral }
  | { readonly type: 'dot'; readonly position: number }
  | { readonly type: 'nil'; readonly position: number };

export interface BranchNode {
  readonly type: 'if' | 'with' | 'range';
  readonly position: number;
  readonly pipe: PipeNode;
  readonly list: ListNode;
  readonly elseList: ListNode | undefined;
}

export interface TemplateNode {
  readonly type: 'template';
  readonly position: number;
  readonly name: string;
  readonly pipe: PipeNode | undefined;
}

export interface ListNode {
  readonly type: 'list';
  readonly position: number;
  readonly nodes: readonly StatementNode[];
}

/** What can stand between two pieces of text. */
export type StatementNode =
  | BranchNode
  | TemplateNode
  | { readonly type: 'text'; readonly position: number; readonly text: string }
  | { readonly type: 'action'; readonly position: number; readonly pipe: PipeNode }
  | { readonly type: 'break' | 'continue'; readonly position: number };

/** A named template: what `define`, `block` or a file holds. */
export interface TemplateTree {
  readonly name: string;
  readonly source: TemplateSource;
  readonly root: ListNode;
}

/** Whether a template writes nothing but white space; such a one never replaces another of its name. */
export function isEmptyList(list: ListNode): boolean {
  return list.nodes.every((node) => node.type === 'text' && node.text.trim() === '');
}
