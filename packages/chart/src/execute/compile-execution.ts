import type { ArgNode, CommandNode } from '../template/node.ts';
import { validate } from './argument.ts';
import { isCallFailure, NO_READS } from './state.ts';
import type { Expression } from './state.ts';

interface ExecutionNodes {
  readonly name: 'include' | 'tpl';
  readonly node: ArgNode;
  /** What Go names when the call fails: the whole command. */
  readonly command: ArgNode | CommandNode;
}

/**
 * `include` and `tpl`, which execute templates themselves: with so few steps in between that as many as Helm allows
 * fit on the stack. The data is the second argument, or what the pipeline carries.
 */
export function compileExecution(nodes: ExecutionNodes, name: Expression, data: Expression | undefined): Expression {
  const { node, command } = nodes;
  const isInclude = nodes.name === 'include';
  return (state, final) => {
    state.node = node;
    state.step();
    const text = name(state);
    const recorder = state.run.tracer?.recorder;
    const mark = recorder?.mark();
    const given = data === undefined ? validate(state, final, 'any') : data(state);
    if (typeof text !== 'string') return undefined;
    state.node = node;
    state.passedReads = mark === undefined ? NO_READS : (recorder?.since(mark) ?? NO_READS);
    try {
      const { surroundings } = state;
      return isInclude ? surroundings.include(text, given, state) : surroundings.tpl(text, given, state);
    } catch (error) {
      if (!isCallFailure(error)) throw error;
      state.node = command;
      return state.fail(`error calling ${nodes.name}: ${error.message}`, error);
    }
  };
}
