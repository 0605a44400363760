import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCaptured, useScratch } from '@naru/testkit';
import { beforeAll, describe, expect, it } from 'vitest';

const scratch = useScratch();
/** Anything that a terminal obeys but a line end, and marks that turn the direction of writing. */
const STEERS = /(?!\n)\p{Cc}|[\p{Bidi_Control}\u2028\u2029]/u;
const EVIL = String.raw`\e[2J\x9b31m\u202Ewrong`;

let folder = '';
beforeAll(async () => {
  folder = join(scratch.directory, 'typed');
  const head = (kind: string, name: string): string =>
    `apiVersion: naru.dev/v1alpha1\nkind: ${kind}\nmetadata: { name: ${name} }\n`;
  await mkdir(join(folder, 'sites'), { recursive: true });
  await writeFile(
    join(folder, 'platform.yaml'),
    `${head('Platform', 'typed')}spec:
  version: "1${EVIL}\\nfake: line"
  components:
    web:
      manifests: [web.yaml]
      values: { auth: { password: planted-in-values, users: [{ token: planted-in-a-list }] }, "key${EVIL}": "a${EVIL}" }
      needs: { db: { capability: "sql${EVIL}", external: { password: planted-outside } } }
`,
  );
  await writeFile(join(folder, 'sites', 'dev.yaml'), `${head('Site', 'dev')}spec: {}\n`);
  await writeFile(
    join(folder, 'web.yaml'),
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: web }\ndata: { a: b }\n',
  );
});

describe.each([
  ['compose'],
  ['compose', '-o', 'json'],
  ['explain', 'web'],
  ['explain', 'web', '-o', 'json'],
  ['graph'],
  ['graph', '-o', 'mermaid'],
  ['graph', '-o', 'svg'],
  ['graph', '-o', 'json'],
])('naru %s %s %s %s', (command, ...rest) => {
  it.each(['en', 'ko'])('shows neither typed secrets nor what a terminal obeys, in %s', async (language) => {
    const { exitCode, stdout, stderr } = await runCaptured([command, folder, ...rest, '--lang', language]);

    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain('web');
    expect(stdout).not.toContain('planted');
    expect(stdout).not.toMatch(STEERS);
    expect(stdout).not.toMatch(/^fake: line/m);
  });
});

it('says that a typed secret is there', async () => {
  const { stdout } = await runCaptured(['explain', folder, 'web.values.auth.password']);

  expect(stdout).toMatch(/^web\.values\.auth\.password = "\(hidden\)"\n/);
});
