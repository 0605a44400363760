import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { useScratch } from '@naru/testkit';
import { describe, expect, it } from 'vitest';
import { inClusterTarget } from './in-cluster.ts';
import { parseKubeconfig } from './kubeconfig-file.ts';
import { findTarget } from './kubeconfig.ts';

const scratch = useScratch();

const HOME = `
apiVersion: v1
kind: Config
current-context: home
contexts:
- {name: home, context: {cluster: home, user: me, namespace: shop}}
- {name: guest, context: {cluster: home, user: ""}}
- {name: no-cluster, context: {cluster: nowhere, user: me}}
- {name: no-user, context: {cluster: home, user: nobody}}
clusters:
- {name: home, cluster: {server: "https://home:6443/", certificate-authority: ca.crt, tls-server-name: api}}
users:
- {name: me, user: {token: t0ken}}
preferences: {}
`;

describe('findTarget', () => {
  it('takes the current context of the named file', async () => {
    const kubeconfig = await scratch.write('home.yaml', HOME);
    const target = await findTarget({ kubeconfig, environment: { KUBECONFIG: '/ignored' } });
    expect(target).toMatchObject({
      context: 'home',
      namespace: 'shop',
      cluster: {
        server: 'https://home:6443',
        serverName: 'api',
        authority: { file: join(scratch.directory, 'ca.crt') },
      },
      user: { token: 't0ken' },
    });
  });

  it('takes the named context, also one without a user', async () => {
    const kubeconfig = await scratch.write('home.yaml', HOME);
    const target = await findTarget({ kubeconfig, context: 'guest', environment: {} });
    expect(target).toMatchObject({ context: 'guest', namespace: 'default', user: { token: undefined } });
  });

  it('merges the files of KUBECONFIG, believing the first, and skips those that are not there', async () => {
    const home = await scratch.write('home.yaml', HOME);
    const other = await scratch.write(
      'other.yaml',
      `
current-context: other
contexts: [{name: other, context: {cluster: home, user: you}}]
clusters: [{name: home, cluster: {server: "https://elsewhere"}}]
users: [{name: you, user: {token: yours}}, {name: me, user: {token: stolen}}]
`,
    );
    const environment = { KUBECONFIG: [`${home}.gone`, home, other].join(':') };
    expect(await findTarget({ environment })).toMatchObject({ context: 'home', user: { token: 't0ken' } });
    expect(await findTarget({ environment, context: 'other' })).toMatchObject({
      cluster: { server: 'https://home:6443' },
      user: { token: 'yours' },
    });
  });

  it('falls back to the home folder, then tells where it looked', async () => {
    await expect(findTarget({ environment: {}, home: scratch.directory })).rejects.toMatchObject({
      code: 'KUBECONFIG_MISSING',
      details: { looked: [join(scratch.directory, '.kube', 'config')] },
    });
    await expect(findTarget({ environment: {} })).rejects.toMatchObject({ code: 'KUBECONFIG_MISSING' });
  });

  it.each([
    [
      'nix',
      { code: 'CONTEXT_UNKNOWN', details: { context: 'nix', known: ['guest', 'home', 'no-cluster', 'no-user'] } },
    ],
    ['no-cluster', { code: 'CONTEXT_INCOMPLETE', details: { missing: 'cluster nowhere' } }],
    ['no-user', { code: 'CONTEXT_INCOMPLETE', details: { missing: 'user nobody' } }],
  ])('refuses context %s', async (context, expected) => {
    const kubeconfig = await scratch.write('home.yaml', HOME);
    await expect(findTarget({ kubeconfig, context, environment: {} })).rejects.toMatchObject(expected);
  });

  it('refuses a file without a current context when none is named', async () => {
    const kubeconfig = await scratch.write('none.yaml', HOME.replace('current-context: home', ''));
    await expect(findTarget({ kubeconfig, environment: {} })).rejects.toMatchObject({ code: 'CONTEXT_UNSET' });
  });

  it('refuses a named file that is not there, with its place', async () => {
    const kubeconfig = join(scratch.directory, 'gone.yaml');
    await expect(findTarget({ kubeconfig, environment: {} })).rejects.toMatchObject({
      code: 'KUBECONFIG_UNREADABLE',
      details: { file: kubeconfig, reason: 'ENOENT' },
      place: { file: kubeconfig },
    });
    await expect(findTarget({ kubeconfig: scratch.directory, environment: {} })).rejects.toMatchObject({
      details: { reason: 'EISDIR' },
    });
  });

  it('refuses a file that may not be read', async (context) => {
    if (process.getuid?.() === 0) context.skip('root may read everything');
    const secret = await scratch.write('secret.yaml', HOME);
    await chmod(secret, 0);
    await expect(findTarget({ environment: { KUBECONFIG: secret } })).rejects.toMatchObject({
      code: 'KUBECONFIG_UNREADABLE',
      details: { reason: 'EACCES' },
    });
  });
});

describe('parseKubeconfig', () => {
  it.each([
    ['a: b\n\tc: d\n', 2, 1],
    ['clusters:\n- name: a\n  name: a\n', 3, 3],
    ['just words', 1, 1],
    ['', 1, 1],
    ['users:\n  me: {}\n', 2, 3],
    ['users:\n- {user: {}}\n', 2, 3],
    ['clusters:\n- name: a\n  cluster: {}\n', 3, 12],
    ['clusters:\n- name: a\n  cluster:\n    server: not an address\n', 4, 13],
    ['clusters:\n- name: a\n  cluster: {server: "ftp://x"}\n', 3, 21],
    ['clusters:\n- name: a\n  cluster: {server: "https://x", insecure-skip-tls-verify: maybe}\n', 3, 60],
    ['clusters:\n- name: a\n  cluster: {server: "https://x", proxy-url: "proxy"}\n', 3, 45],
    ['users:\n- name: a\n  user:\n    token: 12345\n', 4, 12],
    ['users:\n- name: a\n  user: {client-key-data: "***"}\n', 3, 27],
    ['users:\n- name: a\n  user: {exec: {args: [a]}}\n', 3, 16],
    ['users:\n- name: a\n  user: {exec: {command: x, interactiveMode: Sometimes}}\n', 3, 46],
    ['contexts: 7\n', 1, 11],
  ])('refuses %j at line %i, column %i', (text, line, column) => {
    expect(() => parseKubeconfig('k', text)).toThrow(
      expect.objectContaining({ code: 'KUBECONFIG_MALFORMED', place: { file: 'k', line, column } }),
    );
  });

  it('takes null for nothing, as kubectl writes it for an empty file', () => {
    const text = 'clusters: null\ncontexts: null\nusers: null\ncurrent-context: ""\nkind: Config\n';
    expect(parseKubeconfig('k', text)).toMatchObject({ currentContext: undefined, contexts: new Map() });
  });

  it('reads credentials of every kind, with paths relative to the file', () => {
    const { users } = parseKubeconfig(
      '/etc/kube/config',
      `
users:
- {name: cert, user: {client-certificate: c.crt, client-key: /abs/c.key}}
- {name: data, user: {client-certificate: ignored, client-certificate-data: aGk=, client-key-data: aG8=}}
- {name: file, user: {tokenFile: t}}
- {name: basic, user: {username: u, password: p}}
- {name: plugin, user: {exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: bin/login, args: [a], env: [{name: A, value: b}]}}}
- {name: path, user: {exec: {command: login, interactiveMode: Never, provideClusterInfo: true, installHint: " get it "}}}
- {name: oidc, user: {auth-provider: {name: oidc, config: {id-token: x}}}}
- {name: as, user: {token: t, as: jane, as-uid: "7", as-groups: [dev], as-user-extra: {scopes: [a, b]}}}
- {name: empty, user: null}
`,
    );
    expect(Object.fromEntries(users)).toMatchObject({
      cert: { certificate: { file: '/etc/kube/c.crt' }, key: { file: '/abs/c.key' } },
      data: { certificate: { data: Buffer.from('hi') }, key: { data: Buffer.from('ho') } },
      file: { tokenFile: '/etc/kube/t' },
      basic: { basic: { username: 'u', password: 'p' } },
      plugin: {
        exec: { command: '/etc/kube/bin/login', args: ['a'], env: { A: 'b' }, interactiveMode: 'IfAvailable' },
      },
      path: { exec: { command: 'login', provideClusterInfo: true, installHint: 'get it', interactiveMode: 'Never' } },
      oidc: { provider: { name: 'oidc', config: { 'id-token': 'x' } } },
      as: { impersonation: { user: 'jane', uid: '7', groups: ['dev'], extra: { scopes: ['a', 'b'] } } },
      empty: { token: undefined, exec: undefined },
    });
  });
});

describe('inClusterTarget', () => {
  const environment = { KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '443' };

  it('is the service account of the pod', async () => {
    await scratch.write('namespace', 'shop\n');
    expect(await inClusterTarget(environment, scratch.directory)).toMatchObject({
      context: undefined,
      namespace: 'shop',
      cluster: { server: 'https://[fd00::1]:443', authority: { file: join(scratch.directory, 'ca.crt') } },
      user: { tokenFile: join(scratch.directory, 'token') },
    });
  });

  it('is nothing outside of pods, nor in a pod without a service account', async () => {
    expect(await inClusterTarget({}, scratch.directory)).toBeUndefined();
    expect(await inClusterTarget(environment, join(scratch.directory, 'gone'))).toBeUndefined();
  });
});
