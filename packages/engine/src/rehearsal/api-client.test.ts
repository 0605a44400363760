import { createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { eventually } from '@naru/testkit';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { connectApi, type ApiClient } from './api-client.ts';
import { issueCertificate } from './certificate.ts';

const now = new Date();
const authority = issueCertificate({ commonName: 'authority', usage: 'authority', now });
const issuer = { commonName: 'authority', key: authority.key };
const own = issueCertificate({ commonName: 'server', usage: 'server', names: ['127.0.0.1'], issuer, now });

let server: Server;
let client: ApiClient;
let requests: string[];
let answer: (request: IncomingMessage, response: ServerResponse) => void;
const credentials = { directory: '', authority: authority.certificate, token: 'secret' };

beforeEach(async () => {
  requests = [];
  answer = (_request, response) => void response.end('{}');
  server = createServer({ cert: own.certificate, key: own.key }, (request, response) => {
    requests.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  client = connectApi(address(), credentials);
});
afterEach(async () => {
  await client.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function address(): string {
  const bound = server.address();
  return `https://127.0.0.1:${typeof bound === 'object' && bound !== null ? bound.port : 0}`;
}

const status = (code: number) => (_request: IncomingMessage, response: ServerResponse) =>
  void response.writeHead(code).end('{"kind":"Status"}');

it('reads objects and plain words, with its token', async () => {
  answer = (request, response) => void response.end(request.url === '/readyz' ? 'ok' : '{"items":[1]}');
  expect(await client.find('/readyz')).toBe('ok');
  expect(await client.find('/api/v1/nodes')).toEqual({ items: [1] });
  expect(requests).toEqual(['GET /readyz Bearer secret', 'GET /api/v1/nodes Bearer secret']);
});

it.each([403, 404, 500])('finds nothing behind a %i', async (code) => {
  answer = status(code);
  expect(await client.find('/api/v1/nodes')).toBeUndefined();
});

it('finds nothing where nobody listens, and with a server that it must not trust', async () => {
  const nobody = connectApi('https://127.0.0.1:1', credentials);
  expect(await nobody.find('/readyz')).toBeUndefined();
  const stranger = issueCertificate({ commonName: 'authority', usage: 'authority', now });
  const careful = connectApi(address(), { ...credentials, authority: stranger.certificate });
  expect(await careful.find('/readyz')).toBeUndefined();
  expect(requests).toEqual([]);
  await Promise.all([nobody.close(), careful.close()]);
});

it('is content with what exists already and with what is gone already', async () => {
  answer = status(409);
  await client.create('/api/v1/nodes', { kind: 'Node' });
  answer = status(404);
  await client.remove('/api/v1/nodes/a');
  expect(requests.map((line) => line.split(' ')[0])).toEqual(['POST', 'DELETE']);
});

it('fails with the answer of a server that refuses', async () => {
  answer = status(422);
  await expect(client.create('/api/v1/nodes', {})).rejects.toThrow('answered 422: {"kind":"Status"}');
  await expect(client.remove('/api/v1/nodes/a')).rejects.toThrow('DELETE /api/v1/nodes/a');
});

it('watches again when a watch ends, until it is told to stop', async () => {
  answer = (_request, response) => void response.end('{"type":"ADDED"}\n');
  const end = new AbortController();
  let changes = 0;
  const watching = client.watch('/api/v1/pods', () => (changes += 1), end.signal);
  await eventually('it has watched twice', async () => requests.length >= 2);
  expect(requests[0]).toBe('GET /api/v1/pods?watch=true Bearer secret');
  end.abort();
  await watching;
  expect(changes).toBeGreaterThanOrEqual(2);
});
