import type { ChartPlace } from '../error/chart-error.ts';
import type { TemplateTree } from '../template/node.ts';
import { locate } from '../template/template-error.ts';
import { walkOperands } from '../template/walk-nodes.ts';
import type { Value, ValueMap } from '../value/value.ts';
import { guardedNodes } from './guarded-nodes.ts';
import type { PathNode, Site, SiteNode, SiteTemplate } from './path-node.ts';
import { containerOf } from './tracer.ts';

/** Keys and list indexes from the root chart's values; those of a subchart start with its name or alias. */
export type ValuePath = readonly (string | number)[];

/** What the templates of one render read, summed up when it is asked for. It speaks of this render: other values can lead into other branches. */
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
  readonly trees: () => Iterable<TemplateTree>;
  readonly isSet: (path: ValuePath) => boolean;
  readonly isSwitchedOff: (path: ValuePath) => boolean;
}

/** Sums up what a tracer has seen, each part when it is first asked for. */
export function readTrace(input: TraceInput): ReadTrace {
  let unread: readonly UnreadValue[] | undefined;
  let reads: ReadSummary | undefined;
  return {
    get unread() {
      unread ??= unreadOf(input);
      return unread;
    },
    get missing() {
      reads ??= new ReadSummary(input);
      return [...reads.missing.values()];
    },
    get reads() {
      reads ??= new ReadSummary(input);
      return reads.reads;
    },
  };
}

/** One walk over everything that was read. */
class ReadSummary {
  readonly reads: ValueRead[] = [];
  readonly missing = new Map<SiteNode, MissingValue>();
  readonly #isSet: TraceInput['isSet'];
  readonly #guards = new Map<SiteTemplate, ReadonlySet<SiteNode>>();
  /** By the position in the template's text: many values are read at the same few places. */
  readonly #places = new Map<SiteTemplate, Map<number, ChartPlace>>();

  constructor({ root, isSet }: TraceInput) {
    this.#isSet = isSet;
    this.#visit(root, []);
  }

  #visit(node: PathNode, path: ValuePath): void {
    if (node.isRead) this.#add(node, path);
    const children = [...node.children].sort((a, b) => (a.key < b.key ? -1 : 1));
    for (const child of children) this.#visit(child, [...path, child.key]);
  }

  #add(node: PathNode, path: ValuePath): void {
    if (this.#isSet(path)) {
      if (node.sites.length > 0 || node.isReadByChart) this.reads.push(this.#readOf(node, path));
      return;
    }
    for (const site of node.misses) {
      // A global is looked for in the subchart's own values and in its parent's: the parent's is the one to set.
      if ((this.missing.get(site.node)?.path.length ?? Infinity) <= path.length) continue;
      const isGuarded = this.#guardsOf(site.template).has(site.node);
      this.missing.set(site.node, { path, place: this.#placeOf(site), isGuarded });
    }
  }

  #readOf(node: PathNode, path: ValuePath): ValueRead {
    const places = new Set(node.sites.map((site) => this.#placeOf(site)));
    return { path, isWhole: node.isWhole, places: [...places] };
  }

  #guardsOf(template: SiteTemplate): ReadonlySet<SiteNode> {
    const guards = this.#guards.get(template) ?? guardedNodes(template.root);
    this.#guards.set(template, guards);
    return guards;
  }

  #placeOf({ node: { position }, template }: Site): ChartPlace {
    const places = this.#places.get(template) ?? new Map<number, ChartPlace>();
    this.#places.set(template, places);
    const place = places.get(position) ?? locate(template.source, position).place;
    places.set(position, place);
    return place;
  }
}

function unreadOf({ root, given, trees, isSwitchedOff }: TraceInput): UnreadValue[] {
  const paths: ValuePath[] = [];
  for (const [key, value] of given) {
    const below = unreadBelow(value, root.find(key), [key]);
    paths.push(...below);
  }
  if (paths.length === 0 || root.isWhole) return [];
  const names = namesIn(trees());
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
