import type { Graph } from '@naru/core';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { layoutGraph } from './graph-layout.ts';

/** Graphs without circles: a node stands on nodes before it. */
const graphs = fc.integer({ min: 1, max: 12 }).chain((size) =>
  fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 30 }).map((pairs): Graph => {
    const nodes = Array.from({ length: size }, (_, index) => ({
      id: `n${index}`,
      title: `n${index}`,
      isOutside: false,
    }));
    const distinct = new Set(pairs.filter(([a, b]) => a !== b).map(([a, b]) => `${Math.max(a, b)} ${Math.min(a, b)}`));
    const edges = [...distinct].map((pair) => {
      const [from, to] = pair.split(' ');
      return { from: `n${from}`, to: `n${to}`, capabilities: [] };
    });
    return { nodes, edges };
  }),
);

it('puts everything right of what it stands on', () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      const { spots } = layoutGraph(graph);
      for (const { from, to } of graph.edges)
        expect(spots.get(from)?.column).toBeGreaterThan(spots.get(to)?.column ?? Number.NaN);
    }),
  );
});

it('leads every line from column to column, and over no node but its ends', () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      const { spots, routes } = layoutGraph(graph);
      expect(routes.length).toBe(graph.edges.length);
      for (const { edge, spots: route } of routes) {
        expect([route[0], route.at(-1)]).toEqual([spots.get(edge.to), spots.get(edge.from)]);
        for (const [index, { column }] of route.entries()) expect(column).toBe((route[0]?.column ?? 0) + index);
        const nodes = new Set([...spots.values()].map(({ column, row }) => `${column} ${row}`));
        for (const { column, row } of route.slice(1, -1)) expect(nodes).not.toContain(`${column} ${row}`);
      }
    }),
  );
});

it('gives no two nodes one spot, and all of them one within the picture', () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      const { spots, columns, rows } = layoutGraph(graph);
      const shown = [...spots.values()];
      expect(new Set(shown.map(({ column, row }) => `${column} ${row}`)).size).toBe(graph.nodes.length);
      for (const { column, row } of shown) {
        expect([column >= 0, column < columns, row >= 0, row <= rows - 1]).toEqual([true, true, true, true]);
      }
    }),
  );
});

it('keeps lines from crossing that need not', () => {
  const node = (id: string) => ({ id, title: id, isOutside: false });
  const edge = (from: string, to: string) => ({ from, to, capabilities: [] });
  const { spots } = layoutGraph({
    nodes: ['a', 'b', 'c', 'd'].map(node),
    edges: [edge('d', 'a'), edge('c', 'b')],
  });

  const rowOf = (id: string): number => spots.get(id)?.row ?? Number.NaN;
  expect(Math.sign(rowOf('a') - rowOf('b'))).toBe(Math.sign(rowOf('d') - rowOf('c')));
});
