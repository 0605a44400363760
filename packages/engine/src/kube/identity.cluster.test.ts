import { createPrivateKey, sign } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { connect as dial, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { env } from 'node:process';
import { useControlPlane, useScratch } from '@naru/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { issueCertificate } from '../rehearsal/certificate.ts';
import type { KubeClient } from './client.ts';
import { connect } from './connect.ts';
import type { ResourceType } from './kube-object.ts';

const controlPlane = useControlPlane('api');
const scratch = useScratch();
const open: KubeClient[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((client) => client.close()));
});

const PODS: ResourceType = { group: '', version: 'v1', kind: 'Pod', plural: 'pods', namespaced: true, verbs: [] };
const CLUSTER_ROLE = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole' };

function pki(name: string): Promise<string> {
  return readFile(join(controlPlane().directory, 'pki', name), 'utf8');
}

async function clientAs(
  user: Record<string, unknown>,
  cluster: Record<string, unknown> = {},
  environment = env,
): Promise<KubeClient> {
  const authority = { 'certificate-authority-data': Buffer.from(await pki('ca.crt')).toString('base64') };
  const kubeconfig = await scratch.kubeconfig({
    server: controlPlane().server,
    user,
    cluster: { ...authority, ...cluster },
  });
  const client = await connect({ kubeconfig, environment });
  open.push(client);
  return client;
}

async function admin(): Promise<KubeClient> {
  const client = await connect({ kubeconfig: controlPlane().kubeconfigPath, environment: env });
  open.push(client);
  return client;
}

/** A token of the service account `default/name` as the server itself would issue it, for any span of time. */
async function accountToken(name: string, expiresAtSeconds: number): Promise<string> {
  const accounts = await admin();
  const account = await accounts.apply(
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace: 'default' } },
    { fieldManager: 'test' },
  );
  const key = createPrivateKey(await pki('service-accounts.key'));
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = {
    iss: 'https://kubernetes.default.svc',
    aud: ['https://kubernetes.default.svc'],
    sub: `system:serviceaccount:default:${name}`,
    iat: expiresAtSeconds - 3600,
    nbf: expiresAtSeconds - 3600,
    exp: expiresAtSeconds,
    'kubernetes.io': { namespace: 'default', serviceaccount: { name, uid: account.metadata.uid } },
  };
  const signed = `${encode({ alg: 'ES256', typ: 'JWT' })}.${encode(claims)}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

const nowSeconds = (): number => Math.floor(Date.now() / 1000);

async function clientCertificate(organization?: string) {
  const issuer = { commonName: 'naru-rehearsal', key: await pki('ca.key') };
  const { certificate, key } = issueCertificate({
    commonName: 'jane',
    usage: 'client',
    issuer,
    now: new Date(),
    ...(organization === undefined ? {} : { organization }),
  });
  return { certificate, key };
}

describe('client certificates', () => {
  it('show who asks, from data and from files', async () => {
    const { certificate, key } = await clientCertificate('system:masters');
    const encoded = (text: string): string => Buffer.from(text).toString('base64');
    const byData = await clientAs({ 'client-certificate-data': encoded(certificate), 'client-key-data': encoded(key) });
    expect((await byData.list(PODS)).items).toEqual([]);
    await scratch.write('jane.crt', certificate);
    await scratch.write('jane.key', key);
    const byFile = await clientAs({ 'client-certificate': 'jane.crt', 'client-key': 'jane.key' });
    expect((await byFile.list(PODS)).items).toEqual([]);
  });

  it('of a user without rights are forbidden by name', async () => {
    const { certificate, key } = await clientCertificate();
    await scratch.write('jane.crt', certificate);
    await scratch.write('jane.key', key);
    const jane = await clientAs({ 'client-certificate': 'jane.crt', 'client-key': 'jane.key' });
    await expect(jane.list(PODS, { namespace: 'shop' })).rejects.toMatchObject({
      code: 'REQUEST_FORBIDDEN',
      details: { user: 'jane', verb: 'list', resource: 'pods', namespace: 'shop' },
    });
    const write = jane.apply({ ...CLUSTER_ROLE, metadata: { name: 'a' } }, { fieldManager: 'naru' });
    await expect(write).rejects.toMatchObject({
      details: { verb: 'patch', resource: 'clusterroles.rbac.authorization.k8s.io' },
    });
  });

  it('of another authority are refused', async () => {
    const stranger = issueCertificate({ commonName: 'stranger', usage: 'authority', now: new Date() });
    await scratch.write('stranger.crt', stranger.certificate);
    await scratch.write('stranger.key', stranger.key);
    const client = await clientAs({ 'client-certificate': 'stranger.crt', 'client-key': 'stranger.key' });
    await expect(client.list(PODS)).rejects.toMatchObject({ code: 'CREDENTIAL_REFUSED' });
  });
});

describe('the certificate of the server', () => {
  it('is checked against the authority of the kubeconfig', async () => {
    const other = issueCertificate({ commonName: 'other', usage: 'authority', now: new Date() }).certificate;
    const client = await clientAs({}, { 'certificate-authority-data': Buffer.from(other).toString('base64') });
    await expect(client.version()).rejects.toMatchObject({ code: 'CLUSTER_UNTRUSTED', retry: 'never' });
    const unknown = await clientAs({}, { 'certificate-authority-data': undefined });
    await expect(unknown.version()).rejects.toMatchObject({ code: 'CLUSTER_UNTRUSTED' });
  });

  it('is checked for the name that the kubeconfig gives', async () => {
    const wrong = await clientAs({}, { 'tls-server-name': 'elsewhere' });
    await expect(wrong.version()).rejects.toMatchObject({ code: 'CLUSTER_UNTRUSTED' });
    const right = await clientAs({}, { 'tls-server-name': 'kubernetes' });
    expect((await right.version()).gitVersion).toContain('v1.');
  });

  it('is not checked when the kubeconfig says so', async () => {
    const careless = await clientAs({}, { 'certificate-authority-data': undefined, 'insecure-skip-tls-verify': true });
    expect((await careless.version()).gitVersion).toContain('v1.');
  });
});

describe('tokens', () => {
  it('that have expired are reported with the moment', async () => {
    const expired = nowSeconds() - 60;
    const client = await clientAs({ token: await accountToken('late', expired) });
    await expect(client.list(PODS)).rejects.toMatchObject({
      code: 'TOKEN_EXPIRED',
      details: { expiredAt: new Date(expired * 1000).toISOString() },
    });
  });

  it('that mean nothing are refused', async () => {
    await expect((await clientAs({ token: 'invented' })).list(PODS)).rejects.toMatchObject({
      code: 'CREDENTIAL_REFUSED',
    });
  });

  it('that a file replaces are taken from it before anybody notices', async () => {
    const tokenFile = await scratch.write('token', await accountToken('rotated', nowSeconds() - 60));
    const client = await clientAs({ tokenFile });
    await scratch.write('token', await accountToken('rotated', nowSeconds() + 600));
    await expect(client.list(PODS)).rejects.toMatchObject({
      code: 'REQUEST_FORBIDDEN',
      details: { user: 'system:serviceaccount:default:rotated' },
    });
  });

  it('of a plugin are renewed when the server refuses them', async () => {
    const [expired, valid] = await Promise.all([
      accountToken('plugin', nowSeconds() - 60),
      accountToken('plugin', nowSeconds() + 600),
    ]);
    const flag = join(scratch.directory, 'ran');
    const issued = (token: string): string =>
      JSON.stringify({ apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status: { token } });
    const text = `#!/bin/sh\nif [ -f ${flag} ]; then echo '${issued(valid)}'; else touch ${flag}; echo '${issued(expired)}'; fi\n`;
    await scratch.write('plugin', text, 0o700);
    const client = await clientAs({ exec: { command: './plugin' } });
    await expect(client.list(PODS)).rejects.toMatchObject({
      code: 'REQUEST_FORBIDDEN',
      details: { user: 'system:serviceaccount:default:plugin' },
    });
  });
});

describe('plugins', () => {
  it('may give a client certificate, and another one later', async () => {
    const [master, plain] = await Promise.all([clientCertificate('system:masters'), clientCertificate()]);
    const flag = join(scratch.directory, 'certified');
    const issued = ({ certificate, key }: { certificate: string; key: string }): string =>
      JSON.stringify({
        apiVersion: 'client.authentication.k8s.io/v1',
        kind: 'ExecCredential',
        // It expires at once, so that every request asks the plugin.
        status: { clientCertificateData: certificate, clientKeyData: key, expirationTimestamp: '2020-01-01T00:00:00Z' },
      });
    await scratch.write('master.json', issued(master));
    await scratch.write('plain.json', issued(plain));
    const text = `#!/bin/sh\ncd ${scratch.directory}\nif [ -f ${flag} ]; then cat plain.json; else touch ${flag}; cat master.json; fi\n`;
    await scratch.write('certify', text, 0o700);
    const client = await clientAs({ exec: { command: './certify' } });
    expect((await client.list(PODS)).items).toEqual([]);
    await expect(client.list(PODS)).rejects.toMatchObject({ code: 'REQUEST_FORBIDDEN', details: { user: 'jane' } });
  });
});

describe('impersonation', () => {
  it('asks as someone else', async () => {
    const { certificate, key } = await clientCertificate('system:masters');
    await scratch.write('jane.crt', certificate);
    await scratch.write('jane.key', key);
    const client = await clientAs({ 'client-certificate': 'jane.crt', 'client-key': 'jane.key', as: 'bob' });
    await expect(client.list(PODS)).rejects.toMatchObject({ code: 'REQUEST_FORBIDDEN', details: { user: 'bob' } });
  });
});

describe('proxies', () => {
  it.each(['kubeconfig', 'environment'])('named by the %s carry the connection', async (where) => {
    const { proxy, tunnels } = await startProxy();
    const cluster = where === 'kubeconfig' ? { 'proxy-url': proxy } : {};
    const environment = where === 'kubeconfig' ? {} : { HTTPS_PROXY: proxy };
    const server =
      where === 'kubeconfig' ? controlPlane().server : `https://api.test:${new URL(controlPlane().server).port}`;
    const kubeconfig = await scratch.kubeconfig({
      server,
      cluster: {
        ...cluster,
        'certificate-authority-data': Buffer.from(await pki('ca.crt')).toString('base64'),
        'tls-server-name': 'kubernetes',
      },
    });
    const client = await connect({ kubeconfig, environment });
    open.push(client);
    expect((await client.version()).gitVersion).toContain('v1.');
    expect(tunnels).toEqual([new URL(server).host]);
  });

  it('that refuse are named in the reason', async () => {
    const { proxy } = await startProxy('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    const client = await clientAs({}, { 'proxy-url': proxy.replace('//', '//me:secret@') });
    await expect(client.version()).rejects.toMatchObject({
      code: 'CLUSTER_UNREACHABLE',
      details: { reason: expect.stringMatching(/407.* \(through the proxy 127\.0\.0\.1:\d+\)$/u) },
    });
  });
});

/** A proxy that tunnels everything to the API server, whatever name it is asked for. */
async function startProxy(refusal?: string): Promise<{ proxy: string; tunnels: string[] }> {
  const tunnels: string[] = [];
  const target = Number(new URL(controlPlane().server).port);
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (head) => {
      tunnels.push(/^CONNECT (\S+)/u.exec(head.toString())?.[1] ?? '');
      if (refusal !== undefined) {
        socket.end(refusal);
        return;
      }
      const upstream = dial(target, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        socket.pipe(upstream).pipe(socket);
      });
      upstream.on('error', () => socket.destroy());
      socket.on('close', () => upstream.destroy());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return { proxy: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, tunnels };
}
