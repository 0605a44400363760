import { stringifyYaml } from '@naru/chart';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { sourcesOf } from '../../testing/sources.ts';
import { valueAt } from '../spec/read-spec.ts';
import { compose } from './compose.ts';
import { explain } from './explain.ts';
import { untrace } from './traced.ts';

type Tree = Readonly<Record<string, unknown>>;

/** Strongest first, as whoever explains names them. */
const RANKS = ['set', 'site', 'platform', 'profile', 'size', 'component', 'chart'];
const FILES = ['site', 'platform', 'profile', 'size', 'component', 'chart'] as const;

const key = fc.constantFrom('a', 'b', 'c.d', 'value', 'overrode', 'constructor');
const scalar = fc.oneof(
  fc.integer(),
  fc.constantFrom('x', 'y', ''),
  fc.boolean(),
  fc.array(fc.integer(), { maxLength: 2 }),
);
const { tree } = fc.letrec<{ tree: Tree; node: unknown }>((tie) => ({
  tree: fc.dictionary(key, tie('node'), { maxKeys: 3, noNullPrototype: true }),
  node: fc.oneof({ maxDepth: 2 }, scalar, fc.constant(null), tie('tree')),
}));
const settings = fc.record({ one: scalar, two: scalar }, { requiredKeys: [] });
/** What each layer says: settings, and values of its own. A size has settings alone, a chart values alone. */
const said = fc.record(Object.fromEntries(FILES.map((layer) => [layer, fc.record({ settings, values: tree })])));

interface Said {
  readonly settings: Tree;
  readonly values: Tree;
}

function filesOf(layers: Readonly<Record<string, Said>>): ReadonlyMap<string, string> {
  const of = (layer: (typeof FILES)[number]): Said => layers[layer] ?? { settings: {}, values: {} };
  const document = (kind: string, name: string, spec: object): string =>
    stringifyYaml({ apiVersion: 'naru.dev/v1alpha1', kind, metadata: { name }, spec });
  const declared = (name: string, target: string): object => {
    const value = of('component').settings[name];
    return { schema: {}, to: [target, `both.${name}`], ...(value === undefined ? {} : { default: value }) };
  };
  return new Map([
    [
      'platform.yaml',
      document('Platform', 'shop', { profiles: ['p'], size: 's', components: { web: of('platform') } }),
    ],
    ['sites/dev.yaml', document('Site', 'dev', { components: { web: of('site') } })],
    ['profiles/p.yaml', document('Profile', 'p', { components: { web: of('profile') } })],
    [
      'components/web/component.yaml',
      document('Component', 'web', {
        title: { en: 'A', ko: '가' },
        version: '1',
        license: 'MIT',
        settings: { one: declared('one', 'a.one'), two: declared('two', 'two') },
        sizes: { s: of('size').settings },
        values: of('component').values,
      }),
    ],
    ['components/web/chart/Chart.yaml', 'apiVersion: v2\nname: web\nversion: 1.0.0\n'],
    ['components/web/chart/values.yaml', stringifyYaml(of('chart').values)],
  ]);
}

/** Every path that leads to something that is no map. */
function leafPaths(node: unknown, path: readonly string[]): readonly string[] {
  if (typeof node !== 'object' || node === null || Array.isArray(node)) {
    return [path.map((step) => step.replaceAll('.', '\\.')).join('.')];
  }
  return Object.entries(node).flatMap(([step, inside]) => leafPaths(inside, [...path, step]));
}

it('every effective value is explained exactly once, by the layers that set it in their order', () => {
  fc.assert(
    fc.property(said, (layers) => {
      const files = filesOf(layers);
      const { composition, findings } = compose(sourcesOf(files), 'dev');
      expect(findings).toEqual([]);
      const web = composition?.components[0];
      if (composition === undefined || web === undefined) throw new Error('nothing composed');
      if (Object.keys({ ...web.settings, ...web.values, ...layers['chart']?.values }).length === 0) return;

      const explained = explain(composition, 'web');

      const paths = explained.map(({ path }) => path);
      expect(new Set(paths).size).toBe(paths.length);
      const own = leafPaths({ settings: untrace(web.settings), values: untrace(web.values) }, ['web']);
      expect(paths).toEqual(expect.arrayContaining([...own]));
      for (const { path, said: heard } of explained) {
        const ranks = heard.map(({ origin }) => RANKS.indexOf(origin.layer));
        expect(ranks, path).not.toContain(-1);
        // Values of the component are weaker than what its settings map to, and both are of one layer.
        const isValue = heard.every(({ origin }) => origin.setting === undefined);
        if (isValue) expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
      }
    }),
    { numRuns: 60 },
  );
});

it('every origin is a place where the file says that very value', () => {
  fc.assert(
    fc.property(said, (layers) => {
      const files = filesOf(layers);
      const { composition } = compose(sourcesOf(files), 'dev');
      if (composition?.components[0] === undefined) throw new Error('nothing composed');
      const everything = { ...composition.components[0].settings, ...composition.components[0].values };
      if (Object.keys({ ...everything, ...layers['chart']?.values }).length === 0) return;

      for (const { path, said: heard } of explain(composition, 'web')) {
        for (const { value, origin } of heard) {
          const layer = layers[origin.layer];
          const [, section = '', ...steps] = path.split(/(?<!\\)\./).map((step) => step.replaceAll('\\.', '.'));
          const isSetting = section === 'settings' || origin.setting !== undefined;
          const at = isSetting ? [origin.setting ?? steps[0] ?? ''] : steps;
          expect(valueAt(isSetting ? layer?.settings : layer?.values, at), path).toEqual(value);
          const line = files.get(origin.file)?.split('\n')[origin.line - 1] ?? '';
          const name = isSetting && origin.layer === 'component' ? 'default' : (at.at(-1) ?? '');
          expect(line).toContain(name);
        }
      }
    }),
    { numRuns: 60 },
  );
});
