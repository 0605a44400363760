import { isMap, type Pair, type YAMLMap } from 'yaml';
import { keyText } from './read-node.ts';

/** Finds the offset of the entry at a path: of its key in a map, of itself in a list. */
export type Locator = (path: readonly (string | number)[]) => number | undefined;

/** Keys that are no scalars have no text, and no path names them. */
type Index = ReadonlyMap<string | undefined, Pair>;

/** A locator that reads each map once, however many of its entries are asked for. */
export function locatorIn(root: unknown): Locator {
  const indexes = new WeakMap<YAMLMap, Index>();
  const indexOf = (map: YAMLMap): Index => {
    let index = indexes.get(map);
    if (index === undefined) {
      // The last of equal keys wins, as it does in Go.
      index = new Map(map.items.map((pair) => [keyText(pair.key), pair]));
      indexes.set(map, index);
    }
    return index;
  };
  return (path) => {
    let node: unknown = root;
    let offset = offsetOf(root);
    for (const step of path) {
      if (isMap(node)) {
        const pair = indexOf(node).get(String(step));
        if (pair === undefined) return undefined;
        offset = offsetOf(pair.key);
        node = pair.value;
      } else if (typeof node === 'object' && node !== null && 'items' in node && Array.isArray(node.items)) {
        const items: readonly unknown[] = node.items;
        node = items[Number(step)];
        offset = offsetOf(node);
      } else return undefined;
      if (node === undefined && offset === undefined) return undefined;
    }
    return offset;
  };
}

export function offsetOf(node: unknown): number | undefined {
  if (typeof node !== 'object' || node === null || !('range' in node) || !Array.isArray(node.range)) return undefined;
  const [start] = node.range;
  return typeof start === 'number' ? start : undefined;
}
