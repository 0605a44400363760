import type { ChartDependency } from '../chart/chart.ts';
import type { TemplateSet } from '../execute/template-set.ts';
import type { TreeChart } from '../render/chart-tree.ts';
import { decodeJson, JsonError } from '../value/json.ts';
import { decodeUtf8 } from '../value/utf8.ts';
import type { Value, ValueMap } from '../value/value.ts';
import type { PathNode } from './path-node.ts';
import { originTrace } from './object-origin.ts';
import type { OriginTrace } from './object-origin.ts';
import type { OriginRecorder } from './origin-recorder.ts';
import { readTrace } from './read-trace.ts';
import type { ReadTrace, ValuePath } from './read-trace.ts';
import { containerOf, Tracer } from './tracer.ts';

const GLOBAL = 'global';

/** A tracer for one render of `tree` with `values`, to which everything is known that `Chart.yaml` and schemas read. */
export function traceChart(tree: TreeChart, values: ValueMap, recorder?: OriginRecorder): Tracer {
  const tracer = new Tracer(values, recorder);
  const globals = values.get(GLOBAL);
  const nodes = [tracer.root.child(GLOBAL)];
  if (globals instanceof Map) tracer.follow(globals, tracer.root.child(GLOBAL));
  for (const child of tree.dependencies) {
    followSubchart(tracer, { tree: child, values: values.get(child.name), node: tracer.root.child(child.name), nodes });
  }
  markDeclared(tracer.root, tracer.root, tree);
  return tracer;
}

interface Subchart {
  readonly tree: TreeChart;
  readonly values: Value;
  readonly node: PathNode;
  /** Where the parent's globals come from: its own, its parent's, and so on. */
  readonly nodes: readonly PathNode[];
}

/** Subcharts begin at their own values. Their globals are a copy of its parent's with its own below them: a read goes to both. */
function followSubchart(tracer: Tracer, subchart: Subchart): void {
  const { tree, values, node } = subchart;
  if (!(values instanceof Map)) return;
  tracer.follow(values, node);
  const nodes = [...subchart.nodes, node.child(GLOBAL)];
  const globals = values.get(GLOBAL);
  if (globals instanceof Map) for (const source of nodes) tracer.follow(globals, source);
  for (const child of tree.dependencies) {
    followSubchart(tracer, { tree: child, values: values.get(child.name), node: node.child(child.name), nodes });
  }
}

/** Marks what is read without a template: conditions, tags, imported values, and what a schema describes. */
function markDeclared(root: PathNode, node: PathNode, tree: TreeChart): void {
  const { metadata, schema } = tree.chart;
  for (const dependency of metadata.dependencies) markDependency(root, node, dependency);
  if (schema !== undefined) markSchema(node, readSchema(schema));
  for (const child of tree.dependencies) markDeclared(root, node.child(child.name), child);
}

function markDependency(root: PathNode, node: PathNode, dependency: ChartDependency): void {
  for (const condition of dependency.condition.split(',')) {
    if (condition.trim() !== '') below(node, condition.trim()).isReadByChart = true;
  }
  for (const tag of dependency.tags) root.child('tags').child(tag).isReadByChart = true;
  for (const entry of dependency.importValues) {
    const imported = below(node.child(dependency.alias || dependency.name), childPath(entry));
    imported.isReadByChart = true;
    imported.isWhole = true;
  }
}

function childPath(entry: ChartDependency['importValues'][number]): string {
  return typeof entry === 'string' ? `exports.${entry}` : entry.child;
}

function below(node: PathNode, dotted: string): PathNode {
  return dotted.split('.').reduce((inner, key) => inner.child(key), node);
}

/** A schema that cannot be read describes nothing; refusing it is not for the trace. */
function readSchema(schema: Uint8Array): Value {
  try {
    return decodeJson(decodeUtf8(schema));
  } catch (error) {
    if (error instanceof JsonError) return undefined;
    throw error;
  }
}

function markSchema(node: PathNode, schema: Value): void {
  const properties = schema instanceof Map ? schema.get('properties') : undefined;
  if (!(properties instanceof Map)) return;
  for (const [key, property] of properties) {
    node.child(key).isReadByChart = true;
    markSchema(node.child(key), property);
  }
}

/** What `tracer` has seen when the templates of `set` have been executed. */
export function summarize(tracer: Tracer, set: TemplateSet, tree: TreeChart, given: ValueMap): ReadTrace {
  return readTrace({
    root: tracer.root,
    given,
    trees: () => set.trees(),
    isSet: (path) => valueIn(tree, given, path) !== undefined,
    isSwitchedOff: (path) => isSwitchedOff(tree, path),
  });
}

/** Where the objects of a render come from; nothing when that was not recorded. */
export function originsOf({ root, recorder }: Tracer, tree: TreeChart, given: ValueMap): OriginTrace | undefined {
  return recorder === undefined
    ? undefined
    : originTrace({ recorder, root, valueAt: (path) => valueIn(tree, given, path) });
}

/** What the user, or else a chart's defaults, imports included, have at `path`. */
function valueIn(tree: TreeChart, given: Value, path: ValuePath): Value {
  const value = at(given, path) ?? at(tree.values, path);
  if (value !== undefined) return value;
  const [first, ...rest] = path;
  const child = tree.dependencies.find(({ name }) => name === first);
  return child === undefined ? undefined : valueIn(child, undefined, rest);
}

function at(value: Value, path: ValuePath): Value {
  let current = value;
  for (const key of path) {
    const container = containerOf(current);
    if (container === undefined) return undefined;
    current = container instanceof Map ? container.get(String(key)) : container[Number(key)];
  }
  return current;
}

/** Whether `path` leads into a subchart that takes no part in this render. */
function isSwitchedOff(tree: TreeChart, path: ValuePath): boolean {
  const [first, ...rest] = path;
  const child = tree.dependencies.find(({ name }) => name === first);
  if (child !== undefined) return isSwitchedOff(child, rest);
  return (
    tree.chart.metadata.dependencies.some(({ name, alias }) => (alias || name) === first) ||
    tree.chart.dependencies.some(({ metadata }) => metadata.name === first)
  );
}
