import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRecord, type ObjectKey, parseObjectKey } from '@naru/core';
import { useControlPlane } from '@naru/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { counted, killedAfter } from '../../testing/client.ts';
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
import type { KubeObject } from '../kube/kube-object.ts';
import { findObjects } from '../observe/list-kinds.ts';
import { readRecord } from '../record/record-store.ts';
import type { PlannedDelivery } from '../road/plan-delivery.ts';

const QUIET = new AbortController().signal;
const scratch = mkdtempSync(join(tmpdir(), 'naru-killed-'));
const controlPlane = useControlPlane('api');
let client: KubeClient;

const named = (kind: string, name: string, rest: object, apiVersion = 'v1'): object => ({
  apiVersion,
  kind,
  metadata: { name },
  ...rest,
});
const config = (name: string, text: string): object => named('ConfigMap', name, { data: { text } });
const role = (name: string): object => named('Role', name, { rules: [] }, 'rbac.authorization.k8s.io/v1');

/** Two components on one; the second version changes, adds and drops objects, and drops a component. */
const FIRST: Readonly<Record<string, Part>> = {
  base: { manifests: [config('base', 'one'), named('Secret', 'base', { stringData: { word: 'one' } }), role('base')] },
  left: {
    manifests: [config('left', 'one'), named('ServiceAccount', 'left', {}), config('left-old', 'one')],
    after: ['base'],
  },
  right: {
    manifests: [named('Service', 'right', { spec: { ports: [{ port: 80 }] } }), config('right', 'one')],
    after: ['base'],
  },
};
const SECOND: Readonly<Record<string, Part>> = {
  base: { manifests: [config('base', 'two'), named('Secret', 'base', { stringData: { word: 'two' } }), role('base')] },
  left: {
    manifests: [config('left', 'two'), named('ServiceAccount', 'left', {}), config('left-new', 'two')],
    after: ['base'],
  },
};

beforeAll(async () => {
  client = await connect({ kubeconfig: controlPlane().kubeconfigPath, environment: {} });
  // No controllers run here, so a namespace that is deleted stays on its way out for ever: one of others' is left alone.
  await client.create(named('Namespace', 'naru-system', {}) as KubeObject, { fieldManager: 'test' });
});
afterAll(async () => {
  await client?.close();
  rmSync(scratch, { recursive: true });
});

/** What matters of a cluster after a delivery: every object that was ever part of the platform, and the record without its seed. */
async function outcomeOf() {
  const kinds = {
    ConfigMap: 'v1',
    Secret: 'v1',
    Service: 'v1',
    ServiceAccount: 'v1',
    'Role.rbac.authorization.k8s.io': 'rbac.authorization.k8s.io/v1',
  };
  const names = ['base', 'left', 'left-old', 'left-new', 'right'];
  const sought = Object.entries(kinds).flatMap(([kind, apiVersion]) =>
    names.map((name) => ({ key: `${kind}/default/${name}` as ObjectKey, apiVersion })),
  );
  const { objects } = await findObjects(client, sought, QUIET);
  const stored = await readRecord(client, 'killed');
  const inventory = stored?.record.inventory;
  return {
    objects: Object.fromEntries(
      [...objects].map(([key, { data, spec, rules }]) => [
        key,
        { data, ports: isRecord(spec) ? spec['ports'] : rules },
      ]),
    ),
    revision: stored?.record.revision,
    entries: [...(inventory?.entries.values() ?? [])].toSorted((a, b) => (a.key < b.key ? -1 : 1)),
    standsOn: Object.fromEntries(inventory?.standsOn ?? []),
  };
}

/** Objects that no record names. */
async function leaked(): Promise<readonly string[]> {
  const { objects, entries } = await outcomeOf();
  const recorded = new Set<string>(entries.map(({ key }) => key));
  return Object.keys(objects).filter((key) => !recorded.has(key));
}

async function clear(): Promise<void> {
  if ((await readRecord(client, 'killed')) === undefined) return;
  await carryOut(client, await planDelete(client, 'killed'), { takeOver: true });
}

interface Story {
  /** Makes what the delivery starts from. */
  readonly prepare: () => Promise<void>;
  /** What is run, killed, and run again. */
  readonly plan: (from: KubeClient) => Promise<PlannedDelivery>;
}

const first = (): string => writePlatform(scratch, 'killed', FIRST);
const second = (): string => writePlatform(scratch, 'killed', SECOND);
const install: Story = { prepare: clear, plan: (from) => planFolder(from, first()) };
const change: Story = {
  prepare: async () => {
    await clear();
    await applyFolder(client, first());
  },
  plan: (from) => planFolder(from, second()),
};
const removal: Story = { prepare: change.prepare, plan: (from) => planDelete(from, 'killed') };

describe('a delivery that is killed after any of its requests and run again', () => {
  it.each([
    { name: 'an install', story: install, atLeast: 15 },
    { name: 'a change', story: change, atLeast: 15 },
    { name: 'a delete', story: removal, atLeast: 15 },
  ])('ends as one that nobody disturbed: $name', async ({ story, atLeast }) => {
    await story.prepare();
    const { client: counting, calls } = counted(client);
    expect(await carryOut(counting, await story.plan(client))).toEqual({ kind: 'done' });
    const undisturbed = await outcomeOf();
    expect(calls.length).toBeGreaterThan(atLeast);

    for (let requests = 0; requests < calls.length; requests += 1) {
      await story.prepare();
      const mortal = killedAfter(client, requests);
      await Promise.race([carryOut(mortal.client, await story.plan(client)), mortal.died]);
      expect(await leaked(), `killed after request ${requests}`).toEqual([]);
      // A delete whose record went last has nothing left to continue.
      if (story !== removal || (await readRecord(client, 'killed')) !== undefined) {
        const again = carryOut(client, await story.plan(client), { holder: 'test@here:2', takeOver: true });
        expect(await again, `killed after ${calls[requests - 1] ?? 'nothing'}`).toEqual({ kind: 'done' });
      }
      expect(await outcomeOf(), `killed after request ${requests}, ${calls[requests - 1] ?? 'nothing'}`).toEqual(
        undisturbed,
      );
    }
  });
});

describe('a change that was made and not recorded', () => {
  it('is undone when the platform goes back to what the record says', async () => {
    await change.prepare();
    const { client: counting, calls } = counted(client);
    await carryOut(counting, await planFolder(client, second()));
    const written = calls.indexOf('apply ConfigMap base');
    await change.prepare();
    const before = await outcomeOf();
    const mortal = killedAfter(client, written + 1);
    await Promise.race([carryOut(mortal.client, await planFolder(client, second())), mortal.died]);

    const back = await planFolder(client, first());

    expect(stepsOf(back.plan)).toContain('update ConfigMap/default/base');
    await carryOut(client, back, { takeOver: true });
    expect(await outcomeOf()).toEqual(before);
  });
});

it('goes on after an abort where it was, and had written nothing since', async () => {
  await clear();
  const stop = new AbortController();
  const calls: string[] = [];
  const { client: counting, calls: all } = counted(client);
  const running = carryOut(counting, await install.plan(client), {
    signal: stop.signal,
    listener: (event) => {
      if (event.type === 'step-done' && parseObjectKey(event.key).name === 'base') stop.abort();
      if (stop.signal.aborted) calls.push(event.type);
    },
  });

  expect(await running).toEqual({ kind: 'interrupted' });
  expect(all.filter((called) => called.startsWith('apply'))).toEqual(['apply Secret base']);
  expect(all.at(-1)).toBe('delete Lease killed');
  expect(calls).toEqual(['step-done', 'component', 'component', 'delivery-finished']);
  expect(await applyFolder(client, first())).toEqual({ kind: 'done' });
});
