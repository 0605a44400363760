/** One thing to run, and what must have been done before. */
export interface GraphNode {
  readonly name: string;
  readonly after: readonly string[];
}

export type Ending =
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly error: unknown }
  /** Something before it failed, or the run was stopped. */
  | { readonly kind: 'blocked' };

export interface RunOptions {
  readonly parallel: number;
  readonly signal: AbortSignal;
}

/**
 * Runs every node once all nodes in its `after` are done, at most `parallel` at a time, first come, first served.
 *
 * A failure stops what comes after it; independent nodes go on. After an abort nothing new is started. Names in `after`
 * that are not among the nodes do not count. A circle, which a composition refuses, is a bug and throws.
 */
export async function runGraph(
  nodes: readonly GraphNode[],
  run: (name: string) => Promise<void>,
  { parallel, signal }: RunOptions,
): Promise<ReadonlyMap<string, Ending>> {
  const endings = new Map<string, Ending>();
  const { followers, missing } = edgesOf(nodes);
  const ready = nodes.map(({ name }) => name).filter((name) => missing.get(name) === 0);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let started = 0;
  let running = 0;

  const block = (name: string): void => {
    const open = [name];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (endings.has(next)) continue;
      endings.set(next, { kind: 'blocked' });
      open.push(...(followers.get(next) ?? []));
    }
  };
  const settle = (name: string, ending: Ending): void => {
    running -= 1;
    endings.set(name, ending);
    for (const follower of followers.get(name) ?? []) {
      if (ending.kind !== 'done') block(follower);
      const left = (missing.get(follower) ?? 0) - 1;
      missing.set(follower, left);
      if (left === 0 && !endings.has(follower)) ready.push(follower);
    }
    advance();
  };
  const start = (name: string): void => {
    running += 1;
    run(name).then(
      () => settle(name, { kind: 'done' }),
      (error: unknown) => settle(name, { kind: 'failed', error }),
    );
  };
  const advance = (): void => {
    if (signal.aborted) for (const name of ready.splice(started)) block(name);
    for (const name of ready.slice(started, started + parallel - running)) {
      started += 1;
      start(name);
    }
    if (running > 0) return;
    const lost = nodes.filter(({ name }) => !endings.has(name)).map(({ name }) => name);
    if (lost.length === 0) resolve();
    else reject(new TypeError(`a circle among ${lost.join(', ')}`));
  };

  advance();
  await promise;
  return endings;
}

/** Who waits for whom, and for how many. */
function edgesOf(nodes: readonly GraphNode[]): {
  readonly followers: ReadonlyMap<string, readonly string[]>;
  readonly missing: Map<string, number>;
} {
  const followers = new Map<string, string[]>(nodes.map(({ name }) => [name, []]));
  const missing = new Map<string, number>();
  for (const { name, after } of nodes) {
    const before = [...new Set(after)].filter((one) => followers.has(one));
    missing.set(name, before.length);
    for (const one of before) followers.get(one)?.push(name);
  }
  return { followers, missing };
}
