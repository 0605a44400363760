import { imagesOf, isRecord, type Manifest } from '@naru/core';
import { describe, expect, it } from 'vitest';
import { prepareExample } from './example-platform.ts';
import { podTemplates } from './pod-rules.ts';

async function manifests(site: string): Promise<readonly Manifest[]> {
  const { revision } = await prepareExample('webshop', site);
  return revision.components.flatMap(({ objects }) => objects.map(({ manifest }) => manifest));
}

describe.each(['cloud', 'onprem', 'airgap'])('examples/webshop at site %s', (site) => {
  it('has nothing to find fault with', async () => {
    expect((await prepareExample('webshop', site)).findings).toEqual([]);
  });

  it('starts the shop after everything that it calls', async () => {
    const { composition } = await prepareExample('webshop', site);
    const standsOn = new Map(composition.components.map((component) => [component.name, component.standsOn]));
    expect(standsOn.get('backend')).toEqual(['postgresql', 'rabbitmq', 'valkey']);
    expect(standsOn.get('frontend')).toEqual(['backend', 'keycloak']);
  });

  it('is open to the world under the domain of the site alone', async () => {
    const { composition } = await prepareExample('webshop', site);
    const domain = { cloud: 'shop.example.org', onprem: 'shop.corp.example', airgap: 'shop.plant.example' }[site];
    const ingresses = (await manifests(site)).filter(({ kind }) => kind === 'Ingress');
    const hosts = ingresses.flatMap(({ spec }) => JSON.stringify(spec).match(/(?<="host":")[^"]+/g) ?? []);
    expect(hosts.toSorted()).toEqual([`keycloak.${domain}`, `www.${domain}`]);
    expect(new Set(ingresses.map(({ spec }) => (isRecord(spec) ? spec['ingressClassName'] : '')))).toEqual(
      new Set([composition.site.ingressClass]),
    );
  });
});

it('takes every image of the plant from its own registry, with the login that it names', async () => {
  const made = await manifests('airgap');
  const images = made.flatMap((manifest) => imagesOf(manifest).map(({ image }) => image));
  const pods = podTemplates(made);
  expect(images.length).toBeGreaterThan(5);
  expect(images.filter((image) => !image.startsWith('registry.plant.example:5000/'))).toEqual([]);
  expect(pods.map(({ spec }) => spec['imagePullSecrets'])).toEqual(pods.map(() => [{ name: 'plant-registry' }]));
});

it('sends the containers of the machine room through its proxy, and to the cluster directly', async () => {
  for (const { spec } of podTemplates(await manifests('onprem'))) {
    const text = JSON.stringify(spec);
    expect(text).toContain('{"name":"HTTPS_PROXY","value":"http://proxy.corp.example:3128"}');
    expect(text).toMatch(/"name":"NO_PROXY","value":"[^"]*\.svc,\.cluster\.local,10\.42\.0\.0\/16,10\.43\.0\.0\/16,/);
  }
  expect(JSON.stringify(await manifests('cloud'))).not.toContain('HTTPS_PROXY');
});

it('keeps the session key and the payment token in Secrets, and their names in the API', async () => {
  const made = await manifests('cloud');
  const backend = JSON.stringify(
    made.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'backend'),
  );
  const secrets = made.filter(({ kind }) => kind === 'Secret').map(({ metadata }) => metadata.name);
  expect(secrets).toEqual(expect.arrayContaining(['backend-session-key', 'backend-payment']));
  expect(backend).toContain('"secretKeyRef":{"name":"backend-payment","key":"token"}');
});
