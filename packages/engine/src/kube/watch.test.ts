import type { ServerResponse } from 'node:http';
import { json, refusal, useLocalServer, useScratch, type Answer } from '@naru/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import type { KubeClient, WatchEvent, WatchOptions } from './client.ts';
import { connect } from './connect.ts';
import type { ResourceType } from './kube-object.ts';

const server = useLocalServer();
const scratch = useScratch();
const PODS: ResourceType = { group: '', version: 'v1', kind: 'Pod', plural: 'pods', namespaced: true, verbs: [] };
let client: KubeClient | undefined;
afterEach(() => client?.close());

function pod(name: string, version: string) {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, uid: name, resourceVersion: version } };
}
const line = (type: string, object: object): string => `${JSON.stringify({ type, object })}\n`;
const bookmark = (version: string): string => line('BOOKMARK', { kind: 'Pod', metadata: { resourceVersion: version } });

function listing(version: string, ...pods: ReturnType<typeof pod>[]): Answer {
  return json({ kind: 'PodList', metadata: { resourceVersion: version }, items: pods });
}
/** A watch connection that sends `text`; it stays open unless `end` says otherwise. */
function streaming(text: string, end?: (response: ServerResponse) => void): Answer {
  return (_, response) => {
    response.writeHead(200).flushHeaders();
    if (text !== '') response.write(text);
    end?.(response);
  };
}
const closing = (response: ServerResponse): void => void response.end();

async function watch(options: WatchOptions = {}): Promise<AsyncIterable<WatchEvent>> {
  client = await connect({ kubeconfig: await scratch.kubeconfig({ server: server.url }), environment: {} });
  return client.watch(PODS, options);
}

function told(event: WatchEvent): string {
  return event.type === 'SYNCED' ? `SYNCED ${event.resourceVersion}` : `${event.type} ${event.object.metadata.name}`;
}

/** The first `count` events. Leaving the loop is what callers do who have seen enough. */
async function first(count: number, events: AsyncIterable<WatchEvent>): Promise<string[]> {
  const seen: string[] = [];
  for await (const event of events) {
    seen.push(told(event));
    if (seen.length === count) break;
  }
  return seen;
}

const watched = () =>
  server.seen.filter(({ query }) => query.has('watch')).map(({ query }) => query.get('resourceVersion'));

describe('watch', () => {
  it('lists, says when it is complete, then follows', async () => {
    server.answerInTurn(
      listing('5', pod('a', '3')),
      streaming(line('ADDED', pod('b', '6')) + line('DELETED', pod('a', '7'))),
    );
    expect(await first(4, await watch())).toEqual(['ADDED a', 'SYNCED 5', 'ADDED b', 'DELETED a']);
    expect(Object.fromEntries(server.seen[1]?.query ?? [])).toMatchObject({
      allowWatchBookmarks: 'true',
      resourceVersion: '5',
    });
  });

  it('goes on from a list that the caller has', async () => {
    server.answer(streaming(line('MODIFIED', pod('a', '6'))));
    const from = { items: [pod('a', '3')], resourceVersion: '5' };
    expect(await first(2, await watch({ from }))).toEqual(['SYNCED 5', 'MODIFIED a']);
    expect(watched()).toEqual(['5']);
  });

  it('resumes from the last version that it was told, bookmarks included', async () => {
    server.answerInTurn(
      listing('5'),
      streaming(line('ADDED', pod('a', '6')), closing),
      streaming(bookmark('8'), (response) => setTimeout(() => response.socket?.destroy(), 20)),
      streaming(line('ADDED', pod('b', '9'))),
    );
    expect(await first(3, await watch())).toEqual(['SYNCED 5', 'ADDED a', 'ADDED b']);
    expect(watched()).toEqual(['5', '6', '8']);
  });

  it.each([
    ['as an answer', refusal(410, { reason: 'Expired', message: 'too old resource version' })],
    [
      'as an event',
      streaming(line('ERROR', { kind: 'Status', code: 410, reason: 'Expired', message: 'too old' }), closing),
    ],
    [
      'of a version that lies in the future',
      refusal(504, { reason: 'Timeout', details: { causes: [{ reason: 'ResourceVersionTooLarge' }] } }),
    ],
  ])('lists anew when its version is gone (%s) and tells what it missed', async (_, gone) => {
    server.answerInTurn(
      listing('5', pod('stays', '1'), pod('changes', '2'), pod('goes', '3')),
      gone,
      listing('90', pod('stays', '1'), pod('changes', '80'), pod('comes', '81')),
      streaming(''),
    );
    expect((await first(8, await watch())).slice(4)).toEqual([
      'DELETED goes',
      'MODIFIED changes',
      'ADDED comes',
      'SYNCED 90',
    ]);
  });

  it('does not wait for ever on a connection that has died in silence', async () => {
    server.answerInTurn(listing('5'), streaming(''), streaming(line('ADDED', pod('a', '6'))));
    expect(await first(2, await watch({ idleTimeoutSeconds: 1 }))).toEqual(['SYNCED 5', 'ADDED a']);
    expect(watched()).toEqual(['5', '5']);
  });

  it('gets over a server that is busy or away for a while', async () => {
    server.answerInTurn(
      listing('5'),
      ...Array.from({ length: 8 }, () => refusal(503, { message: 'starting' })),
      refusal(403, {
        message: 'pods is forbidden: User "a" cannot watch resource "pods" in API group "" at the cluster scope',
      }),
      streaming(line('ADDED', pod('a', '6'))),
    );
    expect(await first(2, await watch())).toEqual(['SYNCED 5', 'ADDED a']);
  });

  it('reports a refusal of the very first request', async () => {
    server.answer(refusal(403, { message: 'pods is forbidden: User "a" cannot list resource "pods" in API group ""' }));
    await expect(first(1, await watch())).rejects.toMatchObject({ code: 'REQUEST_FORBIDDEN' });
  });

  it('does not ask a server to death that ends every connection at once', async () => {
    const begun = performance.now();
    server.answerInTurn(
      listing('5'),
      ...Array.from({ length: 4 }, () => streaming('', closing)),
      streaming(line('ADDED', pod('a', '6'))),
    );
    expect(await first(2, await watch())).toEqual(['SYNCED 5', 'ADDED a']);
    expect(performance.now() - begun).toBeGreaterThan(50 + 100 + 200 + 400);
  });

  it.each(['while it lists', 'while it follows', 'while it waits'])(
    'ends with the reason of the signal %s',
    async (when) => {
      const abort = new AbortController();
      const reason = new Error('enough');
      if (when === 'while it lists') server.answer(() => undefined);
      if (when === 'while it follows') server.answerInTurn(listing('5'), streaming(''));
      if (when === 'while it waits') server.answerInTurn(listing('5'), refusal(503, {}, { 'retry-after': '9' }));
      setTimeout(() => abort.abort(reason), 200);
      await expect(first(9, await watch({ signal: abort.signal }))).rejects.toBe(reason);
    },
  );

  it('hands the failure of a handler to the caller and closes its connection', async () => {
    const closed = Promise.withResolvers<void>();
    server.answerInTurn(
      listing('5', pod('a', '1')),
      streaming(line('MODIFIED', pod('a', '6')), (response) => response.on('close', () => closed.resolve())),
    );
    const failing = async (): Promise<void> => {
      for await (const event of await watch()) if (event.type === 'MODIFIED') throw new Error('handler failed');
    };
    await expect(failing()).rejects.toThrow('handler failed');
    await closed.promise;
  });

  it('tells objects without their body by their real kind', async () => {
    const partial = { apiVersion: 'meta.k8s.io/v1', kind: 'PartialObjectMetadata', metadata: pod('a', '6').metadata };
    server.answerInTurn(listing('5'), streaming(line('ADDED', partial)));
    for await (const event of await watch({ metadataOnly: true })) {
      if (event.type === 'SYNCED') continue;
      expect(event.object).toMatchObject({ apiVersion: 'v1', kind: 'Pod' });
      break;
    }
    expect(server.seen[1]?.headers.accept).toContain('as=PartialObjectMetadata;');
  });

  it('leaves room for requests however many watches run', async () => {
    server.answer((request, response) =>
      (request.query.has('watch') ? streaming('') : listing('5', pod('a', '1')))(request, response),
    );
    client = await connect({ kubeconfig: await scratch.kubeconfig({ server: server.url }), environment: {} });
    const abort = new AbortController();
    const following = Array.from({ length: 40 }, async () => {
      for await (const event of client?.watch(PODS, { signal: abort.signal }) ?? [])
        if (event.type === 'SYNCED') continue;
    });
    await expect.poll(() => watched().length).toBe(40);
    expect((await client.list(PODS)).items).toHaveLength(1);
    abort.abort();
    expect((await Promise.allSettled(following)).map(({ status }) => status)).not.toContain('fulfilled');
  });
});
