import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { NaruError, type ObjectKey } from '@naru/core';
import { clusterContents, useApiServerKiller, useControlPlane } from '@naru/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { counted, watched } from '../../testing/client.ts';
import { applyFolder, carryOut, planDelete, planFolder, stepsOf, writePlatform } from '../../testing/platform.ts';
import type { KubeClient } from '../kube/client.ts';
import { connect } from '../kube/connect.ts';
import type { KubeObject, ResourceType } from '../kube/kube-object.ts';
import { readRecord, writeRecord } from '../record/record-store.ts';
import type { ApplyEvent } from './event.ts';

const scratch = mkdtempSync(join(tmpdir(), 'naru-execute-'));
const controlPlane = useControlPlane('api');
const killApiServer = useApiServerKiller(controlPlane);
const OTHER = { fieldManager: 'somebody' };
let client: KubeClient;
let configMaps: ResourceType;
let secrets: ResourceType;

const object = (kind: string, name: string, rest: object = {}, metadata: object = {}): KubeObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name, ...metadata },
  ...rest,
});
const config = (name: string, text = 'ours'): KubeObject => object('ConfigMap', name, { data: { text } });

beforeAll(async () => {
  client = await connect({ kubeconfig: controlPlane().kubeconfigPath, environment: {} });
  await client.create(object('Namespace', 'naru-system'), OTHER);
  configMaps = await typeOf('ConfigMap');
  secrets = await typeOf('Secret');
});
afterAll(async () => {
  await client?.close();
  rmSync(scratch, { recursive: true });
});

async function typeOf(kind: string): Promise<ResourceType> {
  const type = await client.discovery.resourceFor({ apiVersion: 'v1', kind });
  if (type === undefined) throw new Error(`${kind} is not served`);
  return type;
}

async function live(name: string): Promise<KubeObject | undefined> {
  return await client.get(configMaps, { name, namespace: 'default' });
}

async function patch(
  type: ResourceType,
  name: string,
  namespace: string,
  body: Readonly<Record<string, unknown>>,
): Promise<void> {
  await client.patch(type, { name, namespace }, { kind: 'merge', body }, OTHER);
}

function one(name: string, ...manifests: readonly object[]): string {
  return writePlatform(scratch, name, { all: { manifests } });
}

const WRITES = /^(apply|create|update|patch|delete) /;

describe('two deliveries', () => {
  it('that meet while one plans do not take the objects of the other for foreign', async () => {
    const folder = one('met', config('met-a'));
    let delivered = false;
    const interrupted = watched(client, {
      before: async (called) => {
        if (delivered || !called.startsWith('list configmaps')) return;
        delivered = true;
        await applyFolder(client, folder);
      },
    });

    const { plan } = await planFolder(interrupted, folder);

    expect(stepsOf(plan)).toEqual(['keep ConfigMap/default/met-a']);
  });

  it('at once: one is done, and the other is told who delivers', async () => {
    const folder = one('twice', config('twice-a'), config('twice-b'));
    const plan = await planFolder(client, folder);
    const slow = watched(client, {
      before: (called) => (called.startsWith('apply') ? sleep(6_000) : Promise.resolve()),
    });

    const first = carryOut(slow, plan, { holder: 'first@here:1' });
    await expect.poll(() => live('twice-b'), { timeout: 10_000 }).toBeUndefined();
    await sleep(500);
    const second = carryOut(client, plan, { holder: 'second@here:2' });

    // Who waits until the first is done finds that its plan is old.
    await expect(second).rejects.toMatchObject({ code: expect.stringMatching(/^(DELIVERY_HELD|PLAN_MOVED)$/) });
    expect(await first).toEqual({ kind: 'done' });
  });

  it('of which one takes over: the other writes nothing more, and says why', async () => {
    const folder = one('robbed', ...Array.from({ length: 6 }, (_, index) => config(`robbed-${index}`)));
    const plan = await planFolder(client, folder);
    const calls: string[] = [];
    const slow = watched(client, {
      before: async (called) => {
        if (called.startsWith('apply')) await sleep(2_000);
        calls.push(called);
      },
    });
    const first = carryOut(slow, plan, { holder: 'first@here:1', parallel: 1 });
    const ending = first.catch((error: unknown) => error);
    await expect.poll(() => calls.includes('apply ConfigMap robbed-0'), { timeout: 10_000 }).toBe(true);

    const robbery = carryOut(client, await planFolder(client, folder), { holder: 'second@here:2', takeOver: true });
    expect(await robbery).toEqual({ kind: 'done' });
    const record = await readRecord(client, 'robbed');

    // The robber has given the lease back by now, so nobody can be named.
    expect(await ending).toMatchObject({ code: 'DELIVERY_LOST', details: { platform: 'robbed' } });
    expect(calls.filter((called) => called.startsWith('apply')).length).toBeLessThan(6);
    expect(await readRecord(client, 'robbed')).toEqual(record);
  });

  it('one after the other, with the plan of the second made before the first: refused, and nothing is written', async () => {
    const folder = one('moved', config('moved', 'one'));
    const [early, old] = [await planFolder(client, folder), await planFolder(client, folder)];
    expect(await carryOut(client, early)).toEqual({ kind: 'done' });
    const { client: counting, calls } = counted(client);

    await expect(carryOut(counting, old)).rejects.toMatchObject({ code: 'PLAN_MOVED' });
    const stale = await planFolder(client, one('moved', config('moved', 'two')));
    await applyFolder(client, one('moved', config('moved', 'three')));
    await expect(carryOut(counting, stale)).rejects.toMatchObject({ code: 'PLAN_MOVED' });

    const written = calls.filter((called) => WRITES.test(called) && !called.includes('Lease'));
    expect(new Set(written)).toEqual(new Set(['patch Namespace naru-system']));
    expect((await live('moved'))?.['data']).toEqual({ text: 'three' });
  });
});

describe('a record', () => {
  it.each([
    { what: 'that was edited by hand', data: { record: Buffer.from('by hand').toString('base64') } },
    { what: 'that was emptied', data: { record: null } },
  ])('$what is refused, and nothing is done', async ({ data }) => {
    const folder = one('damaged', config('damaged'));
    await applyFolder(client, folder);
    const name = 'damaged.inventory';
    const before = await client.get(secrets, { name, namespace: 'naru-system' });
    await patch(secrets, name, 'naru-system', { data });
    const contents = await clusterContents(controlPlane().kubeconfigPath);

    for (const work of [() => planFolder(client, folder), () => planDelete(client, 'damaged')]) {
      await expect(work()).rejects.toMatchObject({ code: 'RECORD_CORRUPTED', details: { record: name } });
    }

    expect(await clusterContents(controlPlane().kubeconfigPath)).toEqual(contents);
    await patch(secrets, name, 'naru-system', { data: before?.['data'] });
    expect(await applyFolder(client, folder)).toEqual({ kind: 'done' });
  });

  it('of another platform under our name is refused', async () => {
    await applyFolder(client, one('owner', config('owner')));
    const secret = await client.get(secrets, { name: 'owner.inventory', namespace: 'naru-system' });
    const content = { data: secret?.['data'], type: secret?.['type'] };
    await client.create(object('Secret', 'thief.inventory', content, { namespace: 'naru-system' }), OTHER);
    await expect(planDelete(client, 'thief')).rejects.toMatchObject({
      code: 'RECORD_CORRUPTED',
      details: { reason: 'it is the record of owner' },
    });
    expect(await live('owner')).toBeDefined();
  });

  it('forgets what is gone, and keeps nothing of a platform that is', async () => {
    const folder = one('forgetful', config('forgetful-a'), config('forgetful-b'));
    await applyFolder(client, folder);
    await client.delete(configMaps, { name: 'forgetful-a', namespace: 'default' }, { propagation: 'Background' });
    await applyFolder(client, one('forgetful', config('forgetful-b')));
    const left = await readRecord(client, 'forgetful');
    expect([...(left?.record.inventory.entries.keys() ?? [])]).toEqual(['ConfigMap/default/forgetful-b']);
    await client.delete(configMaps, { name: 'forgetful-b', namespace: 'default' }, { propagation: 'Background' });
    await carryOut(client, await planDelete(client, 'forgetful'));
    expect(await readRecord(client, 'forgetful')).toBeUndefined();
  });

  it('refuses a plan that did not see what a killed delivery made since', async () => {
    await applyFolder(client, one('late', config('late-a')));
    const stored = await readRecord(client, 'late');
    if (stored === undefined) throw new Error('no record');
    const key = 'ConfigMap/default/late-b' as ObjectKey;
    const entries = new Map(stored.record.inventory.entries);
    entries.set(key, { key, apiVersion: 'v1', component: 'all', desiredHash: '', appliedHash: undefined });
    const inventory = { ...stored.record.inventory, entries };
    await writeRecord(client, { ...stored.record, inventory }, stored.resourceVersion);
    const plan = await planDelete(client, 'late');
    await client.apply(
      { ...config('late-b'), metadata: { name: 'late-b', namespace: 'default' } },
      { fieldManager: 'naru' },
    );

    await expect(carryOut(client, plan)).rejects.toMatchObject({ code: 'PLAN_MOVED' });
    expect(await carryOut(client, await planDelete(client, 'late'))).toEqual({ kind: 'done' });
    expect(await live('late-b')).toBeUndefined();
  });

  it('and the events hold no secret in clear', async () => {
    const folder = one('quiet', object('Secret', 'quiet', { stringData: { password: 'planted-secret-4711' } }));
    const events: ApplyEvent[] = [];
    await carryOut(client, await planFolder(client, folder), { events });
    const stored = await readRecord(client, 'quiet');
    const told = JSON.stringify([events, [...(stored?.record.inventory.entries.values() ?? [])]]);
    expect(events.length).toBeGreaterThan(5);
    for (const text of ['planted-secret-4711', Buffer.from('planted-secret-4711').toString('base64')]) {
      expect(told).not.toContain(text);
    }
  });
});

describe('a delivery', () => {
  it('stops what stands on a refused object, and finishes what does not', async () => {
    const broken = object('ConfigMap', 'broken', { data: { 'no such key!': 'x' } });
    const folder = writePlatform(scratch, 'refused', {
      broken: { manifests: [broken] },
      above: { manifests: [config('refused-above')], after: ['broken'] },
      beside: { manifests: [config('refused-beside')] },
    });
    const events: ApplyEvent[] = [];
    const { client: counting, calls } = counted(client);

    const outcome = await carryOut(counting, await planFolder(client, folder), { events });

    expect(outcome).toMatchObject({
      kind: 'incomplete',
      failures: [{ component: 'broken', error: { code: 'OBJECT_INVALID' } }],
    });
    expect(calls.filter((called) => called === 'apply ConfigMap broken')).toHaveLength(1);
    expect([await live('refused-above'), (await live('refused-beside'))?.['data']]).toEqual([
      undefined,
      { text: 'ours' },
    ]);
    const last = new Map(
      events.flatMap((event) => (event.type === 'component' ? [[event.component, event.phase]] : [])),
    );
    expect(Object.fromEntries(last)).toEqual({ broken: 'failed', above: 'blocked', beside: 'done' });
    expect(events.at(-1)).toMatchObject({ type: 'delivery-finished', outcome: 'incomplete' });
  });

  it('waits for a server that is busy for a while, wherever that is', async () => {
    const folder = writePlatform(scratch, 'busy', {
      a: { manifests: [config('busy-a')] },
      b: { manifests: [config('busy-b')], after: ['a'] },
    });
    const plan = await planFolder(client, folder);
    const { client: counting, calls } = counted(client);
    await carryOut(counting, plan, {});
    const faulty = [...new Set(calls)].filter((called) => /apply|update Secret|list/.test(called));
    expect(faulty.length).toBeGreaterThan(2);
    await carryOut(client, await planDelete(client, 'busy'));

    const left = new Set([...faulty, 'delete ConfigMap busy-a', 'list configmaps default']);
    const shaky = watched(client, {
      before: (called) => {
        const details = { server: client.server, reason: 'too many requests', retryAfterSeconds: 0 };
        return left.delete(called) ? Promise.reject(new NaruError('CLUSTER_BUSY', details)) : Promise.resolve();
      },
    });
    expect(await carryOut(shaky, await planFolder(client, folder))).toEqual({ kind: 'done' });
    const removal = await planDelete(client, 'busy');
    left.add('list configmaps default');
    expect(await carryOut(shaky, removal)).toEqual({ kind: 'done' });
    expect([...left]).toEqual([]);
  });

  it('refuses to call done what has gone since its plan', async () => {
    const folder = one('vanishing', config('vanishing'));
    await applyFolder(client, folder);
    const plan = await planFolder(client, folder);
    await client.delete(configMaps, { name: 'vanishing', namespace: 'default' }, { propagation: 'Background' });
    expect(await carryOut(client, plan)).toMatchObject({
      failures: [{ component: 'all', error: { code: 'PLAN_MOVED' } }],
    });
    expect(await applyFolder(client, folder)).toEqual({ kind: 'done' });
  });
});

describe('a delete', () => {
  it('does not touch an object that somebody else made in the place of ours', async () => {
    const folder = one('replaced', config('replaced'));
    await applyFolder(client, folder);
    const plan = await planDelete(client, 'replaced');
    const name = { name: 'replaced', namespace: 'default' };
    await client.delete(configMaps, name, { propagation: 'Background' });
    await client.create(object('ConfigMap', 'replaced', { data: { text: 'theirs' } }, { namespace: 'default' }), OTHER);
    expect(await carryOut(client, plan)).toEqual({ kind: 'done' });
    expect((await live('replaced'))?.['data']).toEqual({ text: 'theirs' });
    expect(await readRecord(client, 'replaced')).toBeUndefined();
  });

  it('names what a finalizer holds, deletes nothing below it, and goes on when it is let go', async () => {
    const held = object('ConfigMap', 'held', { data: {} }, { finalizers: ['example.org/hold'] });
    const folder = writePlatform(scratch, 'held', {
      below: { manifests: [config('held-below')] },
      above: { manifests: [held], after: ['below'] },
    });
    await applyFolder(client, folder);

    const outcome = await carryOut(client, await planDelete(client, 'held'), { timeoutSeconds: 2 });
    expect(outcome).toMatchObject({
      failures: [
        { component: 'above', error: { code: 'COMPONENT_NOT_GONE', details: { keys: 'ConfigMap/default/held' } } },
      ],
    });
    expect(await live('held-below')).toBeDefined();

    await patch(configMaps, 'held', 'default', { metadata: { finalizers: null } });
    expect(await carryOut(client, await planDelete(client, 'held'))).toEqual({ kind: 'done' });
    expect([await live('held-below'), await readRecord(client, 'held')]).toEqual([undefined, undefined]);
  });
});

describe('an API server that is killed and comes back', () => {
  it('is waited for in the middle of an install, whatever was being written', async () => {
    const parts = Array.from({ length: 4 }, (_, part) => [
      `part-${part}`,
      { manifests: Array.from({ length: 6 }, (__, index) => config(`outage-${part}-${index}`)) },
    ]);
    const folder = writePlatform(scratch, 'outage', Object.fromEntries(parts));
    const { client: counting, calls } = counted(client);
    const slow = watched(counting, {
      before: (called) => (called.startsWith('apply') ? sleep(100) : Promise.resolve()),
    });
    const delivery = carryOut(slow, await planFolder(client, folder), { timeoutSeconds: 60 });
    await expect
      .poll(() => calls.filter((called) => called.startsWith('apply')).length, { interval: 10 })
      .toBeGreaterThan(5);

    const server = await killApiServer();
    // Longer than the client repeats a request by itself.
    await sleep(4_000);
    server.start();

    expect(await delivery).toEqual({ kind: 'done' });
    const { plan } = await planFolder(client, folder);
    expect(plan.installs.flatMap(({ steps }) => steps.map(({ reason }) => reason))).toEqual(
      Array.from({ length: 24 }, () => 'unchanged'),
    );
  });
});
