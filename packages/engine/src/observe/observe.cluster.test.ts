import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ObjectKey } from '@naru/core';
import { useControlPlane } from '@naru/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { counted } from '../../testing/client.ts';
import {
  applyFolder,
  carryOut,
  type Part,
  planDelete,
  planFolder,
  stepsOf,
  writePlatform,
} from '../../testing/platform.ts';
import type { KubeClient } from '../kube/client.ts';
import { connect } from '../kube/connect.ts';
import type { ResourceType } from '../kube/kube-object.ts';
import { readRecord } from '../record/record-store.ts';

const scratch = mkdtempSync(join(tmpdir(), 'naru-observe-'));
const controlPlane = useControlPlane('api');
const OTHER = { fieldManager: 'somebody' };
let client: KubeClient;

const config = (name: string): object => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  data: { a: 'ours' },
});
const TEMPLATE = {
  metadata: { labels: { app: 'web' } },
  spec: { containers: [{ name: 'web', image: 'registry.invalid/web:1', env: [{ name: 'MODE', value: 'fast' }] }] },
};
/** What a workload has, in a kind that needs no controller to be ready. */
const POD_TEMPLATE = {
  apiVersion: 'v1',
  kind: 'PodTemplate',
  metadata: { name: 'web', labels: { tier: 'front', team: 'shop' } },
  template: TEMPLATE,
};
const DEPLOYMENT = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: { replicas: 0, selector: { matchLabels: { app: 'web' } }, template: TEMPLATE },
};

async function typeOf(apiVersion: string, kind: string): Promise<ResourceType> {
  const type = await client.discovery.resourceFor({ apiVersion, kind });
  if (type === undefined) throw new Error(`${kind} is not served`);
  return type;
}

async function merge(
  apiVersion: string,
  kind: string,
  name: string,
  body: Readonly<Record<string, unknown>>,
): Promise<void> {
  await client.patch(await typeOf(apiVersion, kind), { name, namespace: 'default' }, { kind: 'merge', body }, OTHER);
}

/** What a new plan would do and why, without what is kept unchanged. */
async function changesOf(folder: string): Promise<readonly string[]> {
  const { plan } = await planFolder(client, folder);
  return plan.installs
    .flatMap(({ steps }) => steps)
    .filter(({ reason }) => reason !== 'unchanged')
    .map(({ action, reason, key, changes }) => [action, reason, key, ...changes.map(({ path }) => path)].join(' '));
}

beforeAll(async () => {
  client = await connect({ kubeconfig: controlPlane().kubeconfigPath, environment: {} });
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'naru-system' } };
  await client.create(namespace, OTHER);
});
afterAll(async () => {
  await client?.close();
  rmSync(scratch, { recursive: true });
});

describe('an idle plan', () => {
  it.each([5, 60])('of %i objects costs one LIST per kind, and the record', async (count) => {
    const name = `idle-${count}`;
    const objects = Array.from({ length: count }, (_, index) => config(`${name}-${index}`));
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name }, stringData: { a: 'b' } };
    const folder = writePlatform(scratch, name, {
      one: { manifests: [...objects, secret] },
      two: { manifests: [config(`${name}-x`)] },
    });
    await applyFolder(client, folder);

    const { client: counting, calls } = counted(client);
    const { plan } = await planFolder(counting, folder);

    expect(calls.toSorted()).toEqual([
      `get Secret ${name}.inventory`,
      'list configmaps default',
      'list secrets default',
    ]);
    expect(new Set(stepsOf(plan).map((step) => step.split(' ')[0]))).toEqual(new Set(['keep']));
  });

  it('asks the server only about objects that may differ', async () => {
    const parts = (changed: string): Readonly<Record<string, Part>> => ({
      one: { manifests: [config('differ-a'), config('differ-b'), { ...config('differ-c'), data: { a: changed } }] },
    });
    await applyFolder(client, writePlatform(scratch, 'differ', parts('before')));
    const { client: counting, calls } = counted(client);
    await planFolder(counting, writePlatform(scratch, 'differ', parts('after')));
    expect(calls.filter((called) => called.startsWith('try'))).toEqual(['try ConfigMap differ-c']);
  });

  it('does so for objects that say nothing but their name', async () => {
    const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'bare' } };
    const empty = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'bare' } };
    const folder = writePlatform(scratch, 'bare', { one: { manifests: [account, empty] } });
    await applyFolder(client, folder);
    expect(await changesOf(folder)).toEqual([]);
  });
});

describe('the proof that nothing of ours has changed', () => {
  let folder = '';
  beforeEach(async () => {
    folder = writePlatform(scratch, 'proof', { web: { manifests: [POD_TEMPLATE, config('proof')] } });
    expect(await applyFolder(client, folder)).toEqual({ kind: 'done' });
    expect(await changesOf(folder)).toEqual([]);
  });

  it.each([
    { what: 'another label', body: { metadata: { labels: { tier: 'back' } } }, path: 'metadata.labels.tier' },
    { what: 'a label that was removed', body: { metadata: { labels: { tier: null } } }, path: 'metadata.labels.tier' },
    {
      what: 'a variable that was removed',
      body: { template: { spec: { containers: [{ name: 'web', image: 'registry.invalid/web:1' }] } } },
      path: 'template.spec.containers[web].env',
    },
  ])('fails by $what, and delivery takes it back', async ({ body, path }) => {
    await merge('v1', 'PodTemplate', 'web', body);
    expect(await changesOf(folder)).toEqual([`update drifted PodTemplate/default/web ${path}`]);
    expect(await applyFolder(client, folder)).toEqual({ kind: 'done' });
    expect(await changesOf(folder)).toEqual([]);
  });

  it('fails by a scale, and holds when a controller writes the status', async () => {
    const workload = writePlatform(scratch, 'scaled', { web: { manifests: [DEPLOYMENT] } });
    // No controller runs here, so it is never ready; what was applied is recorded before that is waited for.
    await carryOut(client, await planFolder(client, workload), { timeoutSeconds: 1 });
    const status = { status: { observedGeneration: 99, replicas: 7 } };
    const name = { name: 'web', namespace: 'default' };
    const type = await typeOf('apps/v1', 'Deployment');
    await client.patch(type, name, { kind: 'merge', body: status }, { ...OTHER, subresource: 'status' });
    expect(await changesOf(workload)).toEqual([]);
    await merge('apps/v1', 'Deployment', 'web', { spec: { replicas: 3 } });
    expect(await changesOf(workload)).toEqual(['update drifted Deployment.apps/default/web spec.replicas']);
  });

  it('fails by a value that was changed and changed back, and delivery makes it ours again', async () => {
    await merge('v1', 'ConfigMap', 'proof', { data: { a: 'theirs' } });
    await merge('v1', 'ConfigMap', 'proof', { data: { a: 'ours' } });
    expect(await changesOf(folder)).toEqual(['keep unrecorded ConfigMap/default/proof']);
    await applyFolder(client, folder);
    expect(await changesOf(folder)).toEqual([]);
  });

  it('fails when the managed fields were wiped, and delivery brings them back', async () => {
    await merge('v1', 'ConfigMap', 'proof', { metadata: { managedFields: [{}] } });
    expect(await changesOf(folder)).toEqual(['keep unrecorded ConfigMap/default/proof']);
    await applyFolder(client, folder);
    expect(await changesOf(folder)).toEqual([]);
  });

  it('fails by a wiped object whose value was changed: nothing tells whose it is but our record', async () => {
    await merge('v1', 'ConfigMap', 'proof', { metadata: { managedFields: [{}] }, data: { a: 'theirs' } });
    expect(await changesOf(folder)).toEqual(['update drifted ConfigMap/default/proof data.a']);
  });

  it('holds when others add annotations, or put fields beside ours', async () => {
    await merge('v1', 'PodTemplate', 'web', { metadata: { annotations: { 'example.org/note': 'hello' } } });
    await merge('v1', 'ConfigMap', 'proof', { data: { theirs: 'beside' } });
    expect(await changesOf(folder)).toEqual([]);
  });

  it('holds when the same is applied again', async () => {
    const { plan } = await planFolder(client, folder);
    const manifests = plan.installs.flatMap(({ steps }) => steps.flatMap(({ manifest }) => manifest ?? []));
    for (const manifest of manifests) await client.apply(manifest, { fieldManager: 'naru', force: true });
    expect(manifests).toHaveLength(2);
    expect(await changesOf(folder)).toEqual([]);
  });

  it('fails when the object is gone', async () => {
    const type = await typeOf('v1', 'ConfigMap');
    await client.delete(type, { name: 'proof', namespace: 'default' }, { propagation: 'Background' });
    expect(await changesOf(folder)).toEqual(['create missing ConfigMap/default/proof']);
    await applyFolder(client, folder);
    expect(await changesOf(folder)).toEqual([]);
  });
});

describe('a kind that has gone', () => {
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'ferries.river.example' },
    spec: {
      group: 'river.example',
      scope: 'Namespaced',
      names: { plural: 'ferries', singular: 'ferry', kind: 'Ferry', listKind: 'FerryList' },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
        },
      ],
    },
  };
  const ferry = { apiVersion: 'river.example/v1', kind: 'Ferry', metadata: { name: 'first' }, spec: { seats: 4 } };
  it('is planned anew with its definition, and is no obstacle to a delete', async () => {
    const folder = writePlatform(scratch, 'river', { all: { manifests: [definition, ferry, config('river')] } });
    await applyFolder(client, folder);
    expect(await changesOf(folder)).toEqual([]);
    const definitions = await typeOf('apiextensions.k8s.io/v1', 'CustomResourceDefinition');
    await client.delete(definitions, { name: 'ferries.river.example' }, { propagation: 'Background' });
    await expect.poll(async () => await client.get(definitions, { name: 'ferries.river.example' })).toBeUndefined();

    expect(await changesOf(folder)).toEqual([
      'create missing CustomResourceDefinition.apiextensions.k8s.io//ferries.river.example',
      'create missing Ferry.river.example/default/first',
    ]);
    const removal = await planDelete(client, 'river');
    expect(stepsOf(removal.plan)).toEqual(['delete ConfigMap/default/river']);
    expect(await carryOut(client, removal)).toEqual({ kind: 'done' });
    expect(await readRecord(client, 'river')).toBeUndefined();
  });

  it('comes back with the platform', async () => {
    const folder = writePlatform(scratch, 'river', { all: { manifests: [definition, ferry, config('river')] } });
    expect(await applyFolder(client, folder)).toEqual({ kind: 'done' });
    const ferries = 'Ferry.river.example/default/first' as ObjectKey;
    expect((await readRecord(client, 'river'))?.record.inventory.entries.get(ferries)?.appliedHash).toBeDefined();
  });
});
