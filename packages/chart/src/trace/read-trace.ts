import type { ChartPlace } from '../error/chart-error.ts';
import type { TemplateTree } from '../template/node.ts';
import { locate } from '../template/template-error.ts';
import { walkOperands } from '../template/walk-nodes.ts';
import { compareText } from '../value/utf8.ts';
import type { Value, ValueMap } from '../value/value.ts';
import { guardedNodes } from './guarded-nodes.ts';
import type { PathNode, SiteNode, SiteTemplate } from './path-node.ts';
import { containerOf } from './tracer.ts';

/** Keys and list indexes from the root chart's values; those of a subchart start with its name or alias. */
export type ValuePath = readonly (string | number)[];

/** What the templates of one render read. It speaks of this render: other values can lead into other branches. */
export interface ReadTrace {
  /** Given values that nothing read, each as the highest path below which nothing was read. */
  readonly unread: readonly UnreadValue[];
  /** Reads that found nothing, because neither the given values nor a chart's defaults have the path. */
  readonly missing: readonly MissingValue[];
  /** Every value that was read and is set, in the order of its path. */
  readonly reads: readonly ValueRead[];
}

export interface UnreadValue {
  readonly path: ValuePath;
  /**
   * Whether the chart knows the key all the same: some template names it, in a branch that this render did not take,
   * or it belongs to a subchart that is switched off. When not, no values whatever can make the chart read it.
   */
  readonly isNamed: boolean;
}

export interface MissingValue {
  readonly path: ValuePath;
  readonly place: ChartPlace;
  /** Whether the template expects it to be missing: it is a condition, or goes into `default`, `required` or the like. */
  readonly isGuarded: boolean;
}

export interface ValueRead {
  readonly path: ValuePath;
  /** Whether everything below was read with it, as by `toYaml`. */
  readonly isWhole: boolean;
  /** Where, each place once; none when only `Chart.yaml` or a schema reads it. What `tpl` reads has the place of the `tpl`. */
  readonly places: readonly ChartPlace[];
}

/** What the end of a render knows, from which the trace is made. */
export interface TraceInput {
  readonly root: PathNode;
  readonly given: ValueMap;
  readonly trees: Iterable<TemplateTree>;
  readonly isSet: (path: ValuePath) => boolean;
  readonly isSwitchedOff: (path: ValuePath) => boolean;
}

/** Sums up what a tracer has seen. */
export function readTrace(input: TraceInput): ReadTrace {
  const reads: ValueRead[] = [];
  const missing = new Map<SiteNode, MissingValue>();
  const guards = new Map<SiteTemplate, ReadonlySet<SiteNode>>();
  const visit = (node: PathNode, path: ValuePath): void => {
    if (input.isSet(path)) {
      if (node.sites.size > 0 || node.isReadByChart) reads.push(readOf(node, path));
    } else {
      for (const [site, template] of node.misses) {
        // A global is looked for in the subchart's own values and in its parent's: the parent's is the one to set.
        if ((missing.get(site)?.path.length ?? Infinity) <= path.length) continue;
        missing.set(site, { path, place: placeOf(site, template), isGuarded: guardsOf(template, guards).has(site) });
      }
    }
    for (const child of node.children) visit(child, [...path, child.key]);
  };
  visit(input.root, []);
  return { unread: unreadOf(input), missing: [...missing.values()], reads: reads.sort(byPath) };
}

function guardsOf(template: SiteTemplate, known: Map<SiteTemplate, ReadonlySet<SiteNode>>): ReadonlySet<SiteNode> {
  const guards = known.get(template) ?? guardedNodes(template.root);
  known.set(template, guards);
  return guards;
}

function readOf(node: PathNode, path: ValuePath): ValueRead {
  const places = new Map<string, ChartPlace>();
  for (const [site, template] of node.sites) {
    const place = placeOf(site, template);
    places.set(`${place.file}:${place.line}:${place.column}`, place);
  }
  return { path, isWhole: node.isWhole, places: [...places.values()] };
}

function placeOf(site: SiteNode, template: SiteTemplate): ChartPlace {
  return locate(template.source, site.position).place;
}

function byPath(a: ValueRead, b: ValueRead): number {
  return compareText(a.path.join('\0'), b.path.join('\0'));
}

function unreadOf({ root, given, trees, isSwitchedOff }: TraceInput): UnreadValue[] {
  const paths: ValuePath[] = [];
  for (const [key, value] of given) {
    const below = unreadBelow(value, root.find(key), [key]);
    paths.push(...below);
  }
  if (paths.length === 0 || root.isWhole) return [];
  const names = namesIn(trees);
  return paths.map((path) => {
    const key = path.findLast((step) => typeof step === 'string');
    return { path, isNamed: (key !== undefined && names.has(key)) || isSwitchedOff(path) };
  });
}

/** The highest unread paths; `value` itself when nothing in it was read and nothing asked for it. */
function unreadBelow(value: Value, node: PathNode | undefined, path: ValuePath): readonly ValuePath[] {
  if (node?.isWhole === true) return [];
  const container = containerOf(value);
  const entries = container === undefined ? [] : [...container.entries()];
  if (node === undefined || entries.length === 0) return node?.isRead === true ? [] : [path];
  const below = entries.map(([key, item]) => unreadBelow(item, node.find(key), [...path, key]));
  const isAll = below.every(([first, ...more]) => more.length === 0 && first?.length === path.length + 1);
  return isAll && !node.isRead ? [path] : below.flat();
}

/** Every word of the templates that could be the key of a value: fields, and texts as `index` and `get` take them. */
function namesIn(trees: Iterable<TemplateTree>): ReadonlySet<string | number> {
  const names = new Set<string | number>();
  for (const { root } of trees) {
    walkOperands(root, (node) => {
      if (node.type === 'field' || node.type === 'variable') for (const name of node.names) names.add(name);
      else if (node.type === 'chain') for (const name of node.fields) names.add(name);
      else if (node.type === 'string') names.add(node.value);
    });
  }
  return names;
}
