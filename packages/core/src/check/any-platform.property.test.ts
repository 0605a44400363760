import { stringifyYaml } from '@naru/chart';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatFindings } from '../../testing/golden.ts';
import { sourcesOf } from '../../testing/sources.ts';
import { compose } from '../compose/compose.ts';
import { compile } from '../revision/compile.ts';
import { check } from './check.ts';

const NAMES = ['web', 'db', 'constructor'];
const CAPABILITIES = ['sql', 'cache', 'toString'];
const kept = { seed: '07'.repeat(32), bornAt: 0 };

const key = fc.constantFrom('a', 'b', 'value', 'origin', '__proto__', 'constructor', 'a.b', '');
const text = fc.constantFrom(
  'x',
  '',
  '1',
  'yes',
  '${{ platform.name }}',
  '${{ needs.a.host }}',
  'a ${{ site }} b',
  '${{',
  '}}',
  '{{ .Values }}',
);
const { tree } = fc.letrec<{ tree: Record<string, unknown>; node: unknown }>((tie) => ({
  tree: fc.array(fc.tuple(key, tie('node')), { maxLength: 3 }).map((entries) => Object.fromEntries(entries)),
  node: fc.oneof(
    { maxDepth: 3 },
    text,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constant(null),
    fc.boolean(),
    fc.array(tie('node'), { maxLength: 2 }),
    tie('tree'),
  ),
}));
const schema = fc.constantFrom({}, { type: 'string' }, { type: 'object' }, { type: 'nonsense' }, { $ref: '#/x' });
const alias = fc.constantFrom('a', 'b', 'constructor');
const optional = { requiredKeys: [] };

const component = fc.record(
  {
    provides: fc.dictionary(fc.constantFrom(...CAPABILITIES), tree),
    needs: fc.dictionary(alias, fc.record({ capability: fc.constantFrom(...CAPABILITIES), optional: fc.boolean() })),
    settings: fc.dictionary(
      fc.constantFrom('a', 'b', 'constructor'),
      fc.record({
        schema,
        default: fc.oneof(text, tree),
        to: fc.constantFrom(['a'], ['a.b', 'c'], ['__proto__.x'], ['']),
      }),
    ),
    values: tree,
  },
  optional,
);
const entry = fc.record(
  {
    enabled: fc.boolean(),
    after: fc.array(fc.constantFrom(...NAMES, 'absent')),
    needs: fc.dictionary(
      alias,
      fc.record(
        { capability: fc.constantFrom(...CAPABILITIES), from: fc.constantFrom(...NAMES), external: tree },
        optional,
      ),
    ),
    settings: tree,
    values: tree,
  },
  optional,
);
const manifest = fc.oneof(
  tree,
  fc.record(
    {
      apiVersion: fc.constantFrom('v1', 'apps/v1', ''),
      kind: fc.constantFrom('ConfigMap', 'Deployment', 'List', 'CustomResourceDefinition', ''),
      metadata: fc.record(
        { name: fc.constantFrom('a', 'b', ''), namespace: fc.constantFrom('', 'n', null, 5) },
        optional,
      ),
      spec: tree,
      items: fc.array(tree),
    },
    optional,
  ),
);
const platform = fc.record({
  kubernetes: fc.option(fc.constantFrom('>=1.33', 'nonsense', ''), { nil: undefined }),
  entries: fc.dictionary(fc.constantFrom(...NAMES), entry),
  components: fc.dictionary(fc.constantFrom(...NAMES), component),
  manifests: fc.dictionary(fc.constantFrom(...NAMES), fc.array(manifest, { maxLength: 3 })),
  atSite: fc.dictionary(
    fc.constantFrom(...NAMES, 'absent'),
    fc.record({ enabled: fc.boolean(), settings: tree, values: tree }, optional),
  ),
  values: fc.oneof(tree, fc.array(text), text),
});
type Given = typeof platform extends fc.Arbitrary<infer G> ? G : never;

function filesOf({ kubernetes, entries, components, manifests, atSite, values }: Given): ReadonlyMap<string, string> {
  const head = (kind: string, name: string): object => ({ apiVersion: 'naru.dev/v1alpha1', kind, metadata: { name } });
  const facts = { title: { en: 'A', ko: '가' }, version: '1', license: 'MIT' };
  const used = Object.fromEntries(
    Object.entries(entries).map(([name, given]) => [name, { ...given, valuesFiles: ['values/a.yaml'] }]),
  );
  const spec = { ...(kubernetes === undefined ? {} : { kubernetes }), components: used };
  return new Map([
    ['platform.yaml', stringifyYaml({ ...head('Platform', 'shop'), spec })],
    ['sites/dev.yaml', stringifyYaml({ ...head('Site', 'dev'), spec: { components: atSite } })],
    ['values/a.yaml', stringifyYaml(values)],
    ...Object.entries(components).map(([name, given]): [string, string] => {
      return [
        `components/${name}/component.yaml`,
        stringifyYaml({ ...head('Component', name), spec: { ...facts, ...given } }),
      ];
    }),
    ...Object.entries(manifests).map(([name, objects]): [string, string] => {
      return [`components/${name}/manifests/a.yaml`, objects.map((object) => stringifyYaml(object)).join('---\n')];
    }),
  ]);
}

it('whatever a platform says, it is compiled or refused with findings, and the same each time', () => {
  fc.assert(
    fc.property(platform, (given) => {
      const sources = sourcesOf(filesOf(given));
      const walk = (): readonly [string | undefined, string] => {
        const composing = compose(sources, 'dev');
        const compiling = composing.composition && compile(composing.composition, kept);
        return [compiling?.revision.digest, formatFindings(check(sources, composing, compiling))];
      };

      const [digest, findings] = walk();

      if (digest === undefined) expect(findings).toContain('error ');
      expect(findings).not.toMatch(/undefined \(|\[object/);
      expect(walk()).toEqual([digest, findings]);
      expect('polluted' in {}).toBe(false);
    }),
    { numRuns: 300 },
  );
});
