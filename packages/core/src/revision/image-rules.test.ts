import { describe, expect, it } from 'vitest';
import type { Manifest } from '../object/manifest.ts';
import { ImageRule } from '../spec/image-rule.ts';
import { ruledImages } from './image-rules.ts';

const MONITOR: Manifest = {
  apiVersion: 'monitoring.example.org/v1',
  kind: 'Monitor',
  metadata: { name: 'main', annotations: { 'sidecar.example.org/image': 'sidecar:1' } },
  spec: {
    image: 'monitor:2',
    replicas: 3,
    matrix: [['a:1', 'b:1']],
    containers: [
      { name: 'web', args: ['--verbose', '--image=relay:3', '--image='], env: [{ name: 'TOOL', value: 'tool:4' }] },
      { name: 'log', args: ['--image=log:5'], env: [{ name: 'OTHER', value: 'other:6' }] },
    ],
  },
};

function found(path: string, after?: string, kind = 'Monitor'): readonly string[] {
  const uses = ruledImages(MONITOR, [{ kind, path, ...(after === undefined ? {} : { after }) }]);
  return uses.map(({ image, path: at }) => `${at.join('/')} ${image}`);
}

describe('ruledImages', () => {
  it.each([
    ['spec.image', undefined, ['spec/image monitor:2']],
    [
      'metadata.annotations.sidecar\\.example\\.org/image',
      undefined,
      ['metadata/annotations/sidecar.example.org/image sidecar:1'],
    ],
    ['spec.containers[1].args[0]', '--image=', ['spec/containers/1/args/0 log:5']],
    ['spec.containers[*].args[*]', '--image=', ['spec/containers/0/args/1 relay:3', 'spec/containers/1/args/0 log:5']],
    ['spec.containers[name=web].env[name=TOOL].value', undefined, ['spec/containers/0/env/0/value tool:4']],
    ['spec.matrix[0][1]', undefined, ['spec/matrix/0/1 b:1']],
  ])('finds %s', (path, after, expected) => {
    expect(found(path, after)).toEqual(expected);
    expect(ImageRule.safeParse({ kind: 'Monitor', path }).success).toBe(true);
  });

  it.each([
    'spec.nothing',
    'spec.replicas',
    'spec.containers',
    'spec.containers.args',
    'spec.containers[7].args[0]',
    'spec.containers[name=db].args[0]',
    'spec.image[0]',
    'spec.image.tag',
  ])('finds nothing at %s', (path) => {
    expect(found(path)).toEqual([]);
  });

  it('takes a kind with its group, and no kind of another', () => {
    expect(found('spec.image', undefined, 'Monitor.monitoring.example.org')).toHaveLength(1);
    expect(found('spec.image', undefined, 'Monitor.other.example.org')).toEqual([]);
    expect(found('spec.image', undefined, 'Deployment')).toEqual([]);
  });
});

it.each(['', '.spec', 'spec.', 'spec..image', 'spec[', 'spec[a]', '[0]', 'spec[*', 'spec[-1]'])(
  'the path %j is refused',
  (path) => {
    expect(ImageRule.safeParse({ kind: 'Monitor', path }).success).toBe(false);
  },
);
