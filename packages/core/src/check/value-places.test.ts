import { expect, it } from 'vitest';
import table from '../../data/kubernetes-api.json' with { type: 'json' };
import { sourcesOf } from '../../testing/sources.ts';
import { kubernetesApi } from '../api/kubernetes-api.ts';
import { compose } from '../compose/compose.ts';
import { compile } from '../revision/compile.ts';
import { check } from './check.ts';

const head = (kind: string, name: string): string =>
  `apiVersion: naru.dev/v1alpha1\nkind: ${kind}\nmetadata: { name: ${name} }\n`;

/** What the chart itself gets wrong has no value of the platform's to stand at: it stands where the component is named. */
const OF_THE_CHART = 'OBJECT_FIELD_MISTYPED metadata.labels.tier at platform.yaml:6:5';

/** What is found about a chart that writes three values into one Service, as `code field at file:line:column`. */
function found(platform: string, site = '{}'): readonly string[] {
  const sources = sourcesOf(
    new Map([
      ['platform.yaml', `${head('Platform', 'shop')}spec:\n  components:\n    web:\n${platform}`],
      ['sites/dev.yaml', `${head('Site', 'dev')}spec: ${site}\n`],
      ['components/web/chart/Chart.yaml', 'apiVersion: v2\nname: web\nversion: 1.0.0\n'],
      ['components/web/chart/values.yaml', 'port: 80\nname: http\nmarks: { tier: 1 }\n'],
      [
        'components/web/chart/templates/service.yaml',
        [
          'apiVersion: v1',
          'kind: Service',
          'metadata: { name: web, labels: {{ toJson .Values.marks }} }',
          'spec:',
          '  ports:',
          '    - { name: {{ .Values.name }}, port: {{ .Values.port }} }',
          '',
        ].join('\n'),
      ],
    ]),
  );
  const composing = compose(sources, 'dev');
  const compiling = composing.composition && compile(composing.composition, { seed: '00'.repeat(32), bornAt: 0 });
  return check(sources, composing, compiling, { api: kubernetesApi(table, '1.36.3') }).map(({ error }) => {
    const { code, place, details } = error;
    return `${code} ${'field' in details ? details.field : ''} at ${place?.file}:${place?.line}:${place?.column}`;
  });
}

it.each([
  [
    'a value of the platform',
    '      values: { name: web, port: eighty }\n',
    '{}',
    ['OBJECT_FIELD_MISTYPED spec.ports[0].port at platform.yaml:7:28'],
  ],
  [
    'a value of the site, which overrides it',
    '      values: { port: 80 }\n',
    '{ components: { web: { values: { port: eighty } } } }',
    ['OBJECT_FIELD_MISTYPED spec.ports[0].port at sites/dev.yaml:4:40'],
  ],
  [
    'two values',
    '      values:\n        name: 5\n        port: eighty\n',
    '{}',
    [
      'OBJECT_FIELD_MISTYPED spec.ports[0].name at platform.yaml:8:9',
      'OBJECT_FIELD_MISTYPED spec.ports[0].port at platform.yaml:9:9',
    ],
  ],
  ['nothing', '      values: { name: web }\n', '{}', []],
])('a finding stands where %s was set', (_, platform, site, expected) => {
  expect(found(platform, site)).toEqual([OF_THE_CHART, ...expected]);
});
