import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CapturedRun, kubectlOn, runCaptured, useControlPlane, useScratch } from '@naru/testkit';
import { Ajv2020 } from 'ajv/dist/2020.js';
import stringWidth from 'string-width';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Io } from './io.ts';

const controlPlane = useControlPlane('controllers');
const scratch = useScratch();
const SECRETS = ['planted-before', 'planted-after'];

/** A platform of things that are ready as soon as they are stored. */
async function platform(name: string, mode: string, secret: string): Promise<string> {
  const folder = join(scratch.directory, name);
  const head = (kind: string, title: string): string =>
    `apiVersion: naru.dev/v1alpha1\nkind: ${kind}\nmetadata: { name: ${title} }\n`;
  await mkdir(join(folder, 'sites'), { recursive: true });
  await writeFile(
    join(folder, 'platform.yaml'),
    `${head('Platform', name)}spec:\n  version: 1.2.3\n  components:\n    store: { manifests: [store.yaml] }\n    web: { manifests: [web.yaml], after: [store] }\n`,
  );
  await writeFile(join(folder, 'sites', 'here.yaml'), `${head('Site', 'here')}spec: {}\n`);
  await writeFile(
    join(folder, 'store.yaml'),
    `apiVersion: v1\nkind: Secret\nmetadata: { name: store }\nstringData: { password: ${secret} }\n`,
  );
  await writeFile(
    join(folder, 'web.yaml'),
    `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: web }\ndata:\n  level: "${mode.length}"\n  web.conf: |\n    mode = ${mode}\n    colour = green\n`,
  );
  return folder;
}

function run(words: readonly string[], world: Partial<Io> = {}): Promise<CapturedRun> {
  return runCaptured([...words, '--kubeconfig', controlPlane().kubeconfigPath], world);
}

async function faults(name: string, data: unknown): Promise<unknown> {
  const schema: unknown = JSON.parse(await readFile(`docs/reference/output/${name}.schema.json`, 'utf8'));
  const validate = new Ajv2020({ allErrors: true }).compile(schema as object);
  return validate(data) ? [] : validate.errors;
}

function leaks(...runs: readonly CapturedRun[]): readonly string[] {
  const text = runs.map(({ stdout, stderr }) => stdout + stderr).join('');
  return SECRETS.filter((secret) => text.includes(secret) || text.includes(Buffer.from(secret).toString('base64')));
}

describe('a delivered platform', () => {
  let folder = '';
  let applied: CapturedRun;
  beforeAll(async () => {
    folder = await platform('river', 'quick', 'planted-before');
    applied = await run(['apply', folder, '-o', 'json']);
  });

  it('was told as events of the published form', async () => {
    const events = applied.stdout
      .split('\n')
      .slice(0, -1)
      .map((line): unknown => JSON.parse(line));

    expect(applied).toMatchObject({ exitCode: 0, stderr: '' });
    for (const event of events) expect(await faults('event', event)).toEqual([]);
    expect(events.at(0)).toMatchObject({ type: 'delivery-started', steps: 3 });
    expect(events.at(-1)).toMatchObject({ type: 'delivery-finished', outcome: 'done' });
    expect(leaks(applied)).toEqual([]);
  });

  it.each(['en', 'ko'])('has nothing more to do, in %s', async (language) => {
    const { exitCode, stdout, stderr } = await run(['plan', folder, '--exit-code', '--lang', language]);

    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    await expect(stdout).toMatchFileSnapshot(`../testdata/delivered/idle.${language}.txt`);
  });

  it.each(['en', 'ko'])('shows a change field by field, and no secret, in %s', async (language) => {
    await platform('river', 'slow', 'planted-after');
    const [text, json] = await Promise.all([
      run(['plan', folder, '--exit-code', '--lang', language]),
      run(['plan', folder, '-o', 'json', '--lang', language]),
    ]);
    await platform('river', 'quick', 'planted-before');

    expect([text.exitCode, json.exitCode]).toEqual([10, 0]);
    expect(await faults('plan', JSON.parse(json.stdout))).toEqual([]);
    expect(leaks(text, json)).toEqual([]);
    await expect(text.stdout).toMatchFileSnapshot(`../testdata/delivered/change.${language}.txt`);
  });

  it.each(['en', 'ko'])('is healthy, in %s', async (language) => {
    const [text, json] = await Promise.all([
      run(['status', '--lang', language]),
      run(['status', 'river', '-o', 'json', '--lang', language]),
    ]);

    expect([text.exitCode, json.exitCode]).toEqual([0, 0]);
    expect(await faults('status', JSON.parse(json.stdout))).toEqual([]);
    expect(JSON.parse(json.stdout)).toMatchObject({ platform: 'river', version: '1.2.3', healthy: true });
    await expect(text.stdout).toMatchFileSnapshot(`../testdata/delivered/healthy.${language}.txt`);
  });

  it.each(['en', 'ko'])('is not healthy when an object is gone, in %s', async (language) => {
    const kubectl = await kubectlOn(controlPlane());
    await kubectl(['-n', 'river', 'delete', 'configmap/web', '--ignore-not-found']);

    const [text, json] = await Promise.all([
      run(['status', 'river', '--lang', language]),
      run(['status', 'river', '-o', 'json']),
    ]);

    expect([text.exitCode, json.exitCode]).toEqual([3, 3]);
    expect(await faults('status', JSON.parse(json.stdout))).toEqual([]);
    await expect(text.stdout).toMatchFileSnapshot(`../testdata/delivered/unhealthy.${language}.txt`);
  });

  it('is made whole under the eyes of a person, in a picture that fits the terminal', async () => {
    const { exitCode, stdout, stderr } = await run(['apply', folder, '--lang', 'ko'], {
      isTerminal: true,
      columns: 40,
    });

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^river 을\(를\) here 에 전달했고 준비되었습니다 \(.*\)\.\n$/);
    const lines = stderr.replaceAll(/\p{Cc}\[(?:\d+A|J)/gu, '').split('\n');
    expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThan(40);
    expect(lines).toContainEqual(expect.stringMatching(/^web {11}완료/));
  });

  it.each([
    ['without a terminal to ask on', undefined],
    ['without its name', () => Promise.resolve('revir')],
    ['without an answer', () => Promise.resolve('')],
  ])('is not deleted %s', async (_, ask) => {
    const english = await run(['delete', 'river'], { ask });
    const korean = await run(['delete', 'river', '--lang', 'ko'], { ask });

    expect(english).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining('USAGE_INVALID') });
    expect(korean).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringMatching(/USAGE_INVALID {2}.*[가-힣]/),
    });
    expect(await run(['status', 'river'])).toMatchObject({ exitCode: 0 });
  });

  it('is deleted when its name is typed, after everything that goes was shown', async () => {
    const asked: string[] = [];
    const ask = (question: string): Promise<string> => {
      asked.push(question);
      return Promise.resolve(' river ');
    };

    const { exitCode, stdout, stderr } = await run(['delete', 'river'], { ask });

    expect({ exitCode, stdout, asked }).toEqual({
      exitCode: 0,
      stdout: expect.stringMatching(/^river is deleted\.\n/),
      asked: ['Type the name of the platform to delete it (river): '],
    });
    // How long a namespace takes to go differs from run to run.
    const shown = stderr.replaceAll(/^.*: being deleted\n/gm, '');
    await expect(shown).toMatchFileSnapshot('../testdata/delivered/deleted.en.txt');
  });

  it.each(['en', 'ko'])('is unknown afterwards, in %s', async (language) => {
    const runs = await Promise.all([
      run(['status', 'river', '--lang', language]),
      run(['delete', 'river', '--yes', '--lang', language]),
    ]);

    for (const { exitCode, stdout, stderr } of runs) {
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
      expect(stderr).toMatch(
        language === 'ko' ? /^PLATFORM_UNKNOWN {2}.*[가-힣]/ : /^PLATFORM_UNKNOWN {2}this cluster/,
      );
    }
  });
});
