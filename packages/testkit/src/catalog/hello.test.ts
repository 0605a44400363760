import { imagesOf, type Manifest } from '@naru/core';
import { describe, expect, it } from 'vitest';
import { IMAGE_RECIPES } from '../images/recipes.ts';
import { imageReference } from '../images/image-recipe.ts';
import { prepareExample } from './example-platform.ts';
import { child, podTemplates } from './pod-rules.ts';

describe.each(['dev', 'prod', 'test'])('examples/hello at site %s', (site) => {
  it('has nothing to find fault with', async () => {
    expect((await prepareExample('hello', site)).findings).toEqual([]);
  });

  it('installs the page after what it needs, all in the namespace of the platform', async () => {
    const { composition } = await prepareExample('hello', site);

    expect(composition.components.map(({ name, namespace, standsOn }) => ({ name, namespace, standsOn }))).toEqual([
      { name: 'postgresql', namespace: 'hello', standsOn: [] },
      { name: 'valkey', namespace: 'hello', standsOn: [] },
      { name: 'hello', namespace: 'hello', standsOn: ['postgresql', 'valkey'] },
    ]);
  });

  it('calls its database and its cache by the names of their Services, with keys that their Secrets have', async () => {
    const objects = await manifests(site);
    const named = (kind: string, name: string): Manifest | undefined =>
      objects.find((object) => object.kind === kind && object.metadata.name === name);
    const secretKeys = (name: string): string[] => Object.keys(named('Secret', name)?.['data'] ?? {});
    const page = JSON.stringify(named('Deployment', 'hello'));

    for (const host of ['postgresql', 'valkey']) {
      expect(page).toContain(`"value":"${host}.hello.svc"`);
      expect(named('Service', host)).toBeDefined();
    }
    expect(secretKeys('postgresql')).toContain('hello-password');
    expect(secretKeys('valkey')).toEqual(['password']);
  });
});

it('keeps the generated passwords from one compile to the next', async () => {
  const secrets = async (): Promise<readonly unknown[]> =>
    (await manifests('dev')).filter(({ kind }) => kind === 'Secret').map(({ data }) => data);

  expect(await secrets()).toEqual(await secrets());
});

it('runs the test site from images that the testkit builds, and from no other', async () => {
  const images = (await manifests('test')).flatMap((manifest) => imagesOf(manifest).map(({ image }) => image));
  const built = new Set(IMAGE_RECIPES.map(imageReference));

  expect(images.length).toBeGreaterThan(0);
  expect(images.filter((image) => !built.has(image))).toEqual([]);
});

it('publishes production under its domain, with more than one web server', async () => {
  const objects = await manifests('prod');
  const ingress = objects.find(({ kind }) => kind === 'Ingress');
  const web = objects.find(({ kind }) => kind === 'Deployment');

  expect(ingress?.['spec']).toMatchObject({
    ingressClassName: 'nginx',
    tls: [{ hosts: ['hello.example.org'], secretName: 'hello-tls' }],
    rules: [{ host: 'hello.example.org' }],
  });
  expect(web?.['spec']).toMatchObject({ replicas: 3 });
  expect(JSON.stringify(objects)).toContain('"storageClassName":"fast"');
});

it('may call its database, its cache and the name service, and nobody else', async () => {
  const objects = await manifests('prod');
  const policy = objects.find(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === 'hello');
  const rules = child(policy ?? {}, 'spec')['egress'];
  const namespace = { matchLabels: { 'kubernetes.io/metadata.name': 'hello' } };
  const to = (instance: string): object => ({
    podSelector: { matchLabels: { 'app.kubernetes.io/instance': instance } },
    namespaceSelector: namespace,
  });

  expect(rules).toEqual([
    { ports: [{ protocol: 'TCP', port: 5432 }], to: [to('postgresql')] },
    { ports: [{ protocol: 'TCP', port: 6379 }], to: [to('valkey')] },
    {
      ports: [
        { protocol: 'UDP', port: 53 },
        { protocol: 'TCP', port: 53 },
      ],
    },
  ]);
  for (const instance of ['postgresql', 'valkey']) {
    const server = podTemplates(objects).find(({ owner }) => owner === `StatefulSet ${instance}`);
    expect(server?.labels).toMatchObject({ 'app.kubernetes.io/instance': instance });
  }
});

async function manifests(site: string): Promise<readonly Manifest[]> {
  const { revision } = await prepareExample('hello', site);
  return revision.components.flatMap(({ objects }) => objects.map(({ manifest }) => manifest));
}
