import { json, refusal, useLocalServer, useScratch } from '@naru/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import type { KubeClient } from './client.ts';
import { connect } from './connect.ts';
import type { ResourceType } from './kube-object.ts';

const server = useLocalServer();
const scratch = useScratch();
const PODS: ResourceType = { group: '', version: 'v1', kind: 'Pod', plural: 'pods', namespaced: true, verbs: [] };
let client: KubeClient;
afterEach(() => client.close());

async function list(options: Parameters<KubeClient['list']>[1] = {}) {
  client = await connect({ kubeconfig: await scratch.kubeconfig({ server: server.url }), environment: {} });
  return client.list(PODS, options);
}

function page(names: readonly string[], metadata: Record<string, string>) {
  return json({ kind: 'PodList', metadata, items: names.map((name) => ({ metadata: { name } })) });
}

const names = ({ items }: { items: readonly { metadata: { name: string } }[] }) =>
  items.map(({ metadata }) => metadata.name);
const EXPIRED = refusal(410, { reason: 'Expired', message: 'The provided continue parameter is too old' });

describe('list', () => {
  it('puts pages together and says what its members are', async () => {
    server.answerInTurn(
      page(['a', 'b'], { resourceVersion: '5', continue: 'next/1' }),
      page(['c'], { resourceVersion: '5' }),
    );
    const found = await list({ namespace: 'shop', labelSelector: 'app in (a,b)', pageSize: 2 });
    expect(names(found)).toEqual(['a', 'b', 'c']);
    expect(found.resourceVersion).toBe('5');
    expect(found.items[0]).toMatchObject({ apiVersion: 'v1', kind: 'Pod' });
    expect(server.seen.map(({ path, query }) => [path, Object.fromEntries(query)])).toEqual([
      ['/api/v1/namespaces/shop/pods', { labelSelector: 'app in (a,b)', limit: '2' }],
      ['/api/v1/namespaces/shop/pods', { labelSelector: 'app in (a,b)', limit: '2', continue: 'next/1' }],
    ]);
  });

  it('begins again in one piece when the version of the first page is gone', async () => {
    server.answerInTurn(
      page(['a', 'old'], { resourceVersion: '5', continue: 'next' }),
      EXPIRED,
      page(['a', 'b', 'c'], { resourceVersion: '9' }),
    );
    const found = await list();
    expect(names(found)).toEqual(['a', 'b', 'c']);
    expect(found.resourceVersion).toBe('9');
    expect(server.seen[2]?.query.has('limit')).toBe(false);
  });

  it('does not begin again for ever', async () => {
    server.answer(EXPIRED);
    await expect(list()).rejects.toMatchObject({ code: 'VERSION_EXPIRED' });
    expect(server.seen).toHaveLength(2);
  });

  it('takes null for an empty list', async () => {
    server.answer(json({ kind: 'PodList', metadata: { resourceVersion: '5' }, items: null }));
    expect(await list()).toEqual({ items: [], resourceVersion: '5' });
  });

  it.each([[{ items: 'many' }], [{ items: [{ metadata: {} }] }], [{ items: [null] }]])(
    'does not take %j for a list',
    async (body) => {
      server.answer(json(body));
      await expect(list()).rejects.toMatchObject({ code: 'CLUSTER_ANSWER_UNREADABLE' });
    },
  );

  it('says which kind is not served', async () => {
    server.answer(refusal(404, { reason: 'NotFound', message: 'the server could not find the requested resource' }));
    await expect(list()).rejects.toMatchObject({ code: 'KIND_UNSERVED', details: { apiVersion: 'v1', kind: 'Pod' } });
  });
});
