import { expect, it } from 'vitest';
import { filesOf, goldenCases } from '../../testing/golden.ts';
import { sourcesOf } from '../../testing/sources.ts';
import { compose } from './compose.ts';
import { graphOf } from './graph.ts';

it('tells why a component stands on another, and what is outside', () => {
  const needs = goldenCases('compose').find(({ name }) => name === 'needs');
  const { composition } = compose(sourcesOf(filesOf(needs?.folder ?? '')), 'dev');
  if (composition === undefined) throw new Error('nothing composed');

  const { nodes, edges } = graphOf(composition);

  expect(nodes.map(({ title, isOutside }) => (isOutside ? `(${title})` : title))).toMatchInlineSnapshot(`
    [
      "(web.mail)",
      "big-db",
      "small-db",
      "cache",
      "web",
      "report",
    ]
  `);
  expect(
    edges.map(({ from, to, capabilities }) => `${from} → ${to}: ${capabilities.join(', ') || '—'}`),
  ).toMatchInlineSnapshot(`
    [
      "cache → small-db: peer",
      "web → big-db: postgresql-server",
      "web → cache: redis-server",
      "web → outside:web.mail: smtp-relay",
      "report → cache: —",
      "report → web: —",
    ]
  `);
});
