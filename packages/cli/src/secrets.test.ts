import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isRecord } from '@naru/core';
import { DISPLAY_SEED, loadSources, prepare, type PrepareOptions } from '@naru/engine';
import { runCaptured, useScratch } from '@naru/testkit';
import { beforeAll, describe, expect, it } from 'vitest';

const scratch = useScratch();
const VARIABLES = { SMTP_PASSWORD: 'planted-in-a-variable' };
const FILE = '{"planted":"in-a-file"}';

let folder = '';
/** Everything that nobody may see: what was planted, and what Naru makes, in both spellings. */
let hidden: readonly string[] = [];

beforeAll(async () => {
  folder = join(scratch.directory, 'vault');
  const head = (kind: string, name: string): string =>
    `apiVersion: naru.dev/v1alpha1\nkind: ${kind}\nmetadata: { name: ${name} }\n`;
  await mkdir(join(folder, 'sites'), { recursive: true });
  await writeFile(
    join(folder, 'platform.yaml'),
    `${head('Platform', 'vault')}spec:
  secrets:
    session-key: { generate: { length: 48 } }
    smtp: { fromEnv: SMTP_PASSWORD }
    login: { fromFile: login.json, key: .dockerconfigjson, type: kubernetes.io/dockerconfigjson }
    authority: { generate: { authority: {} } }
    tls: { generate: { certificate: { authority: authority, hosts: [web] } } }
  components:
    web:
      manifests: [web.yaml]
      secrets: [session-key, smtp, authority, tls]
      values: { mail: "\${{ secrets.smtp.name }}", key: "\${{ secrets['session-key'].key }}" }
`,
  );
  await writeFile(
    join(folder, 'sites', 'here.yaml'),
    `${head('Site', 'here')}spec: { registry: { pullSecrets: [login] } }\n`,
  );
  await writeFile(join(folder, 'login.json'), FILE);
  await writeFile(
    join(folder, 'web.yaml'),
    'apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec: { containers: [{ name: web, image: web:1 }] }\n',
  );
  const options: PrepareOptions = {
    folder,
    catalogFolder: 'catalog',
    site: 'here',
    overrides: new Map(),
    variables: VARIABLES,
  };
  const sources = await loadSources(options);
  const kept = [DISPLAY_SEED, { ...DISPLAY_SEED, isForShow: false }];
  const prepared = await Promise.all(kept.map((seed) => prepare(sources, options, seed)));
  const manifests = prepared
    .flatMap(({ revision }) => revision.components.flatMap(({ objects }) => objects))
    .map(({ manifest }) => manifest);
  const data = manifests.flatMap(({ kind, data: entries }) =>
    kind === 'Secret' && isRecord(entries) ? Object.values(entries).map(String) : [],
  );
  // What stands for a given text is a word that occurs elsewhere.
  const texts = data
    .map((encoded) => Buffer.from(encoded, 'base64').toString('utf8'))
    .filter((text) => text !== 'shown');
  hidden = [...new Set([...Object.values(VARIABLES), FILE, ...data, ...texts])];
});

describe('secrets of a platform', () => {
  it('are there to be hidden: given ones, generated ones, keys and certificates', () => {
    expect(hidden).toEqual(expect.arrayContaining([VARIABLES.SMTP_PASSWORD, FILE]));
    expect(hidden.some((text) => text.includes('PRIVATE KEY'))).toBe(true);
    expect(hidden.some((text) => /^[A-Za-z0-9]{48}$/.test(text))).toBe(true);
  });

  it.each([
    ['check', '-o', 'json'],
    ['check', '--lang', 'ko'],
    ['compose'],
    ['compose', '-o', 'json'],
    ['explain', 'web'],
    ['explain', 'web', '-o', 'json'],
    ['render'],
    ['render', '-o', 'json'],
    ['images'],
    ['graph', '-o', 'svg'],
    ['plan', '--offline'],
    ['plan', '--offline', '-o', 'json'],
  ])('are in nothing that is printed: naru %s %s %s', async (command, ...rest) => {
    const { exitCode, stdout, stderr } = await runCaptured([command, folder, ...rest], { environment: VARIABLES });

    expect({ exitCode, printed: stdout !== '' }).toEqual({ exitCode: 0, printed: true });
    expect(hidden.filter((text) => `${stdout}${stderr}`.includes(text))).toEqual([]);
  });

  it('are in no file that is written', async () => {
    const tree = join(scratch.directory, 'rendered');
    await runCaptured(['render', folder, '--out', tree], { environment: VARIABLES });

    const files = await readdir(tree);
    const texts = await Promise.all(files.map((file) => readFile(join(tree, file), 'utf8')));
    expect(texts.join('')).toContain('web-session-key');
    expect(hidden.filter((text) => texts.join('').includes(text))).toEqual([]);
  });

  it('may be missing where a platform is only looked at, and give the same bytes everywhere', async () => {
    const words = ['plan', folder, '--offline', '-o', 'json'];

    expect(await runCaptured(words, { environment: {} })).toEqual(await runCaptured(words, { environment: VARIABLES }));
  });
});
