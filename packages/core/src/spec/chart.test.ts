import { describe, expect, it } from 'vitest';
import { readDocument } from '../document/document.ts';
import { Platform } from './platform.ts';
import { readSpec } from './read-spec.ts';

const DIGEST = `sha256:${'ab'.repeat(32)}`;

/** What is wrong with a platform whose one component says `chart`, each with its place. */
function problemsOf(chart: string): readonly string[] {
  const head = 'apiVersion: naru.dev/v1alpha1\nkind: Platform\nmetadata: { name: shop }\n';
  const { document } = readDocument('platform.yaml', `${head}spec:\n  components:\n    web:\n      chart: ${chart}\n`);
  if (document === undefined) throw new Error('no YAML');
  return readSpec(Platform, document).findings.map(
    ({ error: { code, place, message } }) => `${code} ${place?.line}:${place?.column} ${message}`,
  );
}

describe('the chart of a component', () => {
  it.each([
    './charts/web',
    '{ path: ./charts/web.tgz }',
    '{ repo: "https://charts.example.com", name: web, version: ^1.2 }',
    `{ repo: "https://charts.example.com", name: web, version: 1.2.0, digest: "${DIGEST}" }`,
    '{ oci: "oci://registry.example.com/web", version: 1.x }',
  ])('may be %s', (chart) => {
    expect(problemsOf(chart)).toEqual([]);
  });

  it.each([
    ['7', ['FIELD_MISTYPED 7:7 `spec.components.web.chart` must be a string, and a number stands here']],
    ['[]', ['FIELD_MISTYPED 7:7 `spec.components.web.chart` must be a string, and a list stands here']],
    [
      '{ path: 7 }',
      ['FIELD_MISTYPED 7:16 `spec.components.web.chart.path` must be a string, and a number stands here'],
    ],
    [
      '{ oci: "oci://x/y", version: 1.2 }',
      ['FIELD_MISTYPED 7:34 `spec.components.web.chart.version` must be a string'],
    ],
    ['{ repo: "https://x", name: web }', ['FIELD_MISSING 7:7 spec.components.web.chart lacks the field `version`']],
    [
      '{ repo: "https://x", nam: web, version: "1" }',
      [
        'FIELD_MISSING 7:7 spec.components.web.chart lacks the field `name`',
        'FIELD_UNKNOWN 7:35 spec.components.web.chart has no field `nam`; did you mean `name`?',
      ],
    ],
    [
      '{ oci: "oci://x/y", version: "1", name: web }',
      ['FIELD_UNKNOWN 7:48 spec.components.web.chart has no field `name`'],
    ],
    ['{ path: ./web, version: "1" }', ['FIELD_UNKNOWN 7:29 spec.components.web.chart has no field `version`']],
    ['{ oci: "oci://x/y", version: "1", digest: abc }', ['FIELD_INVALID 7:48 ']],
    ['{ oci: "oci://x/y", version: "" }', ['FIELD_INVALID 7:34 ']],
  ])('is judged as what it was meant to be: %s', (chart, expected) => {
    const problems = problemsOf(chart);
    expect(problems).toHaveLength(expected.length);
    for (const [index, text] of expected.entries()) expect(problems[index]).toContain(text);
  });
});
