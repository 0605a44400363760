/** Components in an order in which each comes after what it stands on, or a circle among them. */
export type Order =
  | { readonly order: readonly string[]; readonly cycle: undefined }
  | { readonly order: undefined; readonly cycle: readonly string[] };

/**
 * Sorts names so that each comes after all it stands on; names without an edge between them are in alphabetical
 * order by level, so the result does not depend on the order of the input. Linear in names and edges but for the sort.
 *
 * A circle is returned as the path that closes it: first and last name are the same.
 */
export function orderOf(standsOn: ReadonlyMap<string, readonly string[]>): Order {
  const waiting = new Map<string, number>();
  const followers = new Map<string, string[]>();
  for (const [name, below] of standsOn) {
    waiting.set(name, below.length);
    for (const base of below) append(followers, base, name);
  }
  const order: string[] = [];
  let level = [...standsOn.keys()].filter((name) => waiting.get(name) === 0).sort();
  while (level.length > 0) {
    order.push(...level);
    const next: string[] = [];
    for (const name of level) {
      for (const follower of followers.get(name) ?? []) {
        const left = (waiting.get(follower) ?? 0) - 1;
        waiting.set(follower, left);
        if (left === 0) next.push(follower);
      }
    }
    level = next.sort();
  }
  if (order.length === standsOn.size) return { order, cycle: undefined };
  const done = new Set(order);
  const start = [...standsOn.keys()].filter((name) => !done.has(name)).sort()[0] ?? '';
  return { order: undefined, cycle: circleFrom(start, standsOn, done) };
}

/** Walks down from an unsorted name: every such name stands on another, so some name comes twice. */
function circleFrom(
  start: string,
  standsOn: ReadonlyMap<string, readonly string[]>,
  done: ReadonlySet<string>,
): readonly string[] {
  const path: string[] = [];
  const seenAt = new Map<string, number>();
  let current = start;
  while (!seenAt.has(current)) {
    seenAt.set(current, path.length);
    path.push(current);
    current = [...(standsOn.get(current) ?? [])].sort().find((below) => !done.has(below)) ?? start;
  }
  return [...path.slice(seenAt.get(current)), current];
}

function append(lists: Map<string, string[]>, key: string, item: string): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
