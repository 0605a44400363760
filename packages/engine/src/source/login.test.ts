import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useFolders } from '../../testing/folder.ts';
import { basic, registryLogin, repositoryLogin } from './login.ts';

const write = useFolders();

function kept(auths: object): string {
  return JSON.stringify({ auths });
}

function auth(text: string): object {
  return { auth: Buffer.from(text).toString('base64') };
}

async function loginAt(
  host: string,
  files: Readonly<Record<string, string>>,
  variables: Readonly<Record<string, string>> = {},
): Promise<string | undefined> {
  const home = write(files);
  const inHome = Object.fromEntries(Object.entries(variables).map(([name, path]) => [name, join(home, path)]));
  const login = await registryLogin(host, { environment: { HOME: home, ...inHome } });
  return (
    login && `${login.username}:${login.password}${login.identityToken === undefined ? '' : ` ${login.identityToken}`}`
  );
}

const HELM = '.config/helm/registry/config.json';
const DOCKER = '.docker/config.json';

describe('registryLogin', () => {
  it('takes what Helm keeps before what Docker keeps', async () => {
    const [ours, theirs] = [kept({ 'ghcr.io': auth('helm:a:b') }), kept({ 'ghcr.io': auth('docker:c') })];
    expect(await loginAt('ghcr.io', { [HELM]: ours, [DOCKER]: theirs })).toBe('helm:a:b');
    expect(await loginAt('ghcr.io', { [DOCKER]: theirs })).toBe('docker:c');
    expect(await loginAt('quay.io', { [HELM]: ours, [DOCKER]: theirs })).toBeUndefined();
    expect(await loginAt('ghcr.io', {})).toBeUndefined();
  });

  it.each([
    ['HELM_REGISTRY_CONFIG', 'own.json', 'own.json'],
    ['HELM_CONFIG_HOME', 'helm', 'helm/registry/config.json'],
    ['XDG_CONFIG_HOME', 'xdg', 'xdg/helm/registry/config.json'],
    ['DOCKER_CONFIG', 'docker', 'docker/config.json'],
  ])('looks where %s says', async (variable, value, file) => {
    expect(await loginAt('ghcr.io', { [file]: kept({ 'ghcr.io': auth('a:b') }) }, { [variable]: value })).toBe('a:b');
  });

  it.each([
    ['ghcr.io', { 'https://ghcr.io': auth('a:b') }, 'a:b'],
    ['localhost:5000', { 'localhost:5000': auth('a:b') }, 'a:b'],
    ['localhost:5000', { localhost: auth('a:b') }, undefined],
    ['docker.io', { 'https://index.docker.io/v1/': auth('a:b') }, 'a:b'],
    ['ghcr.io', { 'ghcr.io': { username: 'a', password: 'b' } }, 'a:b'],
    ['ghcr.io', { 'ghcr.io': { ...auth('a:'), identitytoken: 'token' } }, 'a: token'],
    ['ghcr.io', { 'ghcr.io': {} }, undefined],
    ['ghcr.io', { 'ghcr.io': 'text' }, undefined],
    ['__proto__', {}, undefined],
  ])('finds %s in %j', async (host, auths, expected) => {
    expect(await loginAt(host, { [DOCKER]: kept(auths) })).toBe(expected);
  });

  it('names a file that it cannot read, and nothing of what is in it', async () => {
    await expect(loginAt('ghcr.io', { [DOCKER]: '{"auths": "secret' })).rejects.toMatchObject({
      code: 'CHART_SERVER_MATERIAL_UNUSABLE',
      details: { file: expect.stringContaining('config.json'), reason: 'it is not JSON' },
    });
    expect(await loginAt('ghcr.io', { [DOCKER]: '[]' })).toBeUndefined();
  });

  it('takes the options above all', async () => {
    const home = write({ [DOCKER]: kept({ 'ghcr.io': auth('a:b') }) });
    const login = await registryLogin('ghcr.io', { environment: { HOME: home }, username: '나루', password: 'c' });
    expect(login && basic(login)).toBe(`Basic ${Buffer.from('나루:c').toString('base64')}`);
  });
});

describe('repositoryLogin', () => {
  const known = (fields: string): string => `repositories:\n- name: shop\n${fields}`;
  const entry = known('  url: https://charts.example.com/stable\n  username: reader\n  password: "secret"\n');

  async function knownAt(address: string, content: string): Promise<string | undefined> {
    const home = write({ '.config/helm/repositories.yaml': content });
    const login = await repositoryLogin(new URL(address), { environment: { HOME: home } });
    return login && `${login.username}:${login.password}`;
  }

  it.each([
    ['https://charts.example.com/stable', 'reader:secret'],
    ['https://charts.example.com/stable/', 'reader:secret'],
    ['https://charts.example.com/', undefined],
    ['http://charts.example.com/stable', undefined],
    ['https://other:one@charts.example.com/stable', 'other:one'],
  ])('finds at %s what helm repo add has left', async (address, expected) => {
    expect(await knownAt(address, entry)).toBe(expected);
  });

  it.each(['', '[]', 'repositories: none\n', known('  url: https://charts.example.com/stable\n')])(
    'finds nobody in %j',
    async (content) => {
      expect(await knownAt('https://charts.example.com/stable', content)).toBeUndefined();
    },
  );

  it('names a file that it cannot read, and nothing of what is in it', async () => {
    await expect(knownAt('https://charts.example.com', 'repositories: [secret')).rejects.toMatchObject({
      code: 'CHART_SERVER_MATERIAL_UNUSABLE',
      details: { reason: 'it is not YAML' },
    });
  });
});
