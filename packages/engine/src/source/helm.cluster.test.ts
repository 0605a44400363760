import { execFile } from 'node:child_process';
import { sign, X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { NaruError } from '@naru/core';
import { filesIn, locateTool, REGISTRY_SERVICE, REGISTRY_USER, useLocalServer, useRegistry } from '@naru/testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { useFolders } from '../../testing/folder.ts';
import { issueCertificate } from '../rehearsal/certificate.ts';
import { readReference } from './chart-reference.ts';
import type { Published } from './depot.ts';
import type { FetchOptions } from './fetch-options.ts';
import { fetchPublished } from './fetch-published.ts';

/** What Helm publishes is fetched by Helm and by us: the bytes must be the same. */
const write = useFolders();
const VERSIONS = ['1.0.0', '1.1.0+build.7', '1.2.0-rc.1', '2.0.0'];
const LOGIN = ['--username', REGISTRY_USER.username, '--password', REGISTRY_USER.password];
const now = new Date();
const authority = issueCertificate({ commonName: 'ours', usage: 'authority', now });
const issuer = { commonName: 'ours', key: authority.key };
const tls = issueCertificate({ commonName: 'registry', usage: 'server', names: ['127.0.0.1'], issuer, now });
const files = write({ 'ca.pem': authority.certificate });
const caFile = join(files, 'ca.pem');

let folder = '';
let helmProgram = '';

beforeAll(async () => {
  helmProgram = await locateTool('helm');
  folder = write({});
  for (const version of VERSIONS) {
    const chart = write({
      'web/Chart.yaml': `apiVersion: v2\nname: web\nversion: ${version}\n`,
      'web/templates/a.yaml': `kind: ConfigMap\nversion: "${version}"\n`,
    });
    await helm('package', join(chart, 'web'), '-d', folder);
  }
  writeFileSync(join(folder, 'web-1.0.0.tgz.prov'), '-----BEGIN PGP SIGNED MESSAGE-----\n');
});

async function helm(...words: readonly string[]): Promise<string> {
  const home = write({});
  const environment = {
    ...process.env,
    HOME: home,
    HELM_CONFIG_HOME: home,
    HELM_CACHE_HOME: home,
    HELM_DATA_HOME: home,
  };
  const { stdout, stderr } = await promisify(execFile)(helmProgram, [...words], { env: environment });
  return stdout + stderr;
}

/** The one archive that `helm pull` writes. */
async function pulled(...words: readonly string[]): Promise<{ readonly name: string; readonly archive: Buffer }> {
  const into = write({});
  await helm('pull', ...words, '-d', into);
  const [name = ''] = readdirSync(into);
  return { name, archive: readFileSync(join(into, name)) };
}

interface Wanted extends Partial<FetchOptions> {
  readonly repository?: string;
  readonly version?: string;
}

async function fetched(written: string, { repository, version = '', ...options }: Wanted = {}): Promise<Published> {
  const reference = readReference(written, { repository, version });
  if (reference.kind === 'local') throw new Error('a local chart');
  const cache = write({});
  return await fetchPublished(reference, { environment: { NARU_CACHE: cache, HOME: cache }, ...options });
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error instanceof NaruError ? error.code : String(error);
}

describe('a repository that Helm wrote', () => {
  const server = useLocalServer();

  beforeAll(async () => {
    await helm('repo', 'index', folder);
  });

  it.each(['', '^1', '1.1.0', '1.1.0+build.7', '>=1.0.0-0', '~1.0', '2', '1.2.0-rc.1'])(
    'gives what helm pull --version=%s gives',
    async (version) => {
      server.answer(filesIn(folder));
      const { name, archive } = await pulled('web', '--repo', server.url, '--version', version);
      const chart = await fetched('web', { repository: server.url, version });
      expect(archive.equals(chart.archive)).toBe(true);
      expect(chart).toMatchObject({ name: name.replace(/\.tgz$/, ''), address: `${server.url}/${name}` });
    },
  );

  it.each(['^9', '>2', '1.5.0'])('has nothing for %s, as for Helm', async (version) => {
    server.answer(filesIn(folder));
    await expect(pulled('web', '--repo', server.url, '--version', version)).rejects.toThrow('not found');
    expect(await codeOf(fetched('web', { repository: server.url, version }))).toBe('CHART_VERSION_UNMATCHED');
  });
});

describe('a registry that everybody may read', () => {
  const registry = useRegistry();

  beforeAll(async () => {
    for (const name of readdirSync(folder).filter((one) => one.endsWith('.tgz'))) {
      await helm('push', join(folder, name), `oci://${registry()}/shop`, '--plain-http');
    }
  });

  it.each(['', '^1', '1.1.0+build.7', '>=1.0.0-0', '~1.0', '1.2.0-rc.1', '2.0.0'])(
    'gives what helm pull --version=%s gives',
    async (version) => {
      const address = `oci://${registry()}/shop/web`;
      const { name, archive } = await pulled(address, '--version', version, '--plain-http');
      const chart = await fetched(address, { version, plainHttp: true });
      expect(archive.equals(chart.archive)).toBe(true);
      expect(`${chart.name}.tgz`).toBe(name);
    },
  );

  it('is pinned by the digest that Helm tells', async () => {
    const address = `oci://${registry()}/shop/web`;
    const { digest, archive } = await fetched(`${address}:1.1.0+build.7`, { plainHttp: true });
    const into = write({});
    expect(await helm('pull', address, '--version', '1.1.0+build.7', '--plain-http', '-d', into)).toContain(
      `Digest: ${digest}`,
    );
    expect((await fetched(`${address}@${digest}`, { plainHttp: true })).archive).toEqual(archive);
  });

  it('keeps the signature that was pushed with a chart', async () => {
    const { provenance } = await fetched(`oci://${registry()}/shop/web:1.0.0`, { plainHttp: true });
    expect(provenance).toEqual(readFileSync(join(folder, 'web-1.0.0.tgz.prov')));
  });

  it('has nothing under another name or version', async () => {
    expect(await codeOf(fetched(`oci://${registry()}/shop/wet`, { plainHttp: true }))).toBe('CHART_ABSENT');
    expect(await codeOf(fetched(`oci://${registry()}/shop/web:7.0.0`, { plainHttp: true }))).toBe('CHART_ABSENT');
  });
});

describe('a registry with passwords and a certificate of its own', () => {
  const registry = useRegistry({ wants: 'password', tls });
  const address = (): string => `oci://${registry()}/shop/web`;

  beforeAll(async () => {
    await helm('push', join(folder, 'web-2.0.0.tgz'), `oci://${registry()}/shop`, ...LOGIN, '--ca-file', caFile);
  });

  it('gives what Helm is given', async () => {
    const { archive } = await pulled(address(), ...LOGIN, '--ca-file', caFile);
    expect(archive.equals((await fetched(address(), { ...REGISTRY_USER, caFile })).archive)).toBe(true);
  });

  it('is asked as the user that Helm logged in', async () => {
    const home = write({});
    const config = join(home, 'registry.json');
    await helm('registry', 'login', registry(), ...LOGIN, '--ca-file', caFile, '--registry-config', config);
    const environment = { NARU_CACHE: home, HOME: home, HELM_REGISTRY_CONFIG: config };
    expect((await fetched(address(), { environment, caFile })).archive.length).toBeGreaterThan(100);
  });

  it('refuses strangers, wrong passwords and clients that do not know its authority', async () => {
    expect(await codeOf(fetched(address(), { caFile }))).toBe('REGISTRY_DENIED');
    expect(await codeOf(fetched(address(), { ...REGISTRY_USER, password: 'wrong', caFile }))).toBe('REGISTRY_DENIED');
    expect(await codeOf(fetched(address(), REGISTRY_USER))).toBe('CHART_SERVER_UNTRUSTED');
    expect(await codeOf(fetched(address(), { ...REGISTRY_USER, plainHttp: true }))).toBe('CHART_UNREACHABLE');
  });
});

describe('a registry with tokens', () => {
  const tokens = useLocalServer();
  const signer = issueCertificate({ commonName: 'tokens', usage: 'authority', now });
  const registry = useRegistry({ wants: { realm: () => `${tokens.url}/token`, certificate: signer.certificate } });

  /** What registries accept: a signed statement of who may do what, with the certificate of who signed it. */
  function tokenFor(scopes: readonly string[]): string {
    const access = scopes.map((scope) => {
      const [type, name, actions = ''] = scope.split(':');
      return { type, name, actions: actions.split(',') };
    });
    const seconds = Math.floor(Date.now() / 1000);
    const claims = {
      iss: REGISTRY_SERVICE,
      aud: REGISTRY_SERVICE,
      sub: 'reader',
      jti: '1',
      nbf: seconds - 60,
      exp: seconds + 600,
    };
    const certificate = new X509Certificate(signer.certificate).raw.toString('base64');
    const parts = [
      { typ: 'JWT', alg: 'ES256', x5c: [certificate] },
      { ...claims, iat: seconds, access },
    ];
    const text = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
    const signature = sign('sha256', Buffer.from(text), { key: signer.key, dsaEncoding: 'ieee-p1363' });
    return `${text}.${signature.toString('base64url')}`;
  }

  function serveTokens(): void {
    const expected = Buffer.from(`${REGISTRY_USER.username}:${REGISTRY_USER.password}`).toString('base64');
    tokens.answer(({ headers, query }, response) => {
      if (headers.authorization !== `Basic ${expected}`) response.writeHead(401).end();
      else response.writeHead(200).end(JSON.stringify({ token: tokenFor(query.getAll('scope')) }));
    });
  }

  it('gives what Helm is given', async () => {
    serveTokens();
    const address = `oci://${registry()}/shop/web`;
    await helm('push', join(folder, 'web-2.0.0.tgz'), `oci://${registry()}/shop`, ...LOGIN, '--plain-http');
    const { archive } = await pulled(address, ...LOGIN, '--plain-http');
    const before = tokens.seen.length;
    expect(archive.equals((await fetched(address, { ...REGISTRY_USER, plainHttp: true })).archive)).toBe(true);
    expect(tokens.seen).toHaveLength(before + 1);
  });

  it('refuses strangers', async () => {
    serveTokens();
    expect(await codeOf(fetched(`oci://${registry()}/shop/web`, { plainHttp: true }))).toBe('REGISTRY_DENIED');
  });
});
