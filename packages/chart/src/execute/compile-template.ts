import type { BranchNode, ListNode, StatementNode, TemplateNode, TemplateTree } from '../template/node.ts';
import type { PathNode } from '../trace/path-node.ts';
import { integerOf, isTrue, typeOf } from '../value/kind.ts';
import { printResult, printValue, sortedKeys } from '../value/print.ts';
import { asList, asMap, Int, isFunction } from '../value/value.ts';
import type { GoFunction, Value } from '../value/value.ts';
import { compilePipeline, declaredSlots } from './compile-pipeline.ts';
import type { CompileContext } from './compile-pipeline.ts';
import { Scope } from './scope.ts';
import type { Slot } from './scope.ts';
import { NO_READS, State } from './state.ts';
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
      const { text, position } = node;
      return (state) => {
        const start = state.output.length;
        state.write(text);
        state.run.tracer?.recorder?.wrote(state, start, position, undefined);
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
      const recorder = state.run.tracer?.recorder;
      const mark = recorder?.mark();
      pipe(state);
      if (mark !== undefined) recorder?.forget(mark);
      return 'next';
    };
  }
  return (state) => {
    const recorder = state.run.tracer?.recorder;
    const mark = recorder?.mark();
    const value = pipe(state);
    state.node = node;
    if (isFunction(value)) state.fail(`can't print {{...}} of type ${typeOf(value)}`);
    state.step();
    if (typeof value === 'object' && value !== null) {
      state.weigh([value]);
      state.run.tracer?.consume(state, value);
    }
    const start = state.output.length;
    state.write(typeof value === 'string' ? value : printResult(value));
    recorder?.wrote(state, start, node.position, mark);
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
      const recorder = state.run.tracer?.recorder;
      const mark = recorder?.mark();
      const value = pipe(state);
      const reads = mark === undefined ? undefined : recorder?.since(mark);
      if (mark !== undefined) recorder?.forget(mark);
      if (!isTrue(value)) return otherwise === undefined ? 'next' : otherwise(state);
      if (!isWith) return list(state);
      const { dot, dotReads } = state;
      state.dot = value;
      state.dotReads = reads ?? NO_READS;
      const signal = list(state);
      state.dot = dot;
      state.dotReads = dotReads;
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
    const { dot, dotReads } = state;
    state.run.tracer?.spread(state, collection);
    try {
      return iterateOver(state, collection, slots.length, once);
    } finally {
      state.dot = dot;
      state.dotReads = dotReads;
    }
  };
}

type Once = (state: State, index: Value, element: Value, reads: readonly PathNode[]) => boolean;

function compileOnce(node: BranchNode, slots: readonly (Slot | undefined)[], body: Statement): Once {
  const assignName = (i: number): string => node.pipe.declares[i]?.names[0] ?? '';
  return (state, index, element, reads) => {
    state.step();
    for (const [i, slot] of slots.entries()) {
      if (slot === undefined) return state.fail(`undefined variable: ${assignName(i)}`);
      const isIndex = slots.length > 1 && i === 0;
      state.variables[slot.index] = isIndex ? index : element;
      if (state.run.tracer?.recorder !== undefined) state.variableReads[slot.index] = isIndex ? NO_READS : reads;
    }
    state.dot = element;
    state.dotReads = reads;
    return body(state) !== 'break';
  };
}

function iterateOver(state: State, collection: Value, variables: number, once: Once): boolean {
  const integer = integerOf(collection);
  if (integer !== undefined) {
    if (variables > 1) state.fail(`can't use ${printValue(collection)} to iterate over more than one variable`);
    const isInt = collection instanceof Int;
    for (let i = 0n; i < integer; i++) if (!once(state, undefined, isInt ? new Int(i) : i, NO_READS)) break;
    return integer > 0n;
  }
  const { tracer } = state.run;
  const readsOf = (key: string | number): readonly PathNode[] =>
    tracer?.recorder === undefined ? NO_READS : tracer.elementOf(collection, key);
  const list = asList(collection);
  if (list !== undefined) {
    // Go takes the length once; a body that grows the list does not grow the loop.
    const size = list.length;
    for (let i = 0; i < size; i++) if (!once(state, new Int(i), list[i] ?? null, readsOf(i))) break;
    return size > 0;
  }
  const map = asMap(collection);
  if (map !== undefined) {
    const keys = sortedKeys(map);
    const entries = keys.map((key): [string, Value] => [key, map.get(key) ?? null]);
    for (const [key, value] of entries) if (!once(state, key, value, readsOf(key))) break;
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
    const recorder = state.run.tracer?.recorder;
    const mark = recorder?.mark();
    const given = data(state);
    state.passedReads = mark === undefined ? NO_READS : (recorder?.since(mark) ?? NO_READS);
    const inner = new State(template, state.surroundings, given, state);
    template.body(inner);
    recorder?.executed(inner);
    const start = state.output.length;
    state.write(inner.output);
    recorder?.wrote(state, start, node.position, mark);
    return 'next';
  };
}
