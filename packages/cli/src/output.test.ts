import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { runCaptured } from '@naru/testkit';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';

/** What is wrong with data by a published schema, for whoever reads our output with a program. */
async function faults(name: string, data: unknown): Promise<unknown> {
  const schema: unknown = JSON.parse(await readFile(`docs/reference/output/${name}.schema.json`, 'utf8'));
  const validate = new Ajv2020({ allErrors: true }).compile(schema as object);
  return validate(data) ? [] : validate.errors;
}

const PLATFORMS = 'packages/cli/testdata/platforms';
const OUTPUTS: readonly (readonly [string, readonly string[]])[] = [
  ['check', ['check', 'examples/hello']],
  ['check', ['check', `${PLATFORMS}/broken`]],
  ['check', ['check', `${PLATFORMS}/unmet`, '--lang', 'ko']],
  ['images', ['images', 'examples/hello', '--site', 'prod']],
  ['images', ['images', `${PLATFORMS}/shop`, '--site', 'dev']],
  ['compose', ['compose', 'examples/hello', '--site', 'prod']],
  ['explain', ['explain', 'examples/hello', 'hello', '--site', 'prod', '--set', 'hello.replicas=2']],
  ['graph', ['graph', 'examples/hello', '--site', 'dev']],
  ['plan', ['plan', 'examples/hello', '--site', 'dev', '--offline']],
  ['plan', ['plan', `${PLATFORMS}/shop`, '--site', 'far', '--offline']],
];

describe('published schemas', () => {
  it.each(OUTPUTS)('%s: hold for naru %s', async (name, words) => {
    const { stdout } = await runCaptured([...words, '-o', 'json']);

    expect(await faults(name, JSON.parse(stdout))).toEqual([]);
  });

  it.each([
    ['check', { findings: [{ code: 'X' }] }],
    ['check', { findings: [], more: 1 }],
    ['images', { images: [{ image: 'nginx' }] }],
    ['plan', { platform: 'shop' }],
    ['status', { healthy: 'yes' }],
    ['event', { type: 'component', component: 'web', phase: 'dancing' }],
  ])('%s: refuse %j', async (name, data) => {
    expect(await faults(name, data)).not.toEqual([]);
  });
});

it('gives a platform the same revision from wherever it is looked at', async () => {
  const revisions = await Promise.all(
    [`${PLATFORMS}/shop`, `./${PLATFORMS}/../platforms/shop`, resolve(PLATFORMS, 'shop')].map(async (folder) => {
      const { stdout } = await runCaptured(['plan', folder, '--site', 'dev', '--offline', '-o', 'json']);
      return JSON.parse(stdout).revision as unknown;
    }),
  );

  expect(new Set(revisions).size).toBe(1);
});

it('gives the same bytes for the same folder, twice', async () => {
  const words = ['render', 'examples/hello', '--site', 'prod'];

  expect(await runCaptured(words)).toEqual(await runCaptured(words));
});
