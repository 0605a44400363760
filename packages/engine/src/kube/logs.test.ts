import { refusal, useLocalServer, useScratch } from '@naru/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import type { KubeClient, LogOptions } from './client.ts';
import { connect } from './connect.ts';

const server = useLocalServer();
const scratch = useScratch();
let client: KubeClient | undefined;
afterEach(() => client?.close());

async function logs(options: LogOptions = {}): Promise<AsyncIterable<string>> {
  const kubeconfig = await scratch.kubeconfig({ server: server.url, namespace: 'shop' });
  client = await connect({ kubeconfig, environment: {} });
  return client.logs({ name: 'web-0' }, options);
}

describe('logs', () => {
  it('reads the lines of a container', async () => {
    server.answer((_, response) => void response.end('one\n\u001B[31mtwo\u001B[0m\n셋'));
    const lines = await logs({ container: 'app', tailLines: 3, previous: true });
    expect(await Array.fromAsync(lines)).toEqual(['one', '\u001B[31mtwo\u001B[0m', '셋']);
    expect(server.seen[0]?.path).toBe('/api/v1/namespaces/shop/pods/web-0/log');
    expect(Object.fromEntries(server.seen[0]?.query ?? [])).toEqual({
      container: 'app',
      tailLines: '3',
      previous: 'true',
    });
  });

  it('follows until it has seen enough', async () => {
    const closed = Promise.withResolvers<void>();
    server.answer((_, response) => {
      response.on('close', () => closed.resolve());
      response.write('listening\n');
    });
    for await (const text of await logs({ follow: true })) {
      expect(text).toBe('listening');
      break;
    }
    await closed.promise;
    expect(server.seen[0]?.query.get('follow')).toBe('true');
  });

  it('ends with the reason of the signal', async () => {
    const abort = new AbortController();
    server.answer((_, response) => void response.write('one\n'));
    const reading = Array.fromAsync(await logs({ follow: true, signal: abort.signal }));
    setTimeout(() => abort.abort(new Error('enough')), 100);
    await expect(reading).rejects.toThrow('enough');
  });

  it('reports a log that breaks off', async () => {
    server.answer((_, response) => {
      response.write('one\n');
      setTimeout(() => response.socket?.destroy(), 20);
    });
    await expect(Array.fromAsync(await logs())).rejects.toMatchObject({ code: 'CLUSTER_UNREACHABLE' });
  });

  it.each([
    [404, { reason: 'NotFound', message: 'x', details: { name: 'web-0', kind: 'pods' } }, 'pods web-0 does not exist'],
    [
      400,
      { reason: 'BadRequest', message: 'container "app" in pod "web-0" is waiting to start: ErrImagePull' },
      'the API server refuses read the log of Pod shop/web-0: container "app" in pod "web-0" is waiting to start: ErrImagePull',
    ],
  ])('%i is reported', async (code, status, message) => {
    server.answer(refusal(code, status));
    await expect(Array.fromAsync(await logs())).rejects.toMatchObject({ message });
  });
});
