import { EMPTY_INVENTORY, keyOf, NaruError, type ObjectKey } from '@naru/core';
import { describe, expect, it } from 'vitest';
import { clientWith } from '../../testing/client.ts';
import type { KubeClient } from '../kube/client.ts';
import type { KubeObject, ResourceType } from '../kube/kube-object.ts';
import type { Delivery } from './delivery.ts';
import type { ApplyEvent } from './event.ts';
import { settle } from './settle.ts';

const JOBS: ResourceType = { group: 'batch', version: 'v1', kind: 'Job', plural: 'jobs', namespaced: true, verbs: [] };

function job(name: string, ...conditions: readonly string[]): KubeObject {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, namespace: 'shop', generation: 1 },
    status: {
      startTime: 'now',
      active: 1,
      conditions: conditions.map((type) => ({ type, status: 'True', message: 'no' })),
    },
  };
}
const running = (name: string): KubeObject => job(name);
const complete = (name: string): KubeObject => job(name, 'Complete');

interface Server {
  readonly client: KubeClient;
  readonly lists: string[];
}

/** A server that answers each LIST with the next of `looks`; the last one stays. A failure is thrown. */
function serverOf(...looks: readonly (readonly KubeObject[] | NaruError)[]): Server {
  const lists: string[] = [];
  const client = clientWith({
    discovery: {
      resourceFor: () => Promise.resolve(JOBS),
      resources: () => Promise.resolve([JOBS]),
      refresh: () => Promise.resolve(),
    },
    get: () => Promise.reject(new NaruError('OBJECT_MISSING', { object: 'Job shop/a' })),
    list: (type, options) => {
      lists.push(`${type.plural} ${options?.namespace ?? '*'}`);
      const look = looks[Math.min(lists.length, looks.length) - 1] ?? [];
      if (look instanceof NaruError) return Promise.reject(look);
      return Promise.resolve({ items: look, resourceVersion: '1' });
    },
  });
  return { client, lists };
}

async function settled(
  { client }: Server,
  seen: readonly KubeObject[],
  { seconds = 5, signal = new AbortController().signal, events = [] as ApplyEvent[] } = {},
): Promise<readonly ApplyEvent[]> {
  const record = { platform: 'shop', site: 'here', version: undefined, revision: 'r', kept: { seed: '', bornAt: 0 } };
  const delivery: Delivery = {
    client,
    ledger: { record: { ...record, inventory: EMPTY_INVENTORY }, change: () => Promise.resolve() },
    emit: (event) => void events.push(event),
    signal,
    until: 'ready',
    timeoutSeconds: seconds,
  };
  const objects = new Map<ObjectKey, KubeObject>(seen.map((object) => [keyOf(object), object]));
  await settle(delivery, 'web', { seen: objects, deadline: Date.now() + seconds * 1000 });
  return events;
}

const words = (events: readonly ApplyEvent[]): readonly string[] =>
  events.map((event) => (event.type === 'object-waiting' ? `${event.key} ${event.status}` : event.type));

describe('settle', () => {
  it('asks nothing when the answers to the apply were Current already', async () => {
    const server = serverOf();
    expect(await settled(server, [complete('a'), complete('b')])).toEqual([]);
    expect(server.lists).toEqual([]);
  });

  it('looks with one LIST until all are Current, and tells only what is new', async () => {
    const both = [running('a'), running('b')];
    const server = serverOf(both, both, [complete('a'), running('b')], [complete('a'), complete('b')]);
    const events = await settled(server, both);
    expect(server.lists).toEqual(Array.from({ length: 4 }, () => 'jobs shop'));
    expect(words(events)).toEqual(['Job.batch/shop/a InProgress', 'Job.batch/shop/b InProgress']);
  });

  it('ends at once when one fails for good, and names it', async () => {
    const server = serverOf([running('a'), job('b', 'Failed')]);
    const begun = performance.now();
    await expect(settled(server, [running('a'), running('b')], { seconds: 60 })).rejects.toMatchObject({
      code: 'COMPONENT_NOT_READY',
      details: { component: 'web', key: 'Job.batch/shop/b' },
    });
    expect(performance.now() - begun).toBeLessThan(2_000);
  });

  it('ends at the time limit, also when the cause cannot be found out', async () => {
    const begun = performance.now();
    await expect(settled(serverOf([running('a')]), [running('a')], { seconds: 1 })).rejects.toMatchObject({
      code: 'COMPONENT_NOT_READY',
      details: { key: 'Job.batch/shop/a', seconds: 1, cause: undefined },
    });
    expect(performance.now() - begun).toBeLessThan(2_500);
  });

  it('does not take what has gone for ready', async () => {
    await expect(settled(serverOf([]), [running('a')], { seconds: 1 })).rejects.toMatchObject({
      details: { key: 'Job.batch/shop/a', status: { code: 'absent' } },
    });
  });

  it('looks again when the server was busy', async () => {
    const busy = new NaruError('CLUSTER_BUSY', { server: 's', reason: '', retryAfterSeconds: 0 });
    const server = serverOf([running('a')], busy, [complete('a')]);
    await settled(server, [running('a')]);
    expect(server.lists).toHaveLength(3);
  });

  it('stops looking when it is aborted', async () => {
    const stop = new AbortController();
    const server = serverOf([running('a')]);
    const waiting = settled(server, [running('a')], { seconds: 60, signal: stop.signal });
    setTimeout(() => stop.abort(), 300);
    await expect(waiting).rejects.toThrow('abort');
    const before = server.lists.length;
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(server.lists).toHaveLength(before);
  });
});
