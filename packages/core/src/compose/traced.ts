import type { Path } from '../document/document.ts';
import type { Place } from '../error/naru-error.ts';
import { isRecord } from '../object/manifest.ts';

/** Which source of settings a value comes from, weakest first. */
export type LayerName = 'chart' | 'component' | 'size' | 'profile' | 'platform' | 'site' | 'set';

/** Where an effective value was set. */
export interface Origin extends Place {
  readonly layer: LayerName;
  /** The setting that was set there, for a value that follows from one. */
  readonly setting?: string;
}

/** What one layer says. */
export interface Said {
  readonly value: unknown;
  readonly origin: Origin;
}

/** A scalar or a list: the unit that one layer replaces as a whole. `null` takes the key away, as in Helm. */
export interface Leaf extends Said {
  /** What weaker layers said, strongest first. */
  readonly overrode: readonly Said[];
}

/** A map of values in which every leaf knows where it came from. */
export interface Traced {
  readonly [key: string]: Traced | Leaf;
}

const LEAVES = new WeakSet<object>();

export function leaf(value: unknown, origin: Origin, overrode: readonly Said[] = []): Leaf {
  return leafOf({ value, origin }, overrode);
}

function leafOf(said: Said, overrode: readonly Said[]): Leaf {
  const made: Leaf = {
    value: said.value,
    get origin() {
      return said.origin;
    },
    overrode,
  };
  // A map of values may have keys `value` and `origin` of its own, so shape alone cannot tell the two apart.
  LEAVES.add(made);
  return made;
}

export function isLeaf(node: Traced | Leaf): node is Leaf {
  return LEAVES.has(node);
}

/**
 * Gives every leaf of a plain tree its origin. It is asked for when somebody wants to see it: finding the place of one
 * leaf in a document takes time, and most are never shown.
 */
export function trace(
  tree: Readonly<Record<string, unknown>>,
  originOf: (path: Path) => Origin,
  path: Path = [],
): Traced {
  const entries = Object.entries(tree).map(([key, value]): [string, Traced | Leaf] => {
    const here = [...path, key];
    return [
      key,
      isRecord(value)
        ? trace(value, originOf, here)
        : leafOf(
            lazily(value, () => originOf(here)),
            [],
          ),
    ];
  });
  return Object.fromEntries(entries);
}

/** The same tree with other origins, those of what was overridden included. */
export function retrace(node: Traced | Leaf, change: (origin: Origin) => Origin): Traced | Leaf {
  if (!isLeaf(node))
    return Object.fromEntries(Object.entries(node).map(([key, inside]) => [key, retrace(inside, change)]));
  const changed = (said: Said): Said => lazily(said.value, () => change(said.origin));
  return leafOf(changed(node), node.overrode.map(changed));
}

function lazily(value: unknown, originOf: () => Origin): Said {
  let found: Origin | undefined;
  return {
    value,
    get origin() {
      found ??= originOf();
      return found;
    },
  };
}

/** Lays `over` on `base`: maps merge, lists and scalars replace, and what they replaced is remembered. */
export function overlay(base: Traced, over: Traced): Traced {
  // A map, because a key such as `__proto__` must stay an ordinary key.
  const merged = new Map(Object.entries(base));
  for (const [key, node] of Object.entries(over)) {
    const below = merged.get(key);
    merged.set(key, below === undefined ? node : overlayNode(below, node));
  }
  return Object.fromEntries(merged);
}

function overlayNode(below: Traced | Leaf, over: Traced | Leaf): Traced | Leaf {
  if (!isLeaf(over)) return isLeaf(below) ? over : overlay(below, over);
  return leafOf(over, [...over.overrode, ...(isLeaf(below) ? [withoutHistory(below), ...below.overrode] : [])]);
}

function withoutHistory(said: Said): Said {
  return lazily(said.value, () => said.origin);
}

/** The plain values, nulls included: the chart engine needs them to take its own defaults away. */
export function untrace(traced: Traced): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(traced).map(([key, node]) => [key, isLeaf(node) ? node.value : untrace(node)]),
  );
}

/** A tree with one leaf at a dotted path. */
export function grow(path: readonly string[], node: Traced | Leaf): Traced {
  const [first = '', ...rest] = path;
  return { [first]: rest.length === 0 ? node : grow(rest, node) };
}
