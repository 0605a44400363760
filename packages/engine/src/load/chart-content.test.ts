import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Finding, Refusal, type Sources } from '@naru/core';
import { type Answer, useLocalServer } from '@naru/testkit';
import { beforeEach, describe, expect, it } from 'vitest';
import { useFolders } from '../../testing/folder.ts';
import { sha256Of } from '../source/chart-cache.ts';
import type { FetchOptions } from '../source/fetch-options.ts';
import { load } from './load-platform.ts';

const write = useFolders();
const server = useLocalServer();
const catalog = write({});
let cache = '';

function packed(version: string): Buffer {
  const folder = write({
    'web/Chart.yaml': `apiVersion: v2\nname: web\nversion: ${version}\n`,
    'web/values.yaml': 'a: 1\n',
  });
  execFileSync('tar', ['-czf', 'web.tgz', 'web'], { cwd: folder });
  return readFileSync(join(folder, 'web.tgz'));
}

const ARCHIVE = packed('1.0.0');
const INDEX = `apiVersion: v1\nentries:\n  web:\n  - { version: 1.0.0, urls: [web.tgz], digest: ${sha256Of(ARCHIVE)} }\n`;

const repository: Answer = ({ path }, response) => {
  response.writeHead(200).end(path.endsWith('.yaml') ? INDEX : ARCHIVE);
};

beforeEach(() => {
  cache = write({});
  server.answer(repository);
});

function platform(components: Readonly<Record<string, string>>): string {
  const entries = Object.entries(components).map(([name, chart]) => `    ${name}: { chart: ${chart} }\n`);
  const head = 'apiVersion: naru.dev/v1alpha1\nkind: Platform\nmetadata: { name: shop }\nspec:\n  components:\n';
  const site = 'apiVersion: naru.dev/v1alpha1\nkind: Site\nmetadata: { name: here }\nspec: {}\n';
  return write({ 'platform.yaml': head + entries.join(''), 'sites/here.yaml': site });
}

async function loaded(folder: string, options: Partial<FetchOptions> = {}): Promise<Sources> {
  return await load(folder, catalog, { environment: { NARU_CACHE: cache, HOME: cache }, ...options });
}

async function refusalOf(folder: string, options: Partial<FetchOptions> = {}): Promise<readonly Finding[]> {
  const error: unknown = await loaded(folder, options).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Refusal)) throw error ?? new Error('nothing was refused');
  return error.findings;
}

const inRepository = (version: string): string => `{ repo: "${server.url}", name: web, version: "${version}" }`;

describe('a component whose chart is published', () => {
  it('has the files of the chart, and the digest that pins it', async () => {
    const { components } = await loaded(platform({ web: inRepository('^1') }));
    expect(components.get('web')?.content).toMatchObject({
      kind: 'chart',
      folder: 'web-1.0.0',
      published: { address: `${server.url}/web.tgz`, digest: sha256Of(ARCHIVE) },
    });
    const { content } = components.get('web') ?? {};
    expect(content?.kind === 'chart' && [...content.files.keys()].toSorted()).toEqual(['Chart.yaml', 'values.yaml']);
  });

  it('shares what it asks a repository with the others', async () => {
    const names = Array.from({ length: 10 }, (_, index) => `web${index}`);
    await loaded(platform(Object.fromEntries(names.map((name) => [name, inRepository('1.x')]))));
    expect(server.seen.filter(({ path }) => path === '/index.yaml')).toHaveLength(1);
  });

  it('comes from the cache when no server may be asked, or nobody said that one may', async () => {
    const folder = platform({ web: inRepository('^1') });
    await loaded(folder);
    const asked = server.seen.length;
    expect((await loaded(folder, { offline: true })).components.size).toBe(1);
    expect(server.seen).toHaveLength(asked);
  });

  it('is named where it stands when it cannot be had, with all others', async () => {
    const folder = platform({
      web: inRepository('^1'),
      other: inRepository('^7'),
      third: '{ oci: "https://example.com/web", version: "1" }',
    });
    const offline = await refusalOf(folder, { offline: true });
    expect(offline.map(({ error: { code, place } }) => [code, place?.line])).toEqual([
      ['CHART_NOT_CACHED', 6],
      ['CHART_NOT_CACHED', 7],
      ['CHART_REFERENCE_INVALID', 8],
    ]);
    const online = await refusalOf(folder);
    expect(online.map(({ error: { code } }) => code)).toEqual(['CHART_VERSION_UNMATCHED', 'CHART_REFERENCE_INVALID']);
    expect(online[0]?.error.place).toMatchObject({ file: join(folder, 'platform.yaml'), line: 7 });
  });

  it('is refused when its digest is another', async () => {
    const digest = sha256Of(Buffer.from('other'));
    const chart = inRepository('^1').replace(' }', `, digest: "${digest}" }`);
    expect(await refusalOf(platform({ web: chart }))).toMatchObject([{ error: { code: 'CHART_DIGEST_MISMATCHED' } }]);
  });

  it('is refused when the archive holds no chart', async () => {
    const broken = Buffer.from(ARCHIVE.subarray(0, 40));
    const index = INDEX.replace(sha256Of(ARCHIVE), sha256Of(broken));
    server.answer(({ path }, response) => void response.writeHead(200).end(path.endsWith('.yaml') ? index : broken));
    expect(await refusalOf(platform({ web: inRepository('^1') }))).toMatchObject([
      { error: { code: 'CHART_REFUSED', place: { line: 6 } } },
    ]);
  });
});

describe('a component whose chart is on this disk', () => {
  it.each(['./web', '{ path: ./web }', '{ path: web.tgz }', './web.tgz'])('is read from %s', async (chart) => {
    const folder = platform({ web: chart });
    execFileSync('tar', ['-xzf', '-'], { cwd: folder, input: ARCHIVE });
    writeFileSync(join(folder, 'web.tgz'), ARCHIVE);
    const content = (await loaded(folder)).components.get('web')?.content;
    expect(content?.kind === 'chart' && content.files.get('values.yaml')?.length).toBe(5);
    expect(content).not.toHaveProperty('published');
  });

  it('is named where it stands when it is not there or no chart', async () => {
    const folder = platform({ web: '{ path: ./nothing }', text: '{ path: platform.yaml }' });
    expect((await refusalOf(folder)).map(({ error: { code, place } }) => [code, place?.line])).toEqual([
      ['DOCUMENT_UNREADABLE', 6],
      ['CHART_REFUSED', 7],
    ]);
  });
});
