import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readArchive } from '@naru/chart';
import { NaruError } from '@naru/core';
import { useLocalServer } from '@naru/testkit';
import { beforeEach, describe, expect, it } from 'vitest';
import { useFolders } from '../../testing/folder.ts';
import { packChart } from './pack-chart.ts';
import { vendorDependencies, type VendorOptions } from './vendor-dependencies.ts';

const write = useFolders();
const server = useLocalServer();

const bytes = (text: string): Uint8Array => Buffer.from(text);
const packed = (version: string): Uint8Array =>
  packChart('web', new Map([['Chart.yaml', bytes(`apiVersion: v2\nname: web\nversion: ${version}\n`)]]));

beforeEach(() => {
  const versions = ['1.0.0', '1.1.0'];
  const index = `apiVersion: v1\nentries:\n  web:\n${versions.map((one) => `  - { version: ${one}, urls: [${one}.tgz] }\n`).join('')}`;
  server.answer(({ path }, response) => {
    response.writeHead(200).end(path.endsWith('.yaml') ? index : packed(path.slice(1, -'.tgz'.length)));
  });
});

function parent(dependency: string, files: Readonly<Record<string, string>> = {}): string {
  const head = 'apiVersion: v2\nname: parent\nversion: 1.0.0\n';
  const folder = write({
    'parent/Chart.yaml': `${head}dependencies:\n- ${dependency.replace('SERVER', server.url)}\n`,
    ...files,
  });
  return join(folder, 'parent');
}

async function vendor(folder: string, options: Partial<VendorOptions> = {}): Promise<readonly string[]> {
  const cache = write({});
  const environment = { NARU_CACHE: cache, HOME: cache };
  return (await vendorDependencies(folder, { environment, update: false, ...options })).map(({ file }) => file);
}

async function failureOf(work: Promise<unknown>): Promise<NaruError> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof NaruError)) throw error ?? new Error('nothing was refused');
  return error;
}

const WEB = '{ name: web, version: ^1, repository: "SERVER" }';

describe('vendorDependencies', () => {
  it('takes what the lock says, and resolves anew when told to', async () => {
    const folder = parent(WEB);
    expect(await vendor(folder)).toEqual([join('charts', 'web-1.1.0.tgz')]);
    const lock = readFileSync(join(folder, 'Chart.lock'), 'utf8');
    server.answer((_, response) => void response.writeHead(404).end());
    expect(await failureOf(vendor(folder))).toMatchObject({ code: 'CHART_ABSENT' });
    expect(readFileSync(join(folder, 'Chart.lock'), 'utf8')).toBe(lock);
    expect(lock).toMatch(
      /^dependencies:\n- name: web\n {2}repository: http.*\n {2}version: 1\.1\.0\ndigest: sha256:[0-9a-f]{64}\n/,
    );
  });

  it('refuses a lock that is out of sync, and writes another when told to', async () => {
    const folder = parent(WEB);
    await vendor(folder);
    const chart = join(folder, 'Chart.yaml');
    writeFileSync(chart, readFileSync(chart, 'utf8').replace('^1', '~1.0'));
    expect(await failureOf(vendor(folder))).toMatchObject({
      code: 'CHART_LOCK_STALE',
      details: { lock: join(folder, 'Chart.lock'), chart: folder },
    });
    expect(await vendor(folder, { update: true })).toEqual([join('charts', 'web-1.0.0.tgz')]);
    expect(readdirSync(join(folder, 'charts'))).toEqual(['web-1.0.0.tgz']);
    await vendor(folder);
  });

  it('removes archives that nothing asks for, and nothing else', async () => {
    const folder = parent(WEB, { 'parent/charts/mine.tgz': 'no chart', 'parent/charts/local/Chart.yaml': 'x' });
    writeFileSync(join(folder, 'charts', 'web-0.1.0.tgz'), packed('0.1.0'));
    writeFileSync(join(folder, 'charts', 'notes.txt'), '');
    // A folder below charts/ that is no chart would keep Helm from loading the parent at all.
    writeFileSync(join(folder, 'charts', 'local', 'Chart.yaml'), 'apiVersion: v2\nname: local\nversion: 1.0.0\n');
    expect(await failureOf(vendor(folder))).toMatchObject({ code: 'CHART_REFUSED' });
    writeFileSync(join(folder, 'charts', 'mine.tgz'), packed('0.2.0'));
    writeFileSync(join(folder, '.helmignore'), 'charts/notes.txt\n');
    await vendor(folder);
    expect(readdirSync(join(folder, 'charts')).toSorted()).toEqual(['local', 'notes.txt', 'web-1.1.0.tgz']);
  });

  it.each([
    ['a version that is not there', '{ name: web, version: ^7, repository: "SERVER" }', 'CHART_VERSION_UNMATCHED'],
    ['a chart that is not there', '{ name: wet, version: ^1, repository: "SERVER" }', 'CHART_UNKNOWN'],
    ['no range', '{ name: web, version: newest, repository: "SERVER" }', 'CHART_VERSION_INVALID'],
    ['an alias that nobody knows', '{ name: web, version: ^1, repository: "@shop" }', 'CHART_REFERENCE_INVALID'],
    ['a word for a repository', '{ name: web, version: ^1, repository: stable }', 'CHART_REFERENCE_INVALID'],
    ['a name that is a way', '{ name: ../web, version: ^1, repository: "SERVER" }', 'CHART_REFERENCE_INVALID'],
    ['a folder that is not there', '{ name: web, version: ^1, repository: "file://../none" }', 'DOCUMENT_UNREADABLE'],
    [
      'a folder of another version',
      '{ name: web, version: ^1, repository: "file://../near" }',
      'CHART_VERSION_UNMATCHED',
    ],
    ['nothing in charts/', '{ name: web, version: ^1, repository: "" }', 'DOCUMENT_UNREADABLE'],
  ])('writes nothing for %s', async (_, dependency, code) => {
    const folder = parent(dependency, { 'near/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 2.0.0\n' });
    expect(await failureOf(vendor(folder))).toMatchObject({ code });
    expect(readdirSync(folder)).toEqual(['Chart.yaml']);
  });

  it('finds repositories by the names that helm repo add gave them', async () => {
    const home = write({ '.config/helm/repositories.yaml': `repositories:\n- { name: shop, url: "${server.url}" }\n` });
    const folder = parent('{ name: web, version: 1.0.0, repository: "@shop" }');
    await vendor(folder, { environment: { NARU_CACHE: home, HOME: home } });
    expect(readFileSync(join(folder, 'Chart.lock'), 'utf8')).toContain(`repository: ${server.url}\n`);
  });

  it('has nothing to do for a chart without dependencies, and needs a chart', async () => {
    const folder = write({ 'Chart.yaml': 'apiVersion: v2\nname: alone\nversion: 1.0.0\n' });
    expect(await vendor(folder)).toEqual([]);
    expect(readdirSync(folder)).toEqual(['Chart.yaml']);
    mkdirSync(join(folder, 'empty'));
    expect(await failureOf(vendor(join(folder, 'empty')))).toMatchObject({ code: 'CHART_REFUSED' });
  });

  it('keeps the lock of a v1 chart where Helm does', async () => {
    const folder = write({
      'Chart.yaml': 'apiVersion: v1\nname: old\nversion: 1.0.0\n',
      'requirements.yaml': `dependencies:\n- ${WEB.replace('SERVER', server.url)}\n`,
    });
    await vendor(folder);
    expect(existsSync(join(folder, 'requirements.lock'))).toBe(true);
    expect(existsSync(join(folder, 'Chart.lock'))).toBe(false);
  });
});

describe('packChart', () => {
  it('packs what is unpacked again, whatever its names and sizes', () => {
    const files = new Map([
      ['Chart.yaml', bytes('name: web\n')],
      ['empty', bytes('')],
      ['exactly/one/block', new Uint8Array(512).fill(7)],
      [`long/${'나루'.repeat(60)}.txt`, bytes('far')],
    ]);
    expect(new Map([...readArchive(packChart('web', files))].map(([path, data]) => [path, Buffer.from(data)]))).toEqual(
      new Map([...files].map(([path, data]) => [path, Buffer.from(data)])),
    );
    expect(Buffer.from(packChart('web', files)).equals(packChart('web', new Map([...files].toReversed())))).toBe(true);
  });
});
