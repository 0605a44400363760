import { describe, expect, it } from 'vitest';
import { sourcesOf } from '../../testing/sources.ts';
import { chartDefaultsOf } from './chart-defaults.ts';
import { compose } from './compose.ts';
import { isLeaf, type Traced } from './traced.ts';

const HEAD = 'apiVersion: naru.dev/v1alpha1\n';
const CHART = 'apiVersion: v2\nname: web\nversion: 1.0.0\n';

function defaults(files: Readonly<Record<string, string>>): readonly string[] {
  const sources = sourcesOf(
    new Map([
      ['platform.yaml', `${HEAD}kind: Platform\nmetadata: { name: shop }\nspec: { components: { web: {} } }\n`],
      ['sites/dev.yaml', `${HEAD}kind: Site\nmetadata: { name: dev }\nspec: {}\n`],
      ...Object.entries(files).map(([file, text]) => [`components/web/${file}`, text] as const),
    ]),
  );
  const component = compose(sources, 'dev').composition?.components[0];
  if (component === undefined) throw new Error('nothing composed');
  return linesOf(chartDefaultsOf(component));
}

function linesOf(tree: Traced, above = ''): readonly string[] {
  return Object.entries(tree).flatMap(([key, node]) => {
    if (!isLeaf(node)) return linesOf(node, `${above}${key}.`);
    const said = [node, ...node.overrode].map(
      ({ value, origin }) => `${String(value)} ${origin.file}:${origin.line}:${origin.column}`,
    );
    return [`${above}${key} = ${said.join(' over ')}`];
  });
}

describe('defaults of a chart', () => {
  it('have the places of values.yaml', () => {
    expect(defaults({ 'chart/Chart.yaml': CHART, 'chart/values.yaml': 'a: 1\nb:\n  c: 2\n' })).toEqual([
      'a = 1 components/web/chart/values.yaml:1:1',
      'b.c = 2 components/web/chart/values.yaml:3:3',
    ]);
  });

  it('hold those of subcharts under every name that the chart uses them by', () => {
    const dependencies = 'dependencies:\n  - { name: db, alias: orders }\n  - { name: db }\n  - { alias: nothing }\n';
    expect(
      defaults({
        'chart/Chart.yaml': CHART + dependencies,
        'chart/values.yaml': 'orders: { size: 2 }\n',
        'chart/charts/db-1/Chart.yaml': 'name: db\n',
        'chart/charts/db-1/values.yaml': 'size: 1\n',
        'chart/charts/db-1/charts/log/values.yaml': 'level: info\n',
      }),
    ).toEqual([
      'orders.log.level = info components/web/chart/charts/db-1/charts/log/values.yaml:1:1',
      'orders.size = 2 components/web/chart/values.yaml:1:11 over 1 components/web/chart/charts/db-1/values.yaml:1:1',
      'db.log.level = info components/web/chart/charts/db-1/charts/log/values.yaml:1:1',
      'db.size = 1 components/web/chart/charts/db-1/values.yaml:1:1',
    ]);
  });

  it.each([
    ['no values.yaml', {}],
    ['values that are no map', { 'chart/values.yaml': '- a\n' }],
    ['values that are no YAML', { 'chart/values.yaml': 'a: [\n' }],
  ])('are none for a chart with %s', (_, files) => {
    expect(defaults({ 'chart/Chart.yaml': CHART, ...files })).toEqual([]);
  });

  it('are none for plain manifests', () => {
    expect(defaults({ 'manifests/a.yaml': 'a: 1\n' })).toEqual([]);
  });
});
