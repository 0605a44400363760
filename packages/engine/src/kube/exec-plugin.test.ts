import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { useScratch } from '@naru/testkit';
import { describe, expect, it } from 'vitest';
import { execCredential } from './exec-plugin.ts';
import { ANONYMOUS, type ExecEntry } from './kubeconfig-file.ts';
import type { Credential } from './identity.ts';

const scratch = useScratch();
const V1 = 'client.authentication.k8s.io/v1';
const PATH = '/usr/bin:/bin';

function plugin(command: string, exec: Partial<ExecEntry> = {}, interactive = false): Credential {
  const cluster = {
    server: 'https://s',
    serverName: 'api',
    authority: { data: Buffer.from('CA') },
    insecure: false,
    proxyUrl: undefined,
    compressed: true,
  };
  return execCredential(
    {},
    {
      exec: {
        apiVersion: V1,
        command,
        args: [],
        env: {},
        installHint: '',
        provideClusterInfo: false,
        interactiveMode: 'IfAvailable',
        ...exec,
      },
      target: { context: 'c', namespace: 'default', cluster, user: ANONYMOUS },
      environment: { PATH, INHERITED: 'yes' },
      interactive,
    },
  );
}

/** A plugin that counts its runs and prints `status`; `$n` in it is the number of the run. */
async function script(
  name: string,
  status: string,
  before = '',
): Promise<{ command: string; readonly runs: () => Promise<number> }> {
  const log = join(scratch.directory, `${name}.log`);
  const command = await scratch.write(
    name,
    `#!/bin/sh\necho run >>${log}\nn=$(wc -l <${log} | tr -d ' ')\n${before}\ncat <<OUT\n{"apiVersion":"${V1}","kind":"ExecCredential","status":${status}}\nOUT\n`,
    0o700,
  );
  return { command, runs: async () => (await readFile(log, 'utf8')).split('\n').length - 1 };
}

describe('execCredential', () => {
  it('runs the program once for all who wait, and keeps what does not expire', async () => {
    const { command, runs } = await script('keeps', '{"token":"t$n"}', 'sleep 0.2');
    const credential = plugin(command);
    const identities = await Promise.all([1, 2, 3].map(() => credential.current(undefined)));
    expect(identities.map(({ token }) => token)).toEqual(['t1', 't1', 't1']);
    expect((await credential.current(undefined)).token).toBe('t1');
    expect(await runs()).toBe(1);
  });

  it('runs it again when the token has expired', async () => {
    const { command } = await script('expires', '{"token":"t$n","expirationTimestamp":"2020-01-01T00:00:00Z"}');
    const credential = plugin(command);
    expect((await credential.current(undefined)).token).toBe('t1');
    expect((await credential.current(undefined)).token).toBe('t2');
  });

  it('runs it again once for a refused identity, however many were refused with it', async () => {
    const { command, runs } = await script('refused', '{"token":"t$n"}');
    const credential = plugin(command);
    const first = await credential.current(undefined);
    expect(credential.renew(first)).toBe(true);
    const second = await credential.current(undefined);
    expect(credential.renew(first)).toBe(true);
    expect(await credential.current(undefined)).toBe(second);
    expect(await runs()).toBe(2);
  });

  it('gives certificates', async () => {
    const { command } = await script('certificate', '{"clientCertificateData":"C","clientKeyData":"K"}');
    expect(await plugin(command).current(undefined)).toMatchObject({ certificate: 'C', key: 'K', token: undefined });
  });

  it('tells the program about the cluster and lends it the environment', async () => {
    const dump = `printf '%s|%s|%s' "$INHERITED" "$OWN" "$KUBERNETES_EXEC_INFO" >${join(scratch.directory, 'info')}`;
    const { command } = await script('informed', '{"token":"t"}', dump);
    await plugin(command, { provideClusterInfo: true, env: { OWN: 'own' } }).current(undefined);
    const [inherited, own, info = ''] = (await readFile(join(scratch.directory, 'info'), 'utf8')).split('|');
    expect([inherited, own]).toEqual(['yes', 'own']);
    expect(JSON.parse(info)).toEqual({
      apiVersion: V1,
      kind: 'ExecCredential',
      spec: {
        interactive: false,
        cluster: { server: 'https://s', 'tls-server-name': 'api', 'certificate-authority-data': 'Q0E=' },
      },
    });
  });

  it.each([
    ['no JSON', 'echo secret-token', 'it does not print JSON'],
    ['another kind', 'echo "{}"', `it does not print an ExecCredential of ${V1}`],
    [
      'another version',
      `echo '{"apiVersion":"v9","kind":"ExecCredential","status":{"token":"t"}}'`,
      `it does not print an ExecCredential of ${V1}`,
    ],
    [
      'nothing useful',
      `echo '{"apiVersion":"${V1}","kind":"ExecCredential"}'`,
      'it prints neither a token nor a certificate',
    ],
    [
      'a certificate alone',
      `echo '{"apiVersion":"${V1}","kind":"ExecCredential","status":{"clientCertificateData":"C"}}'`,
      'a certificate needs its key',
    ],
    ['a failure', 'printf "login \\033[31mfirst\\n" >&2; exit 7', 'login first'],
    ['a silent failure', 'exit 7', 'exit code 7'],
    ['its own death', 'kill -9 $$', 'ended by SIGKILL'],
  ])('reports %s', async (_, text, reason) => {
    const command = await scratch.write('broken', `#!/bin/sh\n${text}\n`, 0o700);
    await expect(plugin(command).current(undefined)).rejects.toMatchObject({
      code: 'CREDENTIAL_PLUGIN_FAILED',
      details: { command, reason },
    });
  });

  it('gives the hint of the kubeconfig when the program is missing', async () => {
    const failed = plugin('no-such-plugin-here', { installHint: 'Install it from the shop.' }).current(undefined);
    await expect(failed).rejects.toMatchObject({ details: { reason: 'there is no such program' } });
    await expect(failed).rejects.toSatisfy((error) => error.remedyIn('en') === 'Install it from the shop.');
  });

  it('refuses a program that must ask somebody when nobody is there', async () => {
    const { command } = await script('asks', '{"token":"t"}');
    await expect(plugin(command, { interactiveMode: 'Always' }).current(undefined)).rejects.toMatchObject({
      details: { reason: 'it wants to ask a person, and none is there' },
    });
    expect((await plugin(command, { interactiveMode: 'Always' }, true).current(undefined)).token).toBe('t');
  });

  it('lets one waiter leave without the others', async () => {
    const { command } = await script('slow', '{"token":"t"}', 'sleep 0.3');
    const credential = plugin(command);
    const abort = new AbortController();
    const leaving = credential.current(abort.signal);
    const staying = credential.current(undefined);
    abort.abort(new Error('enough'));
    await expect(leaving).rejects.toThrow('enough');
    expect((await staying).token).toBe('t');
  });

  it('tries again after a failure', async () => {
    const { command } = await script('flaky', '{"token":"t$n"}', '[ "$n" = 2 ] || exit 1');
    const credential = plugin(command);
    await expect(credential.current(undefined)).rejects.toMatchObject({ code: 'CREDENTIAL_PLUGIN_FAILED' });
    expect((await credential.current(undefined)).token).toBe('t2');
  });
});
