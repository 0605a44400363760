import { env } from 'node:process';
import { useApiServerKiller, useControlPlane } from '@naru/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KubeClient, WatchEvent, WatchOptions } from './client.ts';
import { connect } from './connect.ts';
import type { KubeObject, ResourceType } from './kube-object.ts';

const controlPlane = useControlPlane('api');
const killApiServer = useApiServerKiller(controlPlane);
const CONFIG_MAPS: ResourceType = {
  group: '',
  version: 'v1',
  kind: 'ConfigMap',
  plural: 'configmaps',
  namespaced: true,
  verbs: [],
};
const MINE = { fieldManager: 'naru' };
let client: KubeClient;
beforeAll(async () => {
  client = await connect({ kubeconfig: controlPlane().kubeconfigPath, environment: env });
});
afterAll(() => client?.close());

function configMap(name: string, app: string, data: Record<string, string> = {}): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default', labels: { app } }, data };
}

/** Follows the ConfigMaps of one test, and believes every event. */
function follow(app: string, options: WatchOptions = {}) {
  const abort = new AbortController();
  const events: string[] = [];
  const known = new Map<string, unknown>();
  const see = (event: WatchEvent): void => {
    if (event.type === 'SYNCED') return void events.push('SYNCED');
    const { name } = event.object.metadata;
    events.push(`${event.type} ${name}`);
    if (event.type === 'DELETED') known.delete(name);
    else known.set(name, event.object['data']);
  };
  const done = (async () => {
    for await (const event of client.watch(CONFIG_MAPS, {
      labelSelector: `app=${app}`,
      signal: abort.signal,
      ...options,
    }))
      see(event);
  })().catch((error: unknown) => error);
  return {
    events,
    known,
    stop: async () => {
      abort.abort(new Error('stopped'));
      return done;
    },
  };
}

/** While a server starts, it is away, then refuses, then answers. */
async function retrying(work: () => Promise<unknown>): Promise<void> {
  await expect.poll(() => work().then(() => 'done', String), { timeout: 60_000, interval: 200 }).toBe('done');
}

const background = { propagation: 'Background' } as const;

describe('watch', () => {
  it('tells what comes, changes and goes', async () => {
    await client.apply(configMap('first', 'plain'), MINE);
    const following = follow('plain');
    await expect.poll(() => following.events).toEqual(['ADDED first', 'SYNCED']);
    await client.apply(configMap('second', 'plain'), MINE);
    await client.apply(configMap('second', 'plain', { a: '1' }), MINE);
    await client.delete(CONFIG_MAPS, { name: 'first' }, background);
    await expect
      .poll(() => following.events)
      .toEqual(['ADDED first', 'SYNCED', 'ADDED second', 'MODIFIED second', 'DELETED first']);
    expect(await following.stop()).toEqual(new Error('stopped'));
  });

  it('begins from a list without missing what happened since', async () => {
    await client.apply(configMap('listed', 'from'), MINE);
    const from = await client.list(CONFIG_MAPS, { labelSelector: 'app=from' });
    await client.apply(configMap('later', 'from'), MINE);
    await client.delete(CONFIG_MAPS, { name: 'listed' }, background);
    const following = follow('from', { from });
    await expect.poll(() => following.events).toEqual(['SYNCED', 'ADDED later', 'DELETED listed']);
    await following.stop();
  });

  it('survives the death of the server in its middle, and loses nothing', async () => {
    for (const name of ['stays', 'changes', 'goes']) await client.apply(configMap(name, 'restart'), MINE);
    const following = follow('restart');
    await expect.poll(() => following.events.at(-1)).toBe('SYNCED');

    const killed = await killApiServer();
    const missing = client.get(CONFIG_MAPS, { name: 'stays' });
    await expect(missing).rejects.toMatchObject({ code: 'CLUSTER_UNREACHABLE', retry: 'backoff' });
    killed.start();
    await retrying(() => client.apply(configMap('changes', 'restart', { a: '1' }), MINE));
    await retrying(() => client.delete(CONFIG_MAPS, { name: 'goes' }, background));
    await retrying(() => client.apply(configMap('comes', 'restart'), MINE));

    await expect
      .poll(() => Object.fromEntries(following.known), { timeout: 60_000 })
      .toEqual({ stays: undefined, changes: { a: '1' }, comes: undefined });
    expect(following.events.filter((event) => event.startsWith('DELETED'))).toEqual(['DELETED goes']);
    expect(await following.stop()).toEqual(new Error('stopped'));
  });

  it('lists anew when the server answers 410 Gone, and tells the differences', async () => {
    for (const name of ['kept', 'vanished']) await client.apply(configMap(name, 'gone'), MINE);
    const from = await client.list(CONFIG_MAPS, { labelSelector: 'app=gone' });
    await client.delete(CONFIG_MAPS, { name: 'vanished' }, background);
    await client.apply(configMap('new', 'gone'), MINE);
    // A server that was started again remembers no changes from before its start.
    (await killApiServer()).start();
    await retrying(() => client.list(CONFIG_MAPS));

    const following = follow('gone', { from });
    await expect
      .poll(() => following.events, { timeout: 20_000 })
      .toEqual(['SYNCED', 'DELETED vanished', 'ADDED new', 'SYNCED']);
    await client.apply(configMap('after', 'gone'), MINE);
    await expect.poll(() => following.events.at(-1)).toBe('ADDED after');
    await following.stop();
  });
});
