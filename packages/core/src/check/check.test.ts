import { describe, expect, it } from 'vitest';
import { sourcesOf } from '../../testing/sources.ts';
import { compose } from '../compose/compose.ts';
import { check } from './check.ts';
import { inRange } from './version-range.ts';

function codes(range: string, version: string | undefined): readonly string[] {
  const sources = sourcesOf(
    new Map([
      ['platform.yaml', `${head('Platform', 'shop')}spec: { kubernetes: ${JSON.stringify(range)}, components: {} }\n`],
      [
        'sites/dev.yaml',
        `${head('Site', 'dev')}spec: { kubernetes: { ${version === undefined ? '' : `version: ${version}`} } }\n`,
      ],
    ]),
  );
  return check(sources, compose(sources, 'dev'), undefined).map(
    ({ error: { code, place } }) => `${code} ${place?.line}:${place?.column}`,
  );
}

function head(kind: string, name: string): string {
  return `apiVersion: naru.dev/v1alpha1\nkind: ${kind}\nmetadata: { name: ${name} }\n`;
}

describe('check', () => {
  it.each([
    ['>=1.33 <1.38', 'v1.36.3', []],
    ['>=1.33 <1.38', undefined, []],
    ['>=1.33 <1.36', 'v1.36.0', ['KUBERNETES_UNSUPPORTED 4:9']],
    ['>=1.37', undefined, ['KUBERNETES_UNSUPPORTED 4:9']],
    ['new enough', 'v1.36.0', ['FIELD_INVALID 4:9']],
  ])('holds a site to the range %s: %s', (range, version, expected) => {
    expect(codes(range, version)).toEqual(expected);
  });

  it('says nothing about versions when nothing was composed', () => {
    const sources = sourcesOf(
      new Map([['platform.yaml', `${head('Platform', 'shop')}spec: { kubernetes: "<1", components: {} }\n`]]),
    );

    expect(check(sources, compose(sources, 'dev'), undefined).map(({ error }) => error.code)).toEqual(['SITE_UNKNOWN']);
  });
});

describe('inRange', () => {
  it.each([
    ['1.36.3', '>=1.33 <1.38', 'in'],
    ['v1.36.3', '>=1.36.3', 'in'],
    ['1.36', '1.36.x', 'in'],
    ['v1.36.3+rke2r1', '<=1.36.3', 'in'],
    ['v1.36.3-eks-123', '>=1.36.3', 'in'],
    ['1.38.0', '>=1.33 <1.38', 'out'],
    ['1.32.9', '>=1.33', 'out'],
    ['none', '>=1.33', 'out'],
    ['1.36.3', 'latest please', 'malformed'],
    ['1.36.3', '', 'in'],
    ['1.36.3', '^1.30 || ~2.0', 'in'],
  ])('%s in %s: %s', (version, range, verdict) => {
    expect(inRange(version, range)).toBe(verdict);
  });
});
