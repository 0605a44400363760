import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { NaruError } from '@naru/core';
import { useLocalServer } from '@naru/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { useFolders } from '../../testing/folder.ts';
import { issueCertificate } from '../rehearsal/certificate.ts';
import { sha256Of } from './chart-cache.ts';
import { readReference } from './chart-reference.ts';
import type { Published } from './depot.ts';
import type { FetchOptions } from './fetch-options.ts';
import { fetchPublished } from './fetch-published.ts';
import { type HttpAnswer, openHttp } from './http.ts';

const now = new Date();
const authority = issueCertificate({ commonName: 'ours', usage: 'authority', now });
const issuer = { commonName: 'ours', key: authority.key };
const names = ['127.0.0.1'];
const ofServer = issueCertificate({ commonName: 'server', usage: 'server', names, issuer, now });
const ofClient = issueCertificate({ commonName: 'client', usage: 'client', issuer, now });
const tls = { cert: ofServer.certificate, key: ofServer.key };

const server = useLocalServer(tls);
const strict = useLocalServer({ ...tls, ca: authority.certificate, requestCert: true, rejectUnauthorized: true });
const write = useFolders();
const folder = write({
  'ca.pem': authority.certificate,
  'client.pem': ofClient.certificate,
  'client.key': ofClient.key,
  'text.pem': 'not a certificate',
});
const file = (name: string): string => join(folder, name);

beforeEach(() => {
  for (const one of [server, strict]) one.answer((_, response) => void response.writeHead(200).end('here'));
});

async function get(url: string, options: Partial<FetchOptions> = {}): Promise<HttpAnswer> {
  const http = await openHttp({ environment: {}, ...options });
  try {
    return await http.send({ url: new URL(url), ours: true, limitBytes: 1000 });
  } finally {
    await http.close();
  }
}

async function failureOf(work: Promise<unknown>): Promise<NaruError> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof NaruError)) throw error ?? new Error('nothing was refused');
  return error;
}

describe('TLS', () => {
  it('is refused from a server that nobody vouches for', async () => {
    expect(await failureOf(get(server.url))).toMatchObject({
      code: 'CHART_SERVER_UNTRUSTED',
      details: { address: `${server.url}/` },
    });
    expect(server.seen).toEqual([]);
  });

  it('is believed when its authority is given, or when anything is', async () => {
    expect((await get(server.url, { caFile: file('ca.pem') })).status).toBe(200);
    expect((await get(server.url, { insecure: true })).status).toBe(200);
  });

  it('shows who we are to the server that is meant, and to no other', async () => {
    const options = { caFile: file('ca.pem'), certFile: file('client.pem'), keyFile: file('client.key') };
    expect((await get(strict.url, options)).status).toBe(200);
    await failureOf(get(strict.url, { caFile: file('ca.pem') }));
    server.answer((_, response) => void response.writeHead(302, { location: strict.url }).end());
    expect(await failureOf(get(server.url, options))).toMatchObject({ code: 'CHART_UNREACHABLE' });
  });

  it('is not left for a connection that everybody can read', async () => {
    server.answer((_, response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end());
    expect(await failureOf(get(server.url, { insecure: true }))).toMatchObject({
      code: 'CHART_ANSWER_INVALID',
      details: { reason: expect.stringContaining('not encrypted') },
    });
  });

  it.each([
    [{ caFile: file('absent.pem') }, 'absent.pem', 'ENOENT'],
    [{ caFile: file('text.pem') }, 'text.pem', 'not a PEM'],
    [{ certFile: file('text.pem'), keyFile: file('client.key') }, 'text.pem', ''],
    [{ certFile: file('client.pem'), keyFile: file('absent.key') }, 'absent.key', 'ENOENT'],
  ])('names a file that it cannot use: %j', async (options, name, reason) => {
    expect(await failureOf(get(server.url, options))).toMatchObject({
      code: 'CHART_SERVER_MATERIAL_UNUSABLE',
      details: { file: expect.stringContaining(name), reason: expect.stringContaining(reason) },
    });
  });
});

describe('an index that was encrypted', () => {
  const open = useLocalServer();
  const archive = gzipSync('what a chart is packed into');

  async function fetchWeb(digest: string): Promise<Published> {
    server.answer((_, response) => {
      const entry = `{ version: 1.0.0, urls: ["${open.url}/web.tgz"]${digest} }`;
      response.writeHead(200).end(`apiVersion: v1\nentries:\n  web:\n  - ${entry}\n`);
    });
    open.answer((_, response) => void response.writeHead(200).end(archive));
    const reference = readReference('web', { repository: server.url });
    if (reference.kind === 'local') throw new Error('a local chart');
    return await fetchPublished(reference, { environment: { NARU_CACHE: write({}) }, caFile: file('ca.pem') });
  }

  it('may send to an archive that is not only when it promises a digest', async () => {
    expect((await fetchWeb(`, digest: ${sha256Of(archive)}`)).digest).toBe(sha256Of(archive));
    expect(open.seen).toHaveLength(1);
    expect(await failureOf(fetchWeb(''))).toMatchObject({
      code: 'CHART_ANSWER_INVALID',
      details: { reason: expect.stringContaining('promises no digest') },
    });
    expect(open.seen).toHaveLength(1);
  });
});

describe('a proxy', () => {
  const passed: string[] = [];
  let proxy: Server;

  beforeAll(async () => {
    proxy = createServer(({ url }, response) => {
      passed.push(url ?? '');
      response.writeHead(200).end('by proxy');
    });
    proxy.on('connect', ({ url }, socket) => {
      passed.push(url ?? '');
      // Every name leads to the server of this test.
      const target = connect(Number(new URL(server.url).port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        target.pipe(socket).pipe(target);
      });
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  });
  beforeEach(() => void (passed.length = 0));
  afterAll(() => void proxy.close());

  const address = (): string => `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;

  it('is gone through where the environment names one', async () => {
    const environment = { HTTPS_PROXY: address() };
    expect((await get('https://charts.example.com/', { environment, insecure: true })).status).toBe(200);
    expect(passed).toEqual(['charts.example.com:443']);
  });

  it('is asked itself for what is not encrypted: few let such connections through', async () => {
    const { body } = await get('http://charts.example.com/index.yaml', { environment: { HTTP_PROXY: address() } });
    expect(Buffer.from(body).toString()).toBe('by proxy');
    expect(passed).toEqual(['http://charts.example.com/index.yaml']);
  });

  it('is left out for what NO_PROXY names, and for this host', async () => {
    const environment = { HTTPS_PROXY: address(), NO_PROXY: '.example.invalid' };
    await failureOf(get('https://charts.example.invalid/', { environment, insecure: true }));
    await get(server.url, { environment, insecure: true });
    expect(passed).toEqual([]);
  });
});
