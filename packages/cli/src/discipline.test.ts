import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type CapturedRun, runCaptured, useScratch } from '@naru/testkit';
import { beforeAll, describe, expect, it } from 'vitest';

const HELLO = ['examples/hello', '--site', 'dev'];
/** What commands that need no cluster print, in every form. */
const OFFLINE: readonly (readonly string[])[] = [
  ['check'],
  ['check', '-o', 'json'],
  ['render'],
  ['render', '-o', 'json'],
  ['images'],
  ['images', '-o', 'json'],
  ['plan', '--offline'],
  ['plan', '--offline', '-o', 'json'],
];
/** Anything that a terminal obeys but a line end, and marks that turn the direction of writing. */
const STEERS = /(?!\n)\p{Cc}|[\p{Bidi_Control}\u2028\u2029]/u;

const scratch = useScratch();

async function platform(name: string, files: Readonly<Record<string, string>>): Promise<string> {
  const folder = join(scratch.directory, name);
  const head = (kind: string, title: string): string =>
    `apiVersion: naru.dev/v1alpha1\nkind: ${kind}\nmetadata: { name: ${title} }\n`;
  const whole = { 'sites/dev.yaml': `${head('Site', 'dev')}spec: {}\n`, ...files };
  for (const [path, text] of Object.entries(whole)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), path === 'platform.yaml' ? `${head('Platform', name)}${text}` : text);
  }
  return folder;
}

async function everything(folder: string): Promise<readonly (CapturedRun & { readonly command: string })[]> {
  const runs = OFFLINE.flatMap((words) => ['en', 'ko'].map((lang) => [...words, folder, '--lang', lang]));
  return await Promise.all(
    runs.map(async (words) => ({ ...(await runCaptured(words)), command: words.slice(0, 4).join(' ') })),
  );
}

describe('both streams', () => {
  it.each(OFFLINE)('carry data and talk apart: naru %s', async (...words) => {
    const { exitCode, stdout, stderr } = await runCaptured([...words, ...HELLO]);

    expect(exitCode).toBe(0);
    expect(stdout).not.toBe('');
    expect(stderr).toBe(words[0] === 'plan' ? 'Compared with an empty cluster; no cluster was asked.\n' : '');
    expect(stdout + stderr).not.toMatch(STEERS);
    if (words.at(-1) === 'json') expect(JSON.parse(stdout)).toBeTypeOf('object');
  });

  it('have colours on a terminal alone, and never in data', async () => {
    const colourful = { isTerminal: true, hasColor: true };
    const [text, json, failure, plainText] = await Promise.all([
      runCaptured(['plan', '--offline', ...HELLO], colourful),
      runCaptured(['plan', '--offline', '-o', 'json', ...HELLO], colourful),
      runCaptured(['plan', '--offline', 'none'], colourful),
      runCaptured(['plan', '--offline', ...HELLO], { isTerminal: true }),
    ]);

    expect(text.stdout).toContain('\u001B[32m');
    expect(failure.stderr).toContain('\u001B[31mFOLDER_MISSING\u001B[39m');
    expect(json.stdout).not.toMatch(STEERS);
    expect(plainText.stdout).not.toMatch(STEERS);
  });
});

describe('secrets', () => {
  const planted = ['planted-in-values', 'planted-in-manifest', 'planted-in-site', 'planted-on-line'];
  let folder = '';
  beforeAll(async () => {
    folder = await platform('secretive', {
      'platform.yaml': [
        'spec:',
        '  components:',
        '    web: { chart: ./web, values: { password: planted-in-values } }',
        '    store: { manifests: [store.yaml] }',
        '',
      ].join('\n'),
      'sites/dev.yaml': [
        'apiVersion: naru.dev/v1alpha1',
        'kind: Site',
        'metadata: { name: dev }',
        'spec: { components: { web: { values: { token: planted-in-site } } } }',
        '',
      ].join('\n'),
      'store.yaml': `apiVersion: v1\nkind: Secret\nmetadata: { name: store }\nstringData: { password: planted-in-manifest }\n`,
      'web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
      'web/templates/secret.yaml': [
        'apiVersion: v1',
        'kind: Secret',
        'metadata: { name: web }',
        'data: { password: {{ .Values.password | b64enc }} }',
        'stringData: { token: {{ .Values.token }}, line: {{ .Values.line | default "none" }} }',
        '',
      ].join('\n'),
    });
  });

  function leaks(text: string): readonly string[] {
    return planted.filter((secret) => text.includes(secret) || text.includes(Buffer.from(secret).toString('base64')));
  }

  it('never show in what any command prints', async () => {
    const runs = await everything(folder);

    expect(runs.filter(({ exitCode }) => exitCode !== 0)).toEqual([]);
    expect(runs.filter(({ stdout, stderr }) => leaks(stdout + stderr).length > 0)).toEqual([]);
    expect(runs.filter(({ stdout }) => stdout.includes('(hidden)')).length).toBe(4);
  });

  it('never show in a rendered tree, also when they come from the command line', async () => {
    for (const form of ['yaml', 'json']) {
      const out = join(scratch.directory, `tree-${form}`);
      const run = await runCaptured(['render', folder, '--out', out, '-o', form, '--set', 'web.line=planted-on-line']);
      const files = await readdir(out);
      const texts = await Promise.all(files.map((file) => readFile(join(out, file), 'utf8')));

      expect(run).toMatchObject({ exitCode: 0, stdout: '' });
      expect(run.stderr).toMatch(/3 files written to .*\.\n$/);
      expect(run.stderr).toContain('SECRET_CLEARTEXT');
      expect(leaks(run.stderr)).toEqual([]);
      expect(files.toSorted()).toEqual([`namespaces.${form}`, `store.${form}`, `web.${form}`]);
      expect(leaks(texts.join(''))).toEqual([]);
    }
  });

  it('never show when their values are refused', async () => {
    const folder = await platform('refused', {
      'platform.yaml':
        'spec: { components: { own: { component: ./own, settings: { password: planted-in-values } } } }\n',
      'own/component.yaml': [
        'apiVersion: naru.dev/v1alpha1',
        'kind: Component',
        'metadata: { name: own }',
        'spec:',
        '  title: { en: Own, ko: 우리 것 }',
        '  version: 1.0.0',
        '  license: MIT',
        '  manifests: [none.yaml]',
        '  settings: { password: { schema: { type: string, minLength: 40 }, to: [password] } }',
        '',
      ].join('\n'),
      'own/none.yaml': '',
    });
    const runs = await everything(folder);

    expect(runs.filter(({ exitCode }) => exitCode !== 2)).toEqual([]);
    expect(runs.filter(({ stdout, stderr }) => leaks(stdout + stderr).length > 0)).toEqual([]);
  });
});

describe('foreign text', () => {
  const evil = String.raw`\e[2J\e]0;title\a\x9b31m\u202Ewrong\u200F\r`;

  it('of manifests, charts and versions cannot steer the terminal', async () => {
    const folder = await platform('hostile', {
      'platform.yaml': [
        'spec:',
        `  version: "1${evil}\\nfake: line"`,
        '  components:',
        '    store: { manifests: [store.yaml] }',
        '    web: { chart: ./web }',
        '',
      ].join('\n'),
      'store.yaml': [
        'apiVersion: v1',
        'kind: ConfigMap',
        `metadata: { name: "store${evil}", annotations: { "a${evil}": "b${evil}" } }`,
        `data: { "key${evil}": "value${evil}" }`,
        '---',
        'apiVersion: apps/v1',
        'kind: Deployment',
        'metadata: { name: web }',
        `spec: { selector: { matchLabels: { a: b } }, template: { metadata: { labels: { a: b } }, spec: { containers: [{ name: web, image: "nginx${evil}" }] } } }`,
        '',
      ].join('\n'),
      'web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
      'web/templates/a\u001B[2Jb.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: web }\ndata: { a: "${evil}" }\n`,
    });
    const runs = await everything(folder);

    expect(runs.filter(({ exitCode }) => exitCode !== 0)).toEqual([]);
    expect(runs.filter(({ stdout, stderr }) => STEERS.test(stdout + stderr)).map(({ command }) => command)).toEqual([]);
    expect(runs.filter(({ stdout }) => /^fake: line/m.test(stdout))).toEqual([]);
  });

  it('of a refused chart cannot either', async () => {
    const folder = await platform('refusing', {
      'platform.yaml': 'spec: { components: { web: { chart: ./web } } }\n',
      'web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
      'web/templates/a\u001B[2Jb.yaml': `{{ fail "stop\u009B31m\u202E" }}\n`,
    });
    const runs = await everything(folder);

    expect(runs.filter(({ exitCode }) => exitCode !== 2)).toEqual([]);
    expect(runs.filter(({ stdout, stderr }) => STEERS.test(stdout + stderr)).map(({ command }) => command)).toEqual([]);
  });
});
