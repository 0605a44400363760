import { json, refusal, useLocalServer, useScratch } from '@naru/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { KubeClient } from './client.ts';
import { connect } from './connect.ts';

const server = useLocalServer();
const scratch = useScratch();
let client: KubeClient;
beforeEach(async () => {
  client = await connect({ kubeconfig: await scratch.kubeconfig({ server: server.url }), environment: {} });
});
afterEach(() => client.close());

function resource(kind: string, plural: string, scope: string) {
  return {
    resource: plural,
    responseKind: { group: '', version: 'v1', kind },
    scope,
    verbs: ['get', 'list'],
    subresources: [{ subresource: 'status', responseKind: { kind } }],
  };
}

function groups(...items: object[]) {
  return json({ kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2', metadata: {}, items });
}

const CORE = groups({
  metadata: {},
  versions: [{ version: 'v1', resources: [resource('Pod', 'pods', 'Namespaced')] }],
});

function serve(...crds: string[]): void {
  const resources = crds.map((kind) => resource(kind, `${kind.toLowerCase()}s`, 'Cluster'));
  const named = groups({
    metadata: { name: 'example.com' },
    versions: [{ version: 'v2', resources }, { version: 'v1' }],
  });
  server.answer((request, response) => (request.path === '/api' ? CORE : named)(request, response));
}

describe('discovery', () => {
  it('asks once for all kinds, however many want to know', async () => {
    serve('Shop');
    const pod = { group: '', version: 'v1', kind: 'Pod', plural: 'pods', namespaced: true, verbs: ['get', 'list'] };
    const wanted = { apiVersion: 'v1', kind: 'Pod' };
    const found = await Promise.all([1, 2, 3].map(() => client.discovery.resourceFor(wanted)));
    expect(found).toEqual([pod, pod, pod]);
    expect(await client.discovery.resourceFor({ apiVersion: 'example.com/v2', kind: 'Shop' })).toMatchObject({
      group: 'example.com',
      version: 'v2',
      plural: 'shops',
      namespaced: false,
    });
    expect((await client.discovery.resources()).map(({ kind }) => kind)).toEqual(['Pod', 'Shop']);
    expect(server.seen.map(({ path }) => path)).toEqual(['/api', '/apis']);
    expect(server.seen[0]?.headers.accept).toContain('as=APIGroupDiscoveryList');
  });

  it('asks again for a kind that it does not know, and then says so', async () => {
    serve();
    const shop = { apiVersion: 'example.com/v2', kind: 'Shop' };
    expect(await client.discovery.resourceFor(shop)).toBeUndefined();
    serve('Shop');
    expect(await client.discovery.resourceFor(shop)).toMatchObject({ kind: 'Shop' });
  });

  it('forgets what is gone when it is told to', async () => {
    serve('Shop');
    const shop = { apiVersion: 'example.com/v2', kind: 'Shop' };
    await client.discovery.resourceFor(shop);
    serve();
    await client.discovery.refresh();
    expect(await client.discovery.resourceFor(shop)).toBeUndefined();
  });

  it('names the oldest version that it understands to an older server', async () => {
    server.answer(json({ kind: 'APIVersions', versions: ['v1'] }));
    await expect(client.discovery.resources()).rejects.toMatchObject({
      code: 'CLUSTER_ANSWER_UNREADABLE',
      message: expect.stringContaining('1.27 is the oldest version'),
    });
  });

  it('tries again after a failure', async () => {
    server.answer(refusal(403, { message: 'forbidden: User "jane" cannot get path "/api"' }));
    await expect(client.discovery.resources()).rejects.toMatchObject({ code: 'REQUEST_FORBIDDEN' });
    serve();
    expect(await client.discovery.resources()).toHaveLength(1);
  });

  it('lets a caller leave while the others wait', async () => {
    const abort = new AbortController();
    server.answer(() => undefined);
    const leaving = client.discovery.resources({ signal: abort.signal });
    abort.abort(new Error('enough'));
    await expect(leaving).rejects.toThrow('enough');
  });
});
