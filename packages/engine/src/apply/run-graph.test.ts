import * as fc from 'fast-check';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type GraphNode, runGraph } from './run-graph.ts';

const QUIET = new AbortController().signal;

/** Any graph without circles, its nodes in any order: who stands before and who behind does not follow from the list. */
const graph: fc.Arbitrary<readonly GraphNode[]> = fc.integer({ min: 0, max: 12 }).chain((size) =>
  fc
    .tuple(
      ...Array.from({ length: size }, (_, index) =>
        fc.subarray(Array.from({ length: index }, (__, below) => `n${below}`)).map((after) => ({
          name: `n${index}`,
          after: [...after, 'somebody-else'],
        })),
      ),
    )
    .chain((nodes) => fc.shuffledSubarray(nodes, { minLength: nodes.length })),
);

function above(nodes: readonly GraphNode[], roots: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>();
  const stands = (node: GraphNode): boolean => node.after.some((one) => roots.has(one) || found.has(one));
  for (let size = -1; size !== found.size; ) {
    size = found.size;
    for (const node of nodes) if (stands(node)) found.add(node.name);
  }
  return found;
}

describe('runGraph', () => {
  it('starts a node after all it comes after, at most `parallel` at a time, and runs all once', async () => {
    await fc.assert(
      fc.asyncProperty(
        graph,
        fc.integer({ min: 1, max: 4 }),
        fc.infiniteStream(fc.nat(4)),
        async (nodes, parallel, rounds) => {
          const done = new Set<string>();
          const ran: string[] = [];
          let [running, most] = [0, 0];
          const endings = await runGraph(
            nodes,
            async (name) => {
              const after = nodes.find((node) => node.name === name)?.after ?? [];
              expect(after.every((one) => one === 'somebody-else' || done.has(one))).toBe(true);
              ran.push(name);
              running += 1;
              most = Math.max(most, running);
              for (let left = rounds.next().value ?? 0; left > 0; left -= 1) await turn();
              running -= 1;
              done.add(name);
            },
            { parallel, signal: QUIET },
          );
          expect(most).toBeLessThanOrEqual(parallel);
          expect(ran.toSorted()).toEqual(nodes.map(({ name }) => name).toSorted());
          expect([...endings.values()].every(({ kind }) => kind === 'done')).toBe(true);
        },
      ),
    );
  });

  it('blocks exactly what stands on a failure, however far', async () => {
    await fc.assert(
      fc.asyncProperty(
        graph,
        fc.infiniteStream(fc.boolean()),
        fc.integer({ min: 1, max: 4 }),
        async (nodes, coins, parallel) => {
          const faulty = new Set(nodes.map(({ name }) => name).filter(() => coins.next().value === true));
          const endings = await runGraph(
            nodes,
            async (name) => {
              await turn();
              if (faulty.has(name)) throw new Error(name);
            },
            { parallel, signal: QUIET },
          );
          const blocked = above(nodes, faulty);
          const expected = nodes.map(({ name }) => {
            if (blocked.has(name)) return [name, 'blocked'];
            return [name, faulty.has(name) ? 'failed' : 'done'];
          });
          expect(Object.fromEntries([...endings].map(([name, { kind }]) => [name, kind]))).toEqual(
            Object.fromEntries(expected),
          );
        },
      ),
    );
  });

  it('starts nothing after an abort, and waits for what runs', async () => {
    await fc.assert(
      fc.asyncProperty(graph, fc.integer({ min: 1, max: 4 }), fc.nat(11), async (nodes, parallel, abortAt) => {
        const stop = new AbortController();
        let started = 0;
        let ended = 0;
        const endings = await runGraph(
          nodes,
          async () => {
            expect(stop.signal.aborted).toBe(false);
            started += 1;
            const last = started > abortAt;
            await turn();
            if (last) stop.abort();
            await turn();
            ended += 1;
          },
          { parallel, signal: stop.signal },
        );
        expect(ended).toBe(started);
        const kinds = [...endings.values()].map(({ kind }) => kind);
        expect(kinds.filter((kind) => kind === 'done')).toHaveLength(started);
        expect(kinds.filter((kind) => kind === 'blocked')).toHaveLength(nodes.length - started);
      }),
    );
  });

  it('starts nothing at all when it is aborted before', async () => {
    const nodes = [
      { name: 'a', after: [] },
      { name: 'b', after: ['a'] },
    ];
    const endings = await runGraph(nodes, () => Promise.reject(new Error('started')), {
      parallel: 1,
      signal: AbortSignal.abort(),
    });
    expect([...endings.values()]).toEqual([{ kind: 'blocked' }, { kind: 'blocked' }]);
  });

  it('keeps the reason of a failure', async () => {
    const error = new Error('no disk');
    const endings = await runGraph([{ name: 'a', after: [] }], () => Promise.reject(error), {
      parallel: 1,
      signal: QUIET,
    });
    expect(endings.get('a')).toEqual({ kind: 'failed', error });
  });

  it('says who stands in a circle, after everything else has run', async () => {
    const ran: string[] = [];
    const nodes = [
      { name: 'a', after: ['b'] },
      { name: 'b', after: ['a'] },
      { name: 'c', after: [] },
    ];
    const running = runGraph(nodes, (name) => Promise.resolve(void ran.push(name)), { parallel: 2, signal: QUIET });
    await expect(running).rejects.toThrow('a circle among a, b');
    expect(ran).toEqual(['c']);
  });

  const chain = (length: number): readonly GraphNode[] =>
    Array.from({ length }, (_, index) => ({ name: `n${index}`, after: index === 0 ? [] : [`n${index - 1}`] }));
  const fan = (length: number): readonly GraphNode[] =>
    Array.from({ length }, (_, index) => ({ name: `n${index}`, after: index === 0 ? [] : ['n0'] }));

  it.each([
    { shape: 'a chain', build: chain, parallel: 8 },
    { shape: 'a chain listed backwards', build: (length: number) => chain(length).toReversed(), parallel: 8 },
    { shape: 'a fan', build: fan, parallel: 8 },
    { shape: 'a fan without a limit', build: fan, parallel: Number.POSITIVE_INFINITY },
  ])('$shape of 16,000 costs a node what one of 2,000 does', { retry: 2 }, async ({ build, parallel }) => {
    const perNode = async (length: number): Promise<number> => {
      const nodes = build(length);
      const begun = performance.now();
      await runGraph(nodes, () => turn(), { parallel, signal: QUIET });
      return (performance.now() - begun) / length;
    };
    await perNode(2_000);
    const small = Math.min(await perNode(2_000), await perNode(2_000));
    // A quadratic walk would be eight times slower per node.
    expect(Math.min(await perNode(16_000), await perNode(16_000))).toBeLessThan(4 * small);
  });
});
