import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CapturedRun, kubectlOn, runCaptured, useControlPlane, useScratch } from '@naru/testkit';
import { beforeAll, describe, expect, it } from 'vitest';

const controlPlane = useControlPlane('api');
const scratch = useScratch();
const PLANTED = ['planted-before', 'planted-after'] as const;

let folder = '';
beforeAll(async () => {
  folder = join(scratch.directory, 'safe');
  const head = (kind: string, name: string): string =>
    `apiVersion: naru.dev/v1alpha1\nkind: ${kind}\nmetadata: { name: ${name} }\n`;
  await mkdir(join(folder, 'sites'), { recursive: true });
  await writeFile(
    join(folder, 'platform.yaml'),
    `${head('Platform', 'safe')}spec:\n  secrets:\n    session-key: { generate: { length: 48 } }\n    smtp: { fromEnv: SMTP_PASSWORD }\n  components:\n    web: { manifests: [web.yaml], secrets: [session-key, smtp] }\n`,
  );
  await writeFile(join(folder, 'sites', 'here.yaml'), `${head('Site', 'here')}spec: {}\n`);
  await writeFile(
    join(folder, 'web.yaml'),
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: web }\ndata: { a: b }\n',
  );
});

function run(words: readonly string[], password?: string): Promise<CapturedRun> {
  const environment = password === undefined ? {} : { SMTP_PASSWORD: password };
  return runCaptured([...words, '--kubeconfig', controlPlane().kubeconfigPath], { environment });
}

async function stored(secret: string): Promise<string> {
  const kubectl = await kubectlOn(controlPlane());
  const data = await kubectl(['-n', 'safe', 'get', `secret/${secret}`, '-o', 'jsonpath={.data.value}']);
  return Buffer.from(data, 'base64').toString('utf8');
}

function leaks(...runs: readonly CapturedRun[]): readonly string[] {
  const text = runs.map(({ stdout, stderr }) => stdout + stderr).join('');
  return PLANTED.filter((secret) => text.includes(secret) || text.includes(Buffer.from(secret).toString('base64')));
}

describe('secrets of a delivered platform', () => {
  it('are asked for before anything is written', async () => {
    const refused = await run(['apply', folder]);

    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain('SECRET_UNSET');
    const kubectl = await kubectlOn(controlPlane());
    expect(await kubectl(['get', 'namespace/safe', '--ignore-not-found'])).toBe('');
  });

  it('arrive, stay what they are, and are shown by nothing', async () => {
    const applied = await run(['apply', folder, '-o', 'json'], PLANTED[0]);
    expect(applied.exitCode, applied.stderr).toBe(0);
    const generated = await stored('web-session-key');
    expect(await stored('web-smtp')).toBe(PLANTED[0]);
    expect(generated).toMatch(/^[A-Za-z0-9]{48}$/);

    const idle = await run(['plan', folder, '--exit-code'], PLANTED[0]);
    expect(idle.exitCode, idle.stdout).toBe(0);

    const changed = await run(['plan', folder, '--exit-code'], PLANTED[1]);
    const changedJson = await run(['plan', folder, '-o', 'json'], PLANTED[1]);
    const again = await run(['apply', folder], PLANTED[1]);
    expect([changed.exitCode, changedJson.exitCode, again.exitCode]).toEqual([10, 0, 0]);
    expect(changed.stdout).toContain('Secret/safe/web-smtp');
    expect(await stored('web-smtp')).toBe(PLANTED[1]);
    expect(await stored('web-session-key')).toBe(generated);

    const status = await run(['status', 'safe', '-o', 'json']);
    expect(leaks(applied, idle, changed, changedJson, again, status)).toEqual([]);
    expect([applied, changed, changedJson, again].filter(({ stdout }) => stdout.includes(generated))).toEqual([]);
  });
});
