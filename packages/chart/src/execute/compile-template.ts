import type { BranchNode, ListNode, StatementNode, TemplateNode, TemplateTree } from '../template/node.ts';
import { integerOf, isTrue, typeOf } from '../value/kind.ts';
import { printResult, printValue, sortedKeys } from '../value/print.ts';
import { asList, asMap, Int, isFunction } from '../value/value.ts';
import type { GoFunction, Value } from '../value/value.ts';
import { compilePipeline, declaredSlots } from './compile-pipeline.ts';
import type { CompileContext } from './compile-pipeline.ts';
import { Scope } from './scope.ts';
import type { Slot } from './scope.ts';
import { State } from './state.ts';
import type { CompiledTemplate, Expression, Signal, Statement } from './state.ts';

/** Turns a parsed template into closures. Nothing is looked up by name again, except other templates. */
export function compileTemplate(tree: TemplateTree, functions: ReadonlyMap<string, GoFunction>): CompiledTemplate {
  const context: CompileContext = { functions, scope: new Scope() };
  return { name: tree.name, source: tree.source, root: tree.root, body: compileList(context, tree.root) };
}

function compileList(context: CompileContext, list: ListNode): Statement {
  const statements = list.nodes.map((node) => compileStatement(context, node));
  const [only] = statements;
  if (statements.length === 1 && only !== undefined) return only;
  return (state) => {
    // An iterator would take more of the stack than everything else here; includes nest by the thousand.
    for (let i = 0; i < statements.length; i++) {
      const signal = statements[i]?.(state) ?? 'next';
      if (signal !== 'next') return signal;
    }
    return 'next';
  };
}

function compileStatement(context: CompileContext, node: StatementNode): Statement {
  switch (node.type) {
    case 'text': {
      const { text } = node;
      return (state) => {
        state.write(text);
        return 'next';
      };
    }
    case 'action':
      return compileAction(context, node);
    case 'break':
    case 'continue': {
      const signal: Signal = node.type;
      return () => signal;
    }
    case 'if':
    case 'with':
      return compileCondition(context, node);
    case 'range':
      return compileRange(context, node);
    default:
      return compileInvocation(context, node);
  }
}

function compileAction(context: CompileContext, node: Extract<StatementNode, { type: 'action' }>): Statement {
  const pipe = compilePipeline(context, node.pipe);
  if (node.pipe.declares.length > 0) {
    return (state) => {
      pipe(state);
      return 'next';
    };
  }
  return (state) => {
    const value = pipe(state);
    state.node = node;
    if (isFunction(value)) state.fail(`can't print {{...}} of type ${typeOf(value)}`);
    state.step();
    if (typeof value === 'object' && value !== null) {
      state.weigh([value]);
      state.run.tracer?.consume(state, value);
    }
    state.write(typeof value === 'string' ? value : printResult(value));
    return 'next';
  };
}

function compileCondition(context: CompileContext, node: BranchNode): Statement {
  return context.scope.nested(() => {
    const pipe = compilePipeline(context, node.pipe);
    const isWith = node.type === 'with';
    const list = context.scope.nested(() => {
      if (isWith) context.scope.dotBoxed = false;
      return compileList(context, node.list);
    });
    const otherwise = node.elseList === undefined ? undefined : compileList(context, node.elseList);
    return (state) => {
      const value = pipe(state);
      if (!isTrue(value)) return otherwise === undefined ? 'next' : otherwise(state);
      if (!isWith) return list(state);
      const outer = state.dot;
      state.dot = value;
      const signal = list(state);
      state.dot = outer;
      return signal;
    };
  });
}

function compileRange(context: CompileContext, node: BranchNode): Statement {
  return context.scope.nested(() => {
    const source = compilePipeline(context, { ...node.pipe, declares: [] });
    const { list, slots } = context.scope.nested(() => {
      const declared = declaredSlots(context, node.pipe, true);
      context.scope.dotBoxed = true;
      return { slots: declared, list: compileList(context, node.list) };
    });
    const otherwise = node.elseList === undefined ? undefined : compileList(context, node.elseList);
    const iterate = compileIteration(node, slots, list);
    return (state) => {
      const ran = iterate(state, source(state));
      return ran || otherwise === undefined ? 'next' : otherwise(state);
    };
  });
}

/** Walks over a collection; tells whether there was anything in it. */
function compileIteration(
  node: BranchNode,
  slots: readonly (Slot | undefined)[],
  body: Statement,
): (state: State, collection: Value) => boolean {
  const once = compileOnce(node, slots, body);
  return (state, collection) => {
    const outer = state.dot;
    state.run.tracer?.spread(state, collection);
    try {
      return iterateOver(state, collection, slots.length, once);
    } finally {
      state.dot = outer;
    }
  };
}

type Once = (state: State, index: Value, element: Value) => boolean;

function compileOnce(node: BranchNode, slots: readonly (Slot | undefined)[], body: Statement): Once {
  const assignName = (i: number): string => node.pipe.declares[i]?.names[0] ?? '';
  return (state, index, element) => {
    state.step();
    for (const [i, slot] of slots.entries()) {
      if (slot === undefined) return state.fail(`undefined variable: ${assignName(i)}`);
      state.variables[slot.index] = slots.length > 1 && i === 0 ? index : element;
    }
    state.dot = element;
    return body(state) !== 'break';
  };
}

function iterateOver(state: State, collection: Value, variables: number, once: Once): boolean {
  const integer = integerOf(collection);
  if (integer !== undefined) {
    if (variables > 1) state.fail(`can't use ${printValue(collection)} to iterate over more than one variable`);
    const isInt = collection instanceof Int;
    for (let i = 0n; i < integer; i++) if (!once(state, undefined, isInt ? new Int(i) : i)) break;
    return integer > 0n;
  }
  const list = asList(collection);
  if (list !== undefined) {
    // Go takes the length once; a body that grows the list does not grow the loop.
    const size = list.length;
    for (let i = 0; i < size; i++) if (!once(state, new Int(i), list[i] ?? null)) break;
    return size > 0;
  }
  const map = asMap(collection);
  if (map !== undefined) {
    const keys = sortedKeys(map);
    const entries = keys.map((key): [string, Value] => [key, map.get(key) ?? null]);
    for (const [key, value] of entries) if (!once(state, key, value)) break;
    return entries.length > 0;
  }
  if (collection !== undefined && collection !== null) state.fail(`range can't iterate over ${printValue(collection)}`);
  return false;
}

function compileInvocation(context: CompileContext, node: TemplateNode): Statement {
  const data: Expression = node.pipe === undefined ? () => undefined : compilePipeline(context, node.pipe);
  return (state) => {
    state.node = node;
    const template = state.surroundings.find(node.name);
    if (template === undefined) return state.fail(`template ${JSON.stringify(node.name)} not defined`);
    const inner = new State(template, state.surroundings, data(state), state);
    template.body(inner);
    state.write(inner.output);
    return 'next';
  };
}
