import { createServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { hangUp, json, refusal, useLocalServer, useScratch, type Answer } from '@naru/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import type { KubeClient } from './client.ts';
import { connect, type ConnectOptions } from './connect.ts';
import type { ResourceType } from './kube-object.ts';

const server = useLocalServer();
const scratch = useScratch();
const open: KubeClient[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((client) => client.close()));
});

const CONFIG_MAPS: ResourceType = {
  group: '',
  version: 'v1',
  kind: 'ConfigMap',
  plural: 'configmaps',
  namespaced: true,
  verbs: ['get'],
};
const OBJECT = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'a', namespace: 'default', resourceVersion: '1' },
};
const A = { name: 'a' };

async function client(user: Record<string, unknown> = {}, options: Partial<ConnectOptions> = {}): Promise<KubeClient> {
  const kubeconfig = await scratch.kubeconfig({ server: server.url, user });
  const connected = await connect({ kubeconfig, environment: { PATH: '/usr/bin:/bin' }, ...options });
  open.push(connected);
  return connected;
}

/** A token whose payload says when it ends; nobody checks its signature here. */
function token(expiresAtSeconds: number): string {
  return `e30.${Buffer.from(JSON.stringify({ exp: expiresAtSeconds })).toString('base64url')}.x`;
}

describe('repetition', () => {
  it.each([
    ['429', refusal(429, { message: 'slow down' })],
    ['500', refusal(500, { message: 'etcd is away' })],
    ['502 of a load balancer', json('bad gateway', 502)],
    ['503', refusal(503)],
    ['a broken connection', hangUp],
    [
      'half an answer',
      ((_, response) => {
        response.writeHead(200, { 'content-length': '1000' }).write('{"kind":');
        setTimeout(() => response.socket?.destroy(), 20);
      }) satisfies Answer,
    ],
  ])('asks again after %s', async (_, fault) => {
    server.answerInTurn(fault, fault, json(OBJECT));
    expect(await (await client()).get(CONFIG_MAPS, A)).toEqual(OBJECT);
    expect(server.seen).toHaveLength(3);
  });

  it('gives up after six attempts and says why', async () => {
    server.answer(refusal(503, { message: 'shutting down' }));
    await expect((await client()).get(CONFIG_MAPS, A)).rejects.toMatchObject({
      code: 'CLUSTER_BUSY',
      details: { reason: 'shutting down', server: server.url },
      retry: 'backoff',
    });
    expect(server.seen).toHaveLength(6);
  });

  it('waits as long as the server asks', async () => {
    server.answerInTurn(refusal(429, {}, { 'retry-after': '1' }), json(OBJECT));
    const begun = performance.now();
    await (await client()).get(CONFIG_MAPS, A);
    expect(performance.now() - begun).toBeGreaterThan(990);
  });

  it('reports a server that asks for more patience than a call may have', async () => {
    server.answer(refusal(429, { message: 'later' }, { 'retry-after': '120' }));
    await expect((await client()).get(CONFIG_MAPS, A)).rejects.toMatchObject({ details: { retryAfterSeconds: 120 } });
    expect(server.seen).toHaveLength(1);
  });

  it.each([
    [400, 'REQUEST_REFUSED'],
    [403, 'ADMISSION_REFUSED'],
    [409, 'OBJECT_CHANGED'],
    [422, 'OBJECT_INVALID'],
  ])('takes %i for an answer', async (code, expected) => {
    server.answer(refusal(code, { reason: 'x', message: 'no' }));
    await expect((await client()).get(CONFIG_MAPS, A)).rejects.toMatchObject({ code: expected });
    expect(server.seen).toHaveLength(1);
  });

  it('never sends twice what may have been done', async () => {
    const patch = { kind: 'json', body: [{ op: 'add', path: '/data/x/-', value: '1' }] } as const;
    const writer = await client();
    for (const fault of [refusal(500), hangUp, refusal(503)]) {
      const before = server.seen.length;
      server.answer(fault);
      await expect(writer.patch(CONFIG_MAPS, A, patch, { fieldManager: 't' })).rejects.toThrow(/./u);
      expect(server.seen.length - before).toBe(1);
    }
    server.answerInTurn(refusal(429), json(OBJECT));
    expect(await writer.patch(CONFIG_MAPS, A, patch, { fieldManager: 't' })).toEqual(OBJECT);
  });
});

describe('patience', () => {
  it('reports a server that accepts a request and says nothing', async () => {
    server.answer(() => undefined);
    await expect((await client({}, { timeoutSeconds: 1 })).get(CONFIG_MAPS, A)).rejects.toMatchObject({
      code: 'CLUSTER_SILENT',
      details: { request: 'get ConfigMap default/a', seconds: 1 },
    });
    expect(server.seen).toHaveLength(1);
  });

  it('reports an answer that stops half-way', async () => {
    server.answer((_, response) => void response.writeHead(200).write('{"kind":'));
    await expect((await client({}, { timeoutSeconds: 1 })).get(CONFIG_MAPS, A)).rejects.toMatchObject({
      code: 'CLUSTER_SILENT',
    });
  });

  it.each(['before the request', 'during the request', 'between two attempts'])(
    'ends %s with the reason of the signal',
    async (when) => {
      const abort = new AbortController();
      const reason = new Error('enough');
      const stop = (): void => abort.abort(reason);
      if (when === 'before the request') stop();
      server.answer((request, response) => {
        if (when === 'between two attempts') void refusal(429, {}, { 'retry-after': '5' })(request, response);
        setTimeout(stop, 50);
      });
      const begun = performance.now();
      await expect((await client()).get(CONFIG_MAPS, A, { signal: abort.signal })).rejects.toBe(reason);
      expect(performance.now() - begun).toBeLessThan(2000);
    },
  );
});

describe('answers', () => {
  it('unpacks what the server packed', async () => {
    server.answer((request, response) => {
      expect(request.headers['accept-encoding']).toBe('gzip');
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(JSON.stringify(OBJECT)));
    });
    expect(await (await client()).get(CONFIG_MAPS, A)).toEqual(OBJECT);
  });

  it.each([
    ['a login page', '<html>Log in</html>', /HTTP 200: <html>Log in/u],
    ['a list', '[]', /HTTP 200/u],
    ['something else', '{"hello":"world"}', /not an object with apiVersion, kind and a name/u],
  ])('does not take %s for an object', async (_, body, message) => {
    server.answer((_, response) => void response.writeHead(200).end(body));
    await expect((await client()).get(CONFIG_MAPS, A)).rejects.toMatchObject({
      code: 'CLUSTER_ANSWER_UNREADABLE',
      message: expect.stringMatching(message),
    });
  });
});

describe('identity', () => {
  it.each([
    [{ token: 't' }, 'Bearer t'],
    [{ username: 'u', password: 'p' }, 'Basic dTpw'],
    [{}, undefined],
  ])('%j shows %s', async (user, header) => {
    server.answer(json(OBJECT));
    await (await client(user)).get(CONFIG_MAPS, A);
    expect(server.seen[0]?.headers.authorization).toBe(header);
  });

  it('speaks for someone else', async () => {
    server.answer(json(OBJECT));
    const user = {
      token: 't',
      as: 'jane',
      'as-uid': '7',
      'as-groups': ['dev', 'ops'],
      'as-user-extra': { 'Scopes/x': ['a'] },
    };
    await (await client(user)).get(CONFIG_MAPS, A);
    expect(server.seen[0]?.headers).toMatchObject({
      'impersonate-user': 'jane',
      'impersonate-uid': '7',
      'impersonate-group': 'dev, ops',
      'impersonate-extra-scopes%2fx': 'a',
    });
  });

  it('reads a token file again when its token is refused', async () => {
    const tokenFile = await scratch.write('token', 'old\n');
    const reader = await client({ tokenFile });
    await scratch.write('token', 'new\n');
    server.answer((request, response) =>
      (request.headers.authorization === 'Bearer new' ? json(OBJECT) : refusal(401, { message: 'Unauthorized' }))(
        request,
        response,
      ),
    );
    expect(await reader.get(CONFIG_MAPS, A)).toEqual(OBJECT);
    expect(server.seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer old', 'Bearer new']);
  });

  it('asks a plugin once more, not for ever', async () => {
    const command = await scratch.write(
      'login',
      `#!/bin/sh\necho '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"t"}}'\n`,
      0o700,
    );
    server.answer(refusal(401, { message: 'Unauthorized' }));
    const asking = (await client({ exec: { command } })).get(CONFIG_MAPS, A);
    await expect(asking).rejects.toMatchObject({ code: 'CREDENTIAL_REFUSED' });
    expect(server.seen).toHaveLength(2);
  });

  it('says that a token has expired when the token says so itself', async () => {
    server.answer(refusal(401, { message: 'Unauthorized' }));
    await expect((await client({ token: token(1_600_000_000) })).get(CONFIG_MAPS, A)).rejects.toMatchObject({
      code: 'TOKEN_EXPIRED',
      details: { expiredAt: '2020-09-13T12:26:40.000Z' },
    });
    await expect((await client({ token: token(4_000_000_000) })).get(CONFIG_MAPS, A)).rejects.toMatchObject({
      code: 'CREDENTIAL_REFUSED',
    });
  });

  it('shows the token of an oidc provider, and refuses providers that are gone', async () => {
    server.answer(json(OBJECT));
    const idToken = token(4_000_000_000);
    await (await client({ 'auth-provider': { name: 'oidc', config: { 'id-token': idToken } } })).get(CONFIG_MAPS, A);
    expect(server.seen[0]?.headers.authorization).toBe(`Bearer ${idToken}`);
    await expect(client({ 'auth-provider': { name: 'gcp' } })).rejects.toMatchObject({
      code: 'CREDENTIAL_PLUGIN_FAILED',
      message: expect.stringContaining('gone since Kubernetes 1.26'),
    });
  });

  it('shows an expired token of an oidc provider that has nothing to renew it with, and says what is wrong', async () => {
    server.answer(refusal(401, { message: 'Unauthorized' }));
    const user = { 'auth-provider': { name: 'oidc', config: { 'id-token': token(1_600_000_000) } } };
    await expect((await client(user)).get(CONFIG_MAPS, A)).rejects.toMatchObject({ code: 'TOKEN_EXPIRED' });
  });

  it.each([
    ['client-certificate', '/nowhere/c.crt', 'ENOENT'],
    ['tokenFile', '/nowhere/token', 'ENOENT'],
  ])('refuses a %s that is not there before any request', async (key, file, reason) => {
    await expect(client({ [key]: file })).rejects.toMatchObject({
      code: 'CREDENTIAL_UNREADABLE',
      details: { file, reason },
    });
  });

  it('refuses keys that are none', async () => {
    const data = Buffer.from('no key').toString('base64');
    const broken = await client({ 'client-certificate-data': data, 'client-key-data': data });
    await expect(broken.get(CONFIG_MAPS, A)).rejects.toMatchObject({ code: 'CREDENTIAL_UNREADABLE' });
  });
});

describe('connections', () => {
  it('reports a server that is not there within a few seconds', async () => {
    const idle = createServer();
    await new Promise<void>((resolve) => idle.listen(0, '127.0.0.1', resolve));
    const address = idle.address();
    await new Promise((resolve) => idle.close(resolve));
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const kubeconfig = await scratch.kubeconfig({ server: `https://127.0.0.1:${port}` });
    const begun = performance.now();
    await expect((await client({}, { kubeconfig })).version()).rejects.toMatchObject({
      code: 'CLUSTER_UNREACHABLE',
      message: `no answer from https://127.0.0.1:${port}: connection refused`,
    });
    expect(performance.now() - begun).toBeLessThan(5000);
  });

  it('reports a name that does not exist at once', async () => {
    const kubeconfig = await scratch.kubeconfig({ server: 'https://no-such-host.invalid' });
    await expect((await client({}, { kubeconfig })).version()).rejects.toMatchObject({ code: 'CLUSTER_UNREACHABLE' });
  });

  it('reports a server that does not speak TLS', async () => {
    const kubeconfig = await scratch.kubeconfig({ server: server.url.replace('http:', 'https:') });
    await expect((await client({}, { kubeconfig })).version()).rejects.toMatchObject({
      code: 'CLUSTER_UNREACHABLE',
      details: { reason: 'it does not speak TLS' },
    });
  });

  it('keeps the path of a server behind a gateway', async () => {
    server.answer(json({ gitVersion: 'v1.36.3' }));
    const kubeconfig = await scratch.kubeconfig({ server: `${server.url}/clusters/c-1/` });
    expect((await (await client({}, { kubeconfig })).version()).gitVersion).toBe('v1.36.3');
    expect(server.seen[0]?.path).toBe('/clusters/c-1/version');
  });

  it('is of no use after its end, and ends what runs', async () => {
    server.answer(() => undefined);
    const closing = await client();
    const running = closing.get(CONFIG_MAPS, A);
    setTimeout(() => void closing.close(), 100);
    await expect(running).rejects.toMatchObject({ code: 'CLUSTER_UNREACHABLE' });
    await expect(closing.get(CONFIG_MAPS, A)).rejects.toMatchObject({ code: 'CLUSTER_UNREACHABLE' });
  });

  it('serves many requests over few connections', async () => {
    const ports = new Set<number | undefined>();
    server.answer((request, response) => {
      ports.add(response.socket?.remotePort);
      setTimeout(() => void json(OBJECT)(request, response), 2);
    });
    const busy = await client();
    await Promise.all(Array.from({ length: 200 }, () => busy.get(CONFIG_MAPS, A)));
    expect(ports.size).toBeGreaterThan(1);
    expect(ports.size).toBeLessThanOrEqual(16);
  });
});
