import { describe, expect, it } from 'vitest';
import { filesOf, formatFindings, goldenCases } from '../../testing/golden.ts';
import { sourcesOf } from '../../testing/sources.ts';
import { sortFindings } from '../finding/finding.ts';
import { compose } from './compose.ts';
import type { ComposedComponent } from './composition.ts';
import { isLeaf, leaf, type Leaf, type Traced } from './traced.ts';

describe('compose', () => {
  it.each(goldenCases('compose'))('$name', async ({ folder }) => {
    const sources = sourcesOf(filesOf(folder));
    const printed = [...sources.sites.keys()].map((site) => {
      const { composition, findings } = compose(sources, site);
      const components = composition?.components.map(formatComponent).join('') ?? 'nothing composed\n';
      return `# site ${site}\n${components}${formatFindings(sortFindings(findings))}`;
    });

    await expect(printed.join('\n')).toMatchFileSnapshot(`${folder}/expected.txt`);
  });

  it('does not depend on the order of components in the files', () => {
    const [first, ...rest] = goldenCases('compose').map(({ folder }) => folder);
    for (const folder of [first, ...rest].filter((path) => path !== undefined)) {
      const sources = sourcesOf(filesOf(folder));
      const { components } = sources.platform.spec.spec;
      const backwards = {
        ...sources,
        platform: {
          ...sources.platform,
          spec: {
            ...sources.platform.spec,
            spec: {
              ...sources.platform.spec.spec,
              components: Object.fromEntries(Object.entries(components).toReversed()),
            },
          },
        },
        components: new Map([...sources.components].toReversed()),
      };
      for (const site of sources.sites.keys()) {
        const [there, back] = [compose(sources, site), compose(backwards, site)];
        expect(back.composition?.components).toEqual(there.composition?.components);
        expect(formatFindings(sortFindings(back.findings))).toBe(formatFindings(sortFindings(there.findings)));
      }
    }
  });

  it('refuses a site that the platform does not have, and names those that it has', () => {
    const sources = sourcesOf(
      new Map([
        ['platform.yaml', platform('components: {}')],
        ['sites/seoul.yaml', site('seoul')],
        ['sites/dev.yaml', site('dev')],
      ]),
    );

    const { composition, findings } = compose(sources, 'busan');

    expect(composition).toBeUndefined();
    expect(findings.map(({ error }) => [error.code, error.remedyIn('en')])).toEqual([
      ['SITE_UNKNOWN', 'Use one of: dev, seoul; or write sites/busan.yaml.'],
    ]);
  });

  it('lays values from the command line over every file', () => {
    const sources = sourcesOf(
      new Map([
        ['platform.yaml', platform('components:\n    web: { values: { replicas: 1, image: { tag: a } } }')],
        ['sites/dev.yaml', site('dev', 'components: { web: { values: { replicas: 2 } } }')],
      ]),
    );
    const said = { file: '--set', line: 1, column: 1, layer: 'set' } as const;

    const { composition } = compose(sources, 'dev', new Map([['web', { replicas: leaf(3, said) }]]));

    const replicas = composition?.components[0]?.values['replicas'];
    expect(replicas).toMatchObject({ value: 3, origin: said, overrode: [{ value: 2 }, { value: 1 }] });
  });

  it('takes a component whose name is a word of JavaScript', () => {
    const sources = sourcesOf(
      new Map([
        ['platform.yaml', platform('components:\n    constructor: { needs: { constructor: {} } }')],
        ['sites/dev.yaml', site('dev')],
        ['components/constructor/component.yaml', component('constructor', 'settings: {}')],
      ]),
    );

    const { composition, findings } = compose(sources, 'dev');

    expect(composition?.components.map(({ name }) => name)).toEqual(['constructor']);
    expect(findings.map(({ error }) => error.code)).toEqual(['FIELD_UNKNOWN']);
  });
});

function platform(spec: string): string {
  return `apiVersion: naru.dev/v1alpha1\nkind: Platform\nmetadata: { name: shop }\nspec:\n  ${spec}\n`;
}

function site(name: string, spec = 'components: {}'): string {
  return `apiVersion: naru.dev/v1alpha1\nkind: Site\nmetadata: { name: ${name} }\nspec:\n  ${spec}\n`;
}

function component(name: string, spec: string): string {
  const facts = 'title: { en: A, ko: 가 }\n  version: 1.0.0\n  license: MIT';
  return `apiVersion: naru.dev/v1alpha1\nkind: Component\nmetadata: { name: ${name} }\nspec:\n  ${facts}\n  ${spec}\n`;
}

function formatComponent({
  name,
  namespace,
  version,
  size,
  standsOn,
  bindings,
  secrets,
  settings,
  values,
}: ComposedComponent): string {
  const sized = size === undefined ? '' : `, size ${size}`;
  const head = `${name} in ${namespace}, version ${version ?? '?'}${sized}, stands on [${standsOn.join(', ')}]\n`;
  const bound = bindings.map(
    ({ alias, capability, provider, outputs }) =>
      `  need ${alias}: ${capability} of ${provider ?? 'outside'} ${JSON.stringify(outputs)}\n`,
  );
  const kept = secrets.length === 0 ? [] : [`  secrets ${secrets.join(', ')}\n`];
  return [head, ...bound, ...kept, ...formatLeaves('setting', settings), ...formatLeaves('value', values)].join('');
}

function formatLeaves(what: string, tree: Traced, path: readonly string[] = []): readonly string[] {
  return Object.entries(tree).flatMap(([key, node]) => {
    const here = [...path, key];
    if (!isLeaf(node)) return formatLeaves(what, node, here);
    return [`  ${what} ${here.join('.')} = ${JSON.stringify(node.value)} (${formatOrigins(node)})\n`];
  });
}

function formatOrigins({ origin, overrode }: Leaf): string {
  const spots = [origin, ...overrode.map((below) => below.origin)];
  return spots.map(({ layer, file, line, column }) => `${layer} ${file}:${line}:${column}`).join(' over ');
}
