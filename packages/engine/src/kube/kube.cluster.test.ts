import { useControlPlane } from '@naru/testkit';
import { env } from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KubeClient } from './client.ts';
import { connect } from './connect.ts';
import type { KubeObject, ResourceType } from './kube-object.ts';

const controlPlane = useControlPlane('api');
let client: KubeClient;
let configMaps: ResourceType;

beforeAll(async () => {
  client = await connect({ kubeconfig: controlPlane().kubeconfigPath, environment: env });
  configMaps = await served(client, 'v1', 'ConfigMap');
});
afterAll(() => client?.close());

async function served(from: KubeClient, apiVersion: string, kind: string): Promise<ResourceType> {
  const type = await from.discovery.resourceFor({ apiVersion, kind });
  if (type === undefined) throw new Error(`${kind} is not served`);
  return type;
}

function configMap(name: string, data: Record<string, unknown> = {}, metadata: object = {}): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default', ...metadata }, data };
}

const MINE = { fieldManager: 'naru' };

it('tells the version and the kinds of the server', async () => {
  expect((await client.version()).gitVersion).toBe(`v${controlPlane().kubernetesVersion}`);
  expect(await served(client, 'apps/v1', 'Deployment')).toMatchObject({
    group: 'apps',
    version: 'v1',
    plural: 'deployments',
    namespaced: true,
    verbs: expect.arrayContaining(['get', 'list', 'watch', 'patch']),
  });
  expect(await client.discovery.resourceFor({ apiVersion: 'v1', kind: 'Nothing' })).toBeUndefined();
});

describe('apply', () => {
  it('creates, changes, and changes nothing the second time', async () => {
    const created = await client.apply(configMap('applied', { a: '1' }), MINE);
    expect(created.metadata.managedFields).toMatchObject([{ manager: 'naru', operation: 'Apply' }]);
    const changed = await client.apply(configMap('applied', { a: '2' }), MINE);
    expect(changed.metadata.resourceVersion).not.toBe(created.metadata.resourceVersion);
    const same = await client.apply(configMap('applied', { a: '2' }), MINE);
    expect(same.metadata.resourceVersion).toBe(changed.metadata.resourceVersion);
    expect(await client.get(configMaps, { name: 'applied' })).toEqual(same);
  });

  it('names the managers whose fields it would take, and takes them when told to', async () => {
    await client.apply(configMap('contested', { a: 'theirs', b: 'theirs' }), { fieldManager: 'autoscaler' });
    const ours = configMap('contested', { a: 'ours', b: 'ours' });
    await expect(client.apply(ours, MINE)).rejects.toMatchObject({
      code: 'FIELD_CONFLICTED',
      details: {
        object: 'ConfigMap default/contested',
        owners: [
          { field: '.data.a', manager: 'autoscaler' },
          { field: '.data.b', manager: 'autoscaler' },
        ],
      },
    });
    expect((await client.apply(ours, { ...MINE, force: true }))['data']).toEqual({ a: 'ours', b: 'ours' });
  });

  it('writes nothing in a dry run, and shows what it would write', async () => {
    const shown = await client.apply(configMap('dry', { a: '1' }), { ...MINE, dryRun: true });
    expect(shown.metadata.uid).toBeDefined();
    expect(await client.get(configMaps, { name: 'dry' })).toBeUndefined();
  });

  it('names the field that is wrong', async () => {
    const deployment = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'default' },
      spec: {
        selector: { matchLabels: { app: 'a' } },
        template: { metadata: { labels: { app: 'b' } }, spec: { containers: [] } },
      },
    };
    await expect(client.apply(deployment, MINE)).rejects.toMatchObject({
      code: 'OBJECT_INVALID',
      details: {
        causes: expect.arrayContaining([expect.objectContaining({ field: 'spec.template.spec.containers' })]),
      },
    });
    await expect(client.apply({ ...deployment, spec: { replica: 1 } }, MINE)).rejects.toMatchObject({
      code: 'OBJECT_INVALID',
      message: expect.stringContaining('.spec.replica: field not declared in schema'),
    });
  });

  it('says which namespace is missing, and which kind', async () => {
    await expect(client.apply(configMap('a', {}, { namespace: 'nowhere' }), MINE)).rejects.toMatchObject({
      code: 'OBJECT_MISSING',
      details: { object: 'namespaces nowhere' },
    });
    const unknown = { apiVersion: 'example.com/v1', kind: 'Shop', metadata: { name: 'a' } };
    await expect(client.apply(unknown, MINE)).rejects.toMatchObject({ code: 'KIND_UNSERVED', retry: 'backoff' });
  });

  it('tells a policy that refuses from a role that forbids', async () => {
    const admission = 'admissionregistration.k8s.io/v1';
    await client.apply(
      {
        apiVersion: admission,
        kind: 'ValidatingAdmissionPolicy',
        metadata: { name: 'no-red' },
        spec: {
          matchConstraints: {
            resourceRules: [
              { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'] },
            ],
          },
          validations: [
            {
              expression: "!has(object.data) || !('colour' in object.data) || object.data.colour != 'red'",
              message: 'red is out',
            },
          ],
        },
      },
      MINE,
    );
    await client.apply(
      {
        apiVersion: admission,
        kind: 'ValidatingAdmissionPolicyBinding',
        metadata: { name: 'no-red' },
        spec: { policyName: 'no-red', validationActions: ['Deny'] },
      },
      MINE,
    );
    const refused = async (): Promise<unknown> =>
      client.apply(configMap('red', { colour: 'red' }), { ...MINE, dryRun: true }).catch((error: unknown) => error);
    await expect
      .poll(refused, { timeout: 20_000 })
      .toMatchObject({ code: 'ADMISSION_REFUSED', details: { by: 'no-red', reason: 'red is out' } });
  });
});

describe('create, update and patch', () => {
  it('creates once', async () => {
    await client.create(configMap('created'), MINE);
    await expect(client.create(configMap('created'), MINE)).rejects.toMatchObject({
      code: 'OBJECT_PRESENT',
      details: { object: 'ConfigMap default/created' },
    });
  });

  it('refuses an update of an object that someone else has changed', async () => {
    const first = await client.create(configMap('updated', { a: '1' }), MINE);
    await client.update({ ...first, data: { a: '2' } }, MINE);
    await expect(client.update({ ...first, data: { a: '3' } }, MINE)).rejects.toMatchObject({ code: 'OBJECT_CHANGED' });
    expect((await client.get(configMaps, { name: 'updated' }))?.['data']).toEqual({ a: '2' });
  });

  it('patches by merging and by operations, also the status', async () => {
    await client.create(configMap('patched', { a: '1', b: '1' }), MINE);
    const merged = await client.patch(
      configMaps,
      { name: 'patched' },
      { kind: 'merge', body: { data: { a: null } } },
      MINE,
    );
    expect(merged['data']).toEqual({ b: '1' });
    const operations = [{ op: 'replace', path: '/data/b', value: '2' }] as const;
    const patched = await client.patch(configMaps, { name: 'patched' }, { kind: 'json', body: operations }, MINE);
    expect(patched['data']).toEqual({ b: '2' });

    const namespaces = await served(client, 'v1', 'Namespace');
    const status = {
      conditions: [{ type: 'Seen', status: 'True', reason: 'Test', message: '', lastTransitionTime: null }],
    };
    await client.patch(
      namespaces,
      { name: 'default' },
      { kind: 'merge', body: { status } },
      { ...MINE, subresource: 'status' },
    );
    expect(await client.get(namespaces, { name: 'default' })).toMatchObject({
      status: { conditions: [{ type: 'Seen' }] },
    });
  });
});

describe('delete', () => {
  it('refuses when the object is another one by now', async () => {
    const created = await client.create(configMap('remade'), MINE);
    const uid = created.metadata.uid ?? '';
    const other = {
      propagation: 'Background',
      preconditions: { uid: '00000000-0000-0000-0000-000000000000' },
    } as const;
    await expect(client.delete(configMaps, { name: 'remade' }, other)).rejects.toMatchObject({
      code: 'OBJECT_CHANGED',
    });
    const dry = { propagation: 'Background', preconditions: { uid }, dryRun: true } as const;
    expect(await client.delete(configMaps, { name: 'remade' }, dry)).toBe('deleted');
    expect(await client.get(configMaps, { name: 'remade' })).toBeDefined();
    expect(
      await client.delete(configMaps, { name: 'remade' }, { propagation: 'Background', preconditions: { uid } }),
    ).toBe('deleted');
    expect(await client.delete(configMaps, { name: 'remade' }, { propagation: 'Background' })).toBe('gone');
  });

  it('begins a deletion that a finalizer holds', async () => {
    await client.apply(configMap('held', {}, { finalizers: ['naru.dev/test'] }), MINE);
    expect(await client.delete(configMaps, { name: 'held' }, { propagation: 'Foreground' })).toBe('deleted');
    expect((await client.get(configMaps, { name: 'held' }))?.metadata.deletionTimestamp).toBeDefined();
    await client.patch(configMaps, { name: 'held' }, { kind: 'merge', body: { metadata: { finalizers: null } } }, MINE);
    expect(await client.get(configMaps, { name: 'held' })).toBeUndefined();
  });
});

describe('kinds that come and go', () => {
  const crd = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'shops.example.com' },
    spec: {
      group: 'example.com',
      names: { kind: 'Shop', plural: 'shops' },
      scope: 'Namespaced',
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
    },
  };
  const shop = { apiVersion: 'example.com/v1', kind: 'Shop', metadata: { name: 'corner', namespace: 'default' } };
  const background = { propagation: 'Background' } as const;

  it('finds a kind as soon as it is served, and does without it when it is gone', async () => {
    expect(await client.discovery.resourceFor(shop)).toBeUndefined();
    await client.apply(crd, MINE);
    await expect.poll(() => client.discovery.resourceFor(shop), { timeout: 20_000 }).toMatchObject({ plural: 'shops' });
    const shops = await served(client, 'example.com/v1', 'Shop');
    await expect.poll(() => client.apply(shop, MINE), { timeout: 20_000 }).toMatchObject(shop);

    const definitions = await served(client, 'apiextensions.k8s.io/v1', 'CustomResourceDefinition');
    await client.delete(definitions, crd.metadata, background);
    await expect.poll(() => client.get(definitions, crd.metadata), { timeout: 20_000 }).toBeUndefined();
    await expect
      .poll(() => client.list(shops).catch((error: unknown) => error), { timeout: 20_000 })
      .toMatchObject({ code: 'KIND_UNSERVED', details: { kind: 'Shop' } });
    expect(await client.get(shops, { name: 'corner' })).toBeUndefined();
    expect(await client.delete(shops, { name: 'corner' }, background)).toBe('gone');
    await expect(client.apply(shop, MINE)).rejects.toMatchObject({ code: 'KIND_UNSERVED' });
    expect(await client.discovery.resourceFor(shop)).toBeUndefined();
  });
});

describe('5,000 objects', () => {
  const COUNT = 5000;
  beforeAll(async () => {
    const objects = Array.from({ length: COUNT }, (_, index) =>
      configMap(`many-${index}`, {}, { labels: { many: 'yes' } }),
    );
    await Promise.all(objects.map((object) => client.create(object, MINE)));
  });

  it.each([{ pageSize: 500 }, { pageSize: 5000 }, { pageSize: 777, metadataOnly: true }])(
    'are listed whole with %j',
    async (options) => {
      const { items, resourceVersion } = await client.list(configMaps, {
        namespace: 'default',
        labelSelector: 'many=yes',
        ...options,
      });
      expect(new Set(items.map(({ metadata }) => metadata.name)).size).toBe(COUNT);
      expect(Number(resourceVersion)).toBeGreaterThan(COUNT);
      expect(items[0]).toMatchObject({ apiVersion: 'v1', kind: 'ConfigMap' });
    },
  );

  it('are listed at one moment while others write', async () => {
    const abort = new AbortController();
    const writing = (async () => {
      for (let index = 0; !abort.signal.aborted; index += 1) {
        await client.create(configMap(`late-${index}`, {}, { labels: { many: 'yes' } }), MINE);
        await client.delete(configMaps, { name: `many-${index}` }, { propagation: 'Background' });
      }
    })();
    const { items } = await client.list(configMaps, { labelSelector: 'many=yes', pageSize: 250 });
    abort.abort();
    await writing;
    // Each moment has 5,000 objects, or 5,001 between a creation and its deletion.
    expect([COUNT, COUNT + 1]).toContain(items.length);
  });
});
