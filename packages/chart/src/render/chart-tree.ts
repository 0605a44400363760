import type { Chart, ChartDependency } from '../chart/chart.ts';
import { ChartError } from '../error/chart-error.ts';
import { parseConstraint, satisfies } from '../semver/constraint.ts';
import { parseVersion } from '../semver/version.ts';
import { copyMap } from '../value/equal.ts';
import type { Value, ValueMap } from '../value/value.ts';
import { coalesceTables, coalesceValues, tableAt, valueAt } from '../values/coalesce.ts';
import type { ValueChart } from '../values/coalesce.ts';

/** A chart of one render: under its alias, with the subcharts that are switched on. */
export interface TreeChart extends ValueChart {
  readonly chart: Chart;
  dependencies: TreeChart[];
  requirements: readonly ChartDependency[];
  /** The path that its templates are named by: `web/charts/db`. */
  readonly path: string;
  readonly isRoot: boolean;
}

/**
 * Decides which subcharts take part: aliases give them names, conditions and tags switch them off, `import-values`
 * lifts their values into the parent. Refuses a dependency that is listed and missing.
 */
export function growTree(chart: Chart, values: ReadonlyMap<string, Value>): TreeChart {
  const missing = chart.metadata.dependencies
    .map((dependency) => dependency.name)
    .filter((name) => !chart.dependencies.some((child) => child.metadata.name === name));
  if (missing.length > 0) throw new ChartError('CHART_DEPENDENCY_MISSING', { names: missing.join(', ') });
  const { name } = chart.metadata;
  const root = plant(chart, { name, path: name, isRoot: true });
  enable(root, values, '');
  importValues(root);
  return root;
}

function plant(chart: Chart, place: { name: string; path: string; isRoot: boolean }): TreeChart {
  const tree: TreeChart = {
    ...place,
    chart,
    values: copyMap(chart.values),
    requirements: chart.metadata.dependencies,
    dependencies: [],
  };
  for (const { child, name } of namedChildren(chart)) {
    tree.dependencies.push(plant(child, { name, path: `${place.path}/charts/${name}`, isRoot: false }));
  }
  return tree;
}

/** Charts that nobody lists come first, then the listed ones, once per entry. */
function namedChildren(chart: Chart): { child: Chart; name: string }[] {
  const { dependencies } = chart.metadata;
  const isListed = (child: Chart): boolean => dependencies.some((dependency) => fits(dependency, child));
  const unlisted = chart.dependencies.filter((child) => !isListed(child));
  const listed = dependencies.flatMap((dependency) => {
    const child = chart.dependencies.find((candidate) => fits(dependency, candidate));
    return child === undefined ? [] : [{ child, name: dependency.alias || child.metadata.name }];
  });
  return [...unlisted.map((child) => ({ child, name: child.metadata.name })), ...listed];
}

function fits(dependency: ChartDependency, child: Chart): boolean {
  return dependency.name === child.metadata.name && isCompatible(dependency.version, child.metadata.version);
}

/** Whether `version` meets `range`; what cannot be read meets nothing. */
export function isCompatible(range: string, version: string): boolean {
  const parsed = parseVersion(version);
  const constraint = parseConstraint(range);
  return parsed !== undefined && typeof constraint !== 'string' && satisfies(parsed, constraint);
}

function enable(tree: TreeChart, values: ReadonlyMap<string, Value>, path: string): void {
  if (tree.requirements.length === 0) return;
  const coalesced = coalesceValues(tree, values, false);
  const off = new Set(
    tree.requirements
      .filter((dependency) => !isEnabled(dependency, coalesced, path))
      .map((dependency) => dependency.alias || dependency.name),
  );
  tree.dependencies = tree.dependencies.filter((child) => !off.has(child.name));
  tree.requirements = tree.requirements.filter((dependency) => !off.has(dependency.alias || dependency.name));
  for (const child of tree.dependencies) enable(child, coalesced, `${path}${child.name}.`);
}

/** The first condition that is a boolean decides; without one, the tags do. */
function isEnabled(dependency: ChartDependency, values: ValueMap, path: string): boolean {
  for (const condition of dependency.condition.trim().split(',')) {
    const value = condition === '' ? undefined : valueAt(values, path + condition);
    if (typeof value === 'boolean') return value;
  }
  const tags = tableAt(values, 'tags');
  const set = new Set(dependency.tags.map((tag) => tags?.get(tag)));
  return set.has(true) || !set.has(false);
}

function importValues(tree: TreeChart): void {
  for (const child of tree.dependencies) importValues(child);
  if (tree.requirements.length === 0) return;
  const own = coalesceValues(tree, new Map(), true);
  const imported: ValueMap = new Map();
  for (const dependency of tree.requirements) {
    for (const entry of dependency.importValues) {
      const [child, parent] = typeof entry === 'string' ? [`exports.${entry}`, '.'] : [entry.child, entry.parent];
      const table = tableAt(own, `${dependency.alias || dependency.name}.${child}`);
      if (table !== undefined) coalesceTables(imported, nest(parent, copyMap(table)), true);
    }
  }
  tree.values = coalesceTables(copyMap(own), imported, true);
}

function nest(path: string, table: ValueMap): ValueMap {
  if (path === '.') return table;
  return path.split('.').reduceRight((inner: ValueMap, step) => new Map<string, Value>([[step, inner]]), table);
}
