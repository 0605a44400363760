import { readFile } from 'node:fs/promises';
import { parseYamlDocuments } from '@naru/chart';
import { imagesOf, isManifest, type Manifest } from '@naru/core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newReader, type Reader } from '../documents/reader.ts';
import { shellBlocks } from '../documents/shell-blocks.ts';
import { podFaults, podTemplates } from './pod-rules.ts';

const GUIDE = 'docs/guide/add-a-component.md';

let reader: Reader;
beforeAll(async () => {
  reader = await newReader(process.cwd());
  for (const { line, script, needs } of shellBlocks(await readFile(GUIDE, 'utf8'))) {
    if (needs !== 'nothing') continue;
    const { exitCode, output } = await reader.run(script);
    if (exitCode !== 0) throw new Error(`${GUIDE}:${line}\n${output}`);
  }
}, 120_000);
afterAll(() => reader.leave());

async function rendered(...flags: readonly string[]): Promise<readonly Manifest[]> {
  const { output } = await reader.run(`naru chart template echo try/echo/chart ${flags.join(' ')}`);
  return parseYamlDocuments(output)
    .map(({ value }) => value)
    .filter(isManifest);
}

it('makes a component that keeps the rules of the catalog', async () => {
  const pods = podTemplates(await rendered('--set', 'replicas=3'));

  expect(pods.map(({ owner, replicas }) => ({ owner, replicas }))).toEqual([{ owner: 'Deployment echo', replicas: 3 }]);
  expect(pods.flatMap(podFaults)).toEqual([]);
});

it('protects it like the others', async () => {
  const kinds = async (...flags: readonly string[]): Promise<readonly string[]> =>
    (await rendered(...flags)).map(({ kind }) => kind).toSorted();

  expect(await kinds()).toEqual(['Deployment', 'NetworkPolicy', 'Service']);
  expect(await kinds('--set', 'replicas=2')).toContain('PodDisruptionBudget');
});

it('names its image by a tag', async () => {
  const images = (await rendered()).flatMap((manifest) => imagesOf(manifest).map(({ image }) => image));

  expect(images).toEqual(['registry.k8s.io/e2e-test-images/agnhost:2.53']);
});

it('publishes it, in the end, under the domain of the site', async () => {
  const { output } = await reader.run('naru render try');

  expect(output).toContain('host: echo.try.example.org');
});
