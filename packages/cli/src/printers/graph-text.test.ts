import type { Graph } from '@naru/core';
import { describe, expect, it } from 'vitest';
import { ENGLISH } from '../language/english.ts';
import { KOREAN } from '../language/korean.ts';
import { graphSvg } from './graph-svg.ts';
import { graphMermaid, graphTree } from './graph-text.ts';

/** A diamond with a long line, somebody outside, and somebody alone. */
const SHOP: Graph = {
  nodes: [
    { id: 'outside:web.mail', title: 'web.mail', isOutside: true },
    { id: 'alone', title: 'alone', isOutside: false },
    { id: 'db', title: 'db', isOutside: false },
    { id: 'auth', title: 'auth', isOutside: false },
    { id: 'orders', title: 'orders', isOutside: false },
    { id: 'web', title: 'web', isOutside: false },
  ],
  edges: [
    { from: 'auth', to: 'db', capabilities: ['postgresql-server'] },
    { from: 'orders', to: 'auth', capabilities: ['oidc'] },
    { from: 'orders', to: 'db', capabilities: ['postgresql-server', 'backup'] },
    { from: 'web', to: 'orders', capabilities: [] },
    { from: 'web', to: 'auth', capabilities: ['oidc'] },
    { from: 'web', to: 'outside:web.mail', capabilities: ['smtp <"relay">'] },
  ],
};
const PICTURES = '../../testdata/graph-pictures';

describe('a graph', () => {
  it.each([
    ['en', ENGLISH],
    ['ko', KOREAN],
  ] as const)('is a tree in %s, and shows nothing twice that has something below', async (language, messages) => {
    await expect(graphTree(SHOP, messages)).toMatchFileSnapshot(`${PICTURES}/shop.${language}.txt`);
  });

  it('is Mermaid with its text quoted', async () => {
    await expect(graphMermaid(SHOP)).toMatchFileSnapshot(`${PICTURES}/shop.mmd`);
  });

  it('is a picture with its text escaped', async () => {
    await expect(graphSvg(SHOP)).toMatchFileSnapshot(`${PICTURES}/shop.svg`);
  });

  it('has no two reasons at one place', () => {
    const node = (id: string) => ({ id, title: id, isOutside: false });
    const edge = (from: string, to: string) => ({ from, to, capabilities: [`${to} for ${from}`] });
    const nodes = ['a', 'b', 'c', 'd'].map(node);
    const edges = [edge('c', 'a'), edge('c', 'b'), edge('d', 'a'), edge('d', 'b')];

    const places = [...graphSvg({ nodes, edges }).matchAll(/class="why" (x="[\d.]+" y="[\d.]+")/g)].map(([, at]) => at);

    expect(places).toHaveLength(4);
    expect(new Set(places).size).toBe(4);
  });

  it('of nothing is a picture of nothing', () => {
    expect(graphSvg({ nodes: [], edges: [] })).toMatch(/^<svg .*<\/svg>\n$/s);
    expect(graphTree({ nodes: [], edges: [] }, ENGLISH)).toBe('');
  });
});
