import type { ArgNode, CommandNode } from '../template/node.ts';
import type { GoFunction, Value } from '../value/value.ts';
import { validate } from './argument.ts';
import { isCallFailure } from './state.ts';
import type { Expression, State } from './state.ts';

/** One call of a function or a method, as it stands in a template. */
export interface Call {
  readonly callee: GoFunction;
  readonly node: ArgNode | CommandNode;
  readonly name: string;
  readonly args: readonly Expression[];
  readonly hasFinal: boolean;
  /** What the pipeline carries into the call, when it does. */
  readonly final: Value;
  /** Whether the function goes through all of a list or map that it is given. */
  readonly weighs: boolean;
}

/** Calls a function as Go does: counts the arguments, checks those that are known only now, and words what it refuses. */
export function callFunction(state: State, call: Call): Value {
  const { callee, args, hasFinal, name } = call;
  const { params, variadic } = callee;
  const count = args.length + (hasFinal ? 1 : 0);
  if (variadic !== undefined) {
    if (count < params.length) {
      state.fail(`wrong number of args for ${name}: want at least ${params.length} got ${args.length}`);
    }
  } else if (count !== params.length) {
    state.fail(`wrong number of args for ${name}: want ${params.length} got ${count}`);
  }
  state.step();
  const values: Value[] = [];
  for (const arg of args) values.push(arg(state));
  if (hasFinal) values.push(validate(state, call.final, params[count - 1] ?? variadic ?? 'any'));
  if (call.weighs) state.weigh(values);
  try {
    const result = callee.call(values, state.run.context);
    return settle(state, call, values, result);
  } catch (error) {
    if (!isCallFailure(error)) throw error;
    state.node = call.node;
    return state.fail(`error calling ${name}: ${error.message}`, error);
  }
}

/** Holds what a function gives within bounds, and tells the tracer of the call. */
function settle(state: State, { name, node }: Call, args: readonly Value[], result: Value): Value {
  const { limits, tracer } = state.run;
  if (typeof result === 'string') {
    if (result.length > limits.textCharacters) state.exceed('characters of text', limits.textCharacters);
  } else if (Array.isArray(result) && result.length > limits.entries) state.exceed('entries', limits.entries);
  let work = workOf(result);
  for (const arg of args) work += workOf(arg);
  if (work > 0) state.step(work);
  if (tracer !== undefined && args.some((arg) => typeof arg === 'object' && arg !== null)) {
    tracer.call({ node, template: state.template, textSite: state.textSite }, name, args, result);
  }
  return result;
}

/** The further steps that a long text or list stands for: functions walk over it and copy it. */
function workOf(value: Value): number {
  if (typeof value === 'string') return value.length >> 10;
  return Array.isArray(value) ? value.length >> 6 : 0;
}
