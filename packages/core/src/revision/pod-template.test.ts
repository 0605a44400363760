import { describe, expect, it } from 'vitest';
import type { Manifest } from '../object/manifest.ts';
import { imagesOf, mapImages, mapPodSpec } from './pod-template.ts';

const podSpec = {
  initContainers: [{ name: 'init', image: 'init:1' }],
  containers: [
    { name: 'web', image: 'web:1' },
    { name: 'log', image: 'log:1' },
  ],
  ephemeralContainers: [{ name: 'debug', image: 'debug:1' }],
  volumes: [
    { name: 'data', emptyDir: {} },
    { name: 'models', image: { reference: 'models:1', pullPolicy: 'Always' } },
  ],
};
const IMAGES = ['init:1', 'web:1', 'log:1', 'debug:1', 'models:1'];
const template = { template: { spec: podSpec } };

function manifest(kind: string, fields: Readonly<Record<string, unknown>>): Manifest {
  return { apiVersion: 'v1', kind, metadata: { name: 'a' }, ...fields };
}

const WORKLOADS = [
  manifest('Pod', { spec: podSpec }),
  manifest('PodTemplate', template),
  ...['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'Job'].map((kind) =>
    manifest(kind, { spec: template }),
  ),
  manifest('CronJob', { spec: { jobTemplate: { spec: template } } }),
];

describe('imagesOf', () => {
  it.each(WORKLOADS)('finds every image of a $kind, and where it stands', (workload) => {
    const uses = imagesOf(workload);

    expect(uses.map(({ image }) => image)).toEqual(IMAGES);
    for (const { image, path } of uses) {
      const found = path.reduce<unknown>((node, step) => Object(node)[step], workload);
      expect(found).toBe(image);
    }
  });

  it.each([
    ['a kind without pods', manifest('ConfigMap', { spec: podSpec, data: { image: 'a' } })],
    ['a workload without a specification', manifest('Deployment', {})],
    ['a specification that is no map', manifest('Deployment', { spec: { template: { spec: 'x' } } })],
    ['lists that are none', manifest('Pod', { spec: { containers: { image: 'a' }, volumes: 'x' } })],
    ['items that are no maps', manifest('Pod', { spec: { containers: ['a', null], volumes: [null] } })],
    [
      'images that are no texts',
      manifest('Pod', {
        spec: { containers: [{ image: 5 }, { image: '' }, {}], volumes: [{ image: 'x' }, { image: {} }] },
      }),
    ],
  ])('finds none in %s', (_, given) => {
    expect(imagesOf(given)).toEqual([]);
  });
});

describe('mapImages', () => {
  it.each(WORKLOADS)('replaces every image of a $kind, and nothing else', (workload) => {
    const before = JSON.stringify(workload);

    const { manifest: mapped, images } = mapImages(workload, imagesOf(workload), (image) => `mirror/${image}`);

    expect(images).toEqual(imagesOf(mapped));
    expect(images.map(({ image }) => image)).toEqual(IMAGES.map((image) => `mirror/${image}`));
    expect(JSON.stringify(mapped).replaceAll('mirror/', '')).toBe(before);
    expect(JSON.stringify(workload)).toBe(before);
  });

  it('gives back the manifest itself when nothing is replaced', () => {
    for (const workload of WORKLOADS)
      expect(mapImages(workload, imagesOf(workload), (image) => image).manifest).toBe(workload);
  });

  it('keeps what stands before an image in the same text', () => {
    const relay = manifest('Relay', { spec: { args: ['--image=nginx:1'] } });
    const use = { image: 'nginx:1', path: ['spec', 'args', 0], before: '--image=' };

    const { manifest: mapped } = mapImages(relay, [use], (image) => `mirror/${image}`);

    expect(mapped['spec']).toEqual({ args: ['--image=mirror/nginx:1'] });
  });
});

describe('mapPodSpec', () => {
  it.each(WORKLOADS)('changes the specification of the pods of a $kind', (workload) => {
    const changed = mapPodSpec(workload, (spec) => ({ ...spec, containers: [] }));

    expect(imagesOf(changed).map(({ image }) => image)).toEqual(['init:1', 'debug:1', 'models:1']);
    expect(imagesOf(workload).map(({ image }) => image)).toEqual(IMAGES);
  });

  it.each([manifest('ConfigMap', { spec: podSpec }), manifest('Deployment', { spec: {} })])(
    'leaves what makes no pods alone: $kind',
    (given) => {
      expect(mapPodSpec(given, () => ({}))).toBe(given);
    },
  );
});
