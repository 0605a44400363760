import { expect, it } from 'vitest';
import { sourcesOf } from '../../testing/sources.ts';
import { compose } from '../compose/compose.ts';
import { compile } from '../revision/compile.ts';
import { check } from './check.ts';

const head = (kind: string, name: string): string =>
  `apiVersion: naru.dev/v1alpha1\nkind: ${kind}\nmetadata: { name: ${name} }\n`;
const POD =
  'apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec: { containers: [{ name: web, image: "{{ required "no image" .Values.image }}" }] }\n';
/** Its image has no tag: a warning of its own. */
const UNPINNED =
  'apiVersion: v1\nkind: Pod\nmetadata: { name: other }\nspec: { containers: [{ name: a, image: a }] }\n';

function codes(values: string): readonly string[] {
  const sources = sourcesOf(
    new Map([
      [
        'platform.yaml',
        `${head('Platform', 'shop')}spec:\n  components:\n    web: { values: ${values} }\n    other: {}\n`,
      ],
      ['sites/dev.yaml', `${head('Site', 'dev')}spec: {}\n`],
      ['components/web/chart/Chart.yaml', 'apiVersion: v2\nname: web\nversion: 1.0.0\n'],
      ['components/web/chart/templates/pod.yaml', POD],
      ['components/other/manifests/pod.yaml', UNPINNED],
    ]),
  );
  const composing = compose(sources, 'dev');
  const kept = { seed: '00'.repeat(32), bornAt: 0 };
  const compiling = composing.composition && compile(composing.composition, kept);
  return check(sources, composing, compiling).map(({ error }) => error.code);
}

it('tells what is wrong with the objects of a component', () => {
  expect(codes('{ image: web }')).toEqual(['IMAGE_UNPINNED', 'IMAGE_UNPINNED']);
  expect(codes('{}')).toEqual(['CHART_REFUSED', 'IMAGE_UNPINNED']);
});

it('does not tell what follows from a value that nobody knows, and tells the rest', () => {
  expect(codes('{ image: "${{ nothing }}" }')).toEqual(['EXPRESSION_FAILED', 'IMAGE_UNPINNED']);
  expect(codes('{ tag: "${{ nothing }}" }')).toEqual(['EXPRESSION_FAILED', 'IMAGE_UNPINNED']);
});
