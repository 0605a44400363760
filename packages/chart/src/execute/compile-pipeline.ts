import { describeNode } from '../template/describe-node.ts';
import type { ArgNode, CommandNode, PipeNode } from '../template/node.ts';
import type { Mark } from '../trace/origin-recorder.ts';
import { goesThroughAll } from '../trace/function-reads.ts';
import { isTrue } from '../value/kind.ts';
import type { GoFunction, ParamType, Value } from '../value/value.ts';
import { idealConstant, literalArgument, validate } from './argument.ts';
import { callFunction } from './call-function.ts';
import { compileExecution } from './compile-execution.ts';
import { accessField, methodOf } from './field-access.ts';
import type { Scope, Slot } from './scope.ts';
import type { Expression, State } from './state.ts';

/** What compiling needs to know: the functions that may be called and the variables in scope. */
export interface CompileContext {
  readonly functions: ReadonlyMap<string, GoFunction>;
  readonly scope: Scope;
}

/** The arguments of one call; each is compiled for the type that its parameter turns out to have. */
class Arguments {
  readonly nodes: readonly ArgNode[];
  readonly #context: CompileContext | undefined;
  readonly #prepared = new Map<GoFunction, readonly Expression[]>();

  /** Methods are found while running, when the scope has moved on: the arguments keep a copy of it. */
  constructor(context: CompileContext | undefined, nodes: readonly ArgNode[]) {
    this.nodes = nodes;
    this.#context =
      context === undefined || nodes.length === 0 ? undefined : { ...context, scope: context.scope.fork() };
  }

  /** The arguments as expressions for the parameters of `callee`. */
  prepare(callee: GoFunction): readonly Expression[] {
    const known = this.#prepared.get(callee);
    if (known !== undefined) return known;
    const context = this.#context;
    const expressions =
      context === undefined
        ? []
        : this.nodes.map((node, i) => compileArgument(context, node, callee.params[i] ?? callee.variadic ?? 'any'));
    this.#prepared.set(callee, expressions);
    return expressions;
  }
}

const NO_ARGUMENTS = new Arguments(undefined, []);

/** Compiles a pipeline. Its result has lost the type of a nil, as in Go: nil becomes "no value". */
export function compilePipeline(context: CompileContext, pipe: PipeNode): Expression {
  const commands = pipe.commands.map((command, index) => compileCommand(context, command, index > 0));
  const assign = compileAssignment(context, pipe);
  const [only] = commands;
  if (commands.length === 1 && only !== undefined) {
    return (state) => {
      state.node = pipe;
      const mark = assign === undefined ? undefined : state.run.tracer?.recorder?.mark();
      const value = only(state) ?? undefined;
      assign?.(state, value, mark);
      return value;
    };
  }
  return (state) => {
    state.node = pipe;
    const mark = assign === undefined ? undefined : state.run.tracer?.recorder?.mark();
    let value: Value;
    // An iterator would take more of the stack than everything else here; includes nest by the thousand.
    for (let i = 0; i < commands.length; i++) value = commands[i]?.(state, value) ?? undefined;
    assign?.(state, value, mark);
    return value;
  };
}

/** The slots that a pipeline writes to; `range` fills them itself. */
export function declaredSlots(context: CompileContext, pipe: PipeNode, boxed: boolean): (Slot | undefined)[] {
  return pipe.declares.map(({ names: [name = ''] }) => {
    if (!pipe.isAssign) return context.scope.declare(name, boxed);
    return context.scope.resolve(name);
  });
}

type Assignment = (state: State, value: Value, mark: Mark | undefined) => void;

function compileAssignment(context: CompileContext, pipe: PipeNode): Assignment | undefined {
  if (pipe.declares.length === 0) return undefined;
  const slots = declaredSlots(context, pipe, false);
  return (state, value, mark) => {
    const reads = mark === undefined ? undefined : state.run.tracer?.recorder?.since(mark);
    for (const [i, slot] of slots.entries()) {
      if (slot === undefined) {
        state.fail(`undefined variable: ${pipe.declares[i]?.names[0] ?? ''}`);
        return;
      }
      state.variables[slot.index] = value;
      if (reads !== undefined) state.variableReads[slot.index] = reads;
    }
  };
}

function compileCommand(context: CompileContext, command: CommandNode, hasFinal: boolean): Expression {
  const [first, ...rest] = command.args;
  if (first === undefined) return () => undefined;
  const args = new Arguments(context, rest);
  switch (first.type) {
    case 'identifier':
      return compileFunction(context, { name: first.name, node: first, command }, args, hasFinal);
    case 'field':
    case 'variable':
    case 'chain':
      return compileAccess(context, first, args, hasFinal);
    case 'pipe':
      return rest.length > 0 || hasFinal ? notAFunction(undefined, first) : compilePipeline(context, first);
    default:
      if (rest.length > 0 || hasFinal) return notAFunction(first, first);
      return compileOperand(first);
  }
}

function notAFunction(at: ArgNode | undefined, node: ArgNode): Expression {
  return (state) => {
    if (at !== undefined) state.node = at;
    return state.fail(`can't give argument to non-function ${describeNode(node)}`);
  };
}

function compileOperand(node: ArgNode): Expression {
  if (node.type === 'dot') {
    return (state) => {
      state.node = node;
      return state.use(state.dot, state.dotReads);
    };
  }
  if (node.type === 'nil') {
    return (state) => {
      state.node = node;
      return state.fail('nil is not a command');
    };
  }
  const value = idealConstant(node);
  return (state) => {
    state.node = node;
    return value;
  };
}

function compileArgument(context: CompileContext, node: ArgNode, type: ParamType): Expression {
  const source = compileDynamic(context, node);
  if (source === undefined) return literalArgument(node, type);
  if (type === 'any' || type === 'reflect') {
    return (state) => {
      state.node = node;
      return source(state) ?? null;
    };
  }
  return (state) => {
    state.node = node;
    return validate(state, source(state), type);
  };
}

function compileDynamic(context: CompileContext, node: ArgNode): Expression | undefined {
  switch (node.type) {
    case 'dot':
      return (state) => state.use(state.dot, state.dotReads);
    case 'field':
    case 'variable':
    case 'chain':
      return compileAccess(context, node, NO_ARGUMENTS, false);
    case 'pipe':
      return compilePipeline(context, node);
    case 'identifier':
      return compileFunction(context, { name: node.name, node, command: node }, NO_ARGUMENTS, false);
    default:
      return undefined;
  }
}

type AccessNode = Extract<ArgNode, { type: 'field' | 'variable' | 'chain' }>;

function compileAccess(context: CompileContext, node: AccessNode, args: Arguments, hasFinal: boolean): Expression {
  const { receiver, names, boxed } = compileReceiver(context, node);
  const hasArgs = args.nodes.length > 0 || hasFinal;
  if (names.length === 0) {
    return (state) => {
      state.node = node;
      if (hasArgs) state.fail(`can't give argument to non-function ${describeNode(node)}`);
      return receiver(state);
    };
  }
  const last = names.length - 1;
  return (state, final) => {
    state.node = node;
    let value = receiver(state);
    for (let i = 0; i <= last; i++) {
      const name = names[i] ?? '';
      const method = methodOf(value, name);
      const isLast = i === last;
      const options = { boxed: i > 0 || boxed, hasArgs: isLast && hasArgs, isLast };
      if (method === undefined) value = accessField(state, value, name, options);
      else {
        if (name !== 'AsMap') state.run.tracer?.consume(state, value);
        const call = { callee: method, node, name, final, weighs: false };
        value = callFunction(state, {
          ...call,
          args: isLast ? args.prepare(method) : [],
          hasFinal: isLast && hasFinal,
        });
      }
    }
    return value;
  };
}

function compileReceiver(
  context: CompileContext,
  node: AccessNode,
): { receiver: Expression; names: readonly string[]; boxed: boolean } {
  if (node.type === 'field') {
    return { receiver: (state) => state.dot, names: node.names, boxed: context.scope.dotBoxed };
  }
  if (node.type === 'variable') {
    const [name = '', ...fields] = node.names;
    const slot = context.scope.resolve(name);
    if (slot === undefined) {
      return { receiver: (state) => state.fail(`undefined variable: ${name}`), names: fields, boxed: false };
    }
    const { index } = slot;
    return {
      receiver: (state) => state.use(state.variables[index], state.variableReads[index]),
      names: fields,
      boxed: slot.boxed,
    };
  }
  if (node.node.type === 'nil') {
    const reason = `indirection through explicit nil in ${describeNode(node)}`;
    return { receiver: (state) => state.fail(reason), names: node.fields, boxed: false };
  }
  const inner = compileDynamic(context, node.node) ?? literalArgument(node.node, 'any');
  const receiver: Expression = (state) => {
    state.node = node.node;
    return inner(state);
  };
  return { receiver, names: node.fields, boxed: false };
}

interface FunctionNodes {
  readonly name: string;
  readonly node: ArgNode;
  /** What Go names when the call fails: the whole command. */
  readonly command: ArgNode | CommandNode;
}

function compileFunction(
  context: CompileContext,
  nodes: FunctionNodes,
  args: Arguments,
  hasFinal: boolean,
): Expression {
  const { name, node, command } = nodes;
  const callee = context.functions.get(name);
  if (callee === undefined) {
    return (state) => {
      state.node = node;
      return state.fail(`"${name}" is not a defined function`);
    };
  }
  const prepared = args.prepare(callee);
  if (name === 'and' || name === 'or') return compileLogic(name, node, prepared, hasFinal);
  const [first, second] = prepared;
  if ((name === 'include' || name === 'tpl') && first !== undefined && prepared.length + (hasFinal ? 1 : 0) === 2) {
    return compileExecution({ name, node, command }, first, second);
  }
  const weighs = goesThroughAll(name);
  return (state, final) => {
    state.node = node;
    return callFunction(state, { callee, node: command, name, args: prepared, hasFinal, final, weighs });
  };
}

/** `and` and `or` look at no more arguments than they need. */
function compileLogic(name: 'and' | 'or', node: ArgNode, args: readonly Expression[], hasFinal: boolean): Expression {
  const count = args.length + (hasFinal ? 1 : 0);
  return (state, final) => {
    state.node = node;
    if (count === 0) state.fail(`wrong number of args for ${name}: want at least 1 got 0`);
    let value: Value;
    for (const arg of args) {
      value = arg(state);
      if (isTrue(value) === (name === 'or')) return value;
    }
    return hasFinal ? final : value;
  };
}
