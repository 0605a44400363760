import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type CapturedRun, runCaptured, useScratch } from '@naru/testkit';
import { beforeEach, describe, expect, it } from 'vitest';

const scratch = useScratch();
const file = (...path: readonly string[]): string => join(scratch.directory, ...path);

const FILES: Readonly<Record<string, string>> = {
  'web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
  'web/values.yaml': 'a: default\n',
  'web/values.schema.json': '{"properties": {"size": {"type": "integer", "maximum": 3}}}',
  'web/crds/crd.yaml': 'kind: CustomResourceDefinition\n',
  'web/templates/a.yaml': 'release: {{ .Release.Name }}\nvalues: {{ .Values | toJson }}\n---\nsecond: true\n',
  'web/templates/test.yaml': 'kind: Pod\nmetadata: {annotations: {helm.sh/hook: test}}\n',
};

beforeEach(async () => {
  rmSync(file('web'), { recursive: true, force: true });
  for (const folder of ['web/crds', 'web/templates']) mkdirSync(file(folder), { recursive: true });
  for (const [path, text] of Object.entries(FILES)) await scratch.write(path, text);
});

async function template(...words: readonly string[]): Promise<CapturedRun> {
  return await runCaptured(['chart', 'template', ...words]);
}

/** What the chart sees as its values, besides its default. */
async function valuesWith(...words: readonly string[]): Promise<unknown> {
  const { stdout, stderr } = await template(file('web'), ...words);
  const json = /values: (.*)/.exec(stdout)?.[1];
  if (json === undefined) throw new Error(stderr);
  return JSON.parse(json);
}

describe('values of `naru chart template`', () => {
  it('lays files below JSON, JSON below --set, then --set-string, --set-file and --set-literal, as Helm does', async () => {
    await scratch.write('v.yaml', 'a: file\n');
    await scratch.write('t.txt', 'text of a file');
    const flags = [
      ['--set-literal', 'a=lit,x={1}'],
      ['--set-file', `a=${file('t.txt')}`],
      ['--set-string', 'a=1'],
      ['--set', 'a=2'],
      ['--set-json', 'a=[3]'],
      ['-f', file('v.yaml')],
    ];
    const seen = [];
    for (let left = 0; left <= flags.length; left++) seen.push(await valuesWith(...flags.slice(left).flat()));

    expect(seen).toEqual(['lit,x={1}', 'text of a file', '1', 2, [3], 'file', 'default'].map((a) => ({ a })));
  });

  it('reads several files between commas, and several documents in one', async () => {
    await scratch.write('one.yaml', 'b: 1\n---\nb: 2\nc: {d: 1}\n');
    await scratch.write('two.yaml', 'c: {e: 2}\n');

    expect(await valuesWith('-f', `${file('one.yaml')},${file('two.yaml')}`)).toEqual({
      a: 'default',
      b: 2,
      c: { d: 1, e: 2 },
    });
  });

  it('says in Helm’s words what is wrong with a file', async () => {
    await scratch.write('list.yaml', '- 1\n');
    const { exitCode, stdout, stderr } = await template(file('web'), '-f', file('list.yaml'));

    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(`${file('list.yaml')} is not valid YAML: cannot unmarshal yaml document: `);
    expect(stderr).toContain('json: cannot unmarshal array into Go value of type map[string]interface {}');
  });

  it('checks them against the schema, unless told not to', async () => {
    const refused = await template(file('web'), '--set', 'size=5');

    expect(refused).toMatchObject({ exitCode: 2, stdout: '' });
    expect(refused.stderr).toContain("- at '/size': maximum: got 5, want 3");
    expect(await valuesWith('--set', 'size=5', '--skip-schema-validation')).toMatchObject({ size: 5 });
  });

  it('names a missing file of --set-file', async () => {
    const { exitCode, stderr } = await template(file('web'), '--set-file', 'a=/nowhere/x');

    expect(exitCode).toBe(2);
    expect(stderr).toContain('/nowhere/x');
  });
});

it('says of every template what is wrong with it, the one that Helm names first', async () => {
  await scratch.write('web/templates/x.yaml', 'a: 1\nb: {{ if }}\n');
  await scratch.write('web/templates/y.yaml', '{{ end }}\n');
  const { exitCode, stdout, stderr } = await template(file('web'));

  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toMatch(/y\.yaml:1[^]*x\.yaml:2/);
  expect(stderr.match(/CHART_REFUSED/g)).toHaveLength(2);
});

describe('the name of a release', () => {
  it.each([
    [['--name-template', '{{ "WEB" | lower }}-1'], 'web-1'],
    [['-g'], 'release-name'],
    [[], 'release-name'],
  ])('with %s is %s', async (flags, name) => {
    const { stdout } = await template(file('web'), ...flags);

    expect(stdout).toContain(`release: ${name}\n`);
  });

  it.each([
    [['Bad_'], 'release name "Bad_": invalid release name, must match regex'],
    [['web', '--name-template', 'x'], 'cannot set --name-template and also specify a name'],
    [['web', '-g'], 'cannot set --generate-name and also specify a name'],
    [['--name-template', '{{ .x'], 'template: name-template:1: unclosed action'],
  ])('is refused with %s', async (words, reason) => {
    const given =
      words[0]?.startsWith('-') === true ? [file('web'), ...words] : [words[0] ?? '', file('web'), ...words.slice(1)];
    const { exitCode, stdout, stderr } = await template(...given);

    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(reason);
  });
});

describe('--output-dir', () => {
  it('writes a file for each template, and says so', async () => {
    const out = file('out');
    const { exitCode, stdout } = await template(
      'rel',
      file('web'),
      '--output-dir',
      out,
      '--release-name',
      '--include-crds',
    );

    expect(exitCode).toBe(0);
    expect(stdout).toBe(
      ['web/crds/crd.yaml', 'web/templates/a.yaml', 'web/templates/test.yaml']
        .map((path) => `wrote ${join(out, 'rel', path)}\n`)
        .concat('\n')
        .join(''),
    );
    expect(readFileSync(join(out, 'rel/web/templates/a.yaml'), 'utf8')).toBe(
      '---\n# Source: web/templates/a.yaml\nrelease: rel\nvalues: {"a":"default"}\n\n---\n# Source: web/templates/a.yaml\nsecond: true\n\n',
    );
    expect(readdirSync(join(out, 'rel/web/templates'))).toEqual(['a.yaml', 'test.yaml']);
  });

  it('writes nothing when a template fails', async () => {
    await scratch.write('web/templates/b.yaml', '{{ fail "no" }}');
    const { exitCode } = await template(file('web'), '--output-dir', file('none'));

    expect(exitCode).toBe(2);
    expect(existsSync(file('none'))).toBe(false);
  });

  it('says which file it cannot write', async () => {
    const { exitCode, stderr } = await template(file('web'), '--output-dir', file('web/Chart.yaml'));

    expect(exitCode).not.toBe(0);
    expect(stderr).toContain('OUTPUT_UNWRITABLE');
  });

  it.each([
    [['--release-name'], '`--release-name` needs `--output-dir`'],
    [['--output-dir', 'x', '-s', 'templates/a.yaml'], '`--show-only` does not go together with `--output-dir`'],
    [['--validate'], '`--validate` asks a cluster'],
  ])('refuses %s', async (words, reason) => {
    const { exitCode, stderr } = await template(file('web'), ...words);

    expect(exitCode).toBe(2);
    expect(stderr).toContain(reason);
  });
});
