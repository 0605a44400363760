import { execFile } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parseYaml } from '@naru/chart';
import { filesIn, locateTool, useLocalServer, useRegistry } from '@naru/testkit';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { useFolders } from '../../testing/folder.ts';
import { vendorDependencies } from './vendor-dependencies.ts';

/** What `helm dependency` does to a chart and what we do to it: the same versions, digests and renderings. */
const write = useFolders();
const server = useLocalServer();
const registry = useRegistry();
const published = write({});
let home = '';
let helmProgram = '';

beforeAll(async () => {
  helmProgram = await locateTool('helm');
  home = write({});
  for (const [name, version] of [
    ['web', '1.0.0'],
    ['web', '1.4.0'],
    ['web', '2.0.0'],
    ['db', '0.1.0'],
    ['db', '0.2.0+build.3'],
  ]) {
    await helm('package', chart(`${name}`, `${version}`), '-d', published);
  }
  await helm('repo', 'index', published);
  for (const name of readdirSync(published).filter((one) => one.startsWith('db-'))) {
    await helm('push', join(published, name), `oci://${registry()}/shop`, '--plain-http');
  }
});
beforeEach(() => {
  server.answer(filesIn(published));
});

function chart(name: string, version: string, dependencies = ''): string {
  const folder = write({
    [`${name}/Chart.yaml`]: `apiVersion: v2\nname: ${name}\nversion: ${version}\n${dependencies}`,
    [`${name}/templates/a.yaml`]: `kind: ConfigMap\nfrom: ${name}-${version}\nname: {{ .Chart.Name }}\n`,
  });
  return join(folder, name);
}

async function helm(...words: readonly string[]): Promise<string> {
  const folders = { HELM_CONFIG_HOME: home, HELM_CACHE_HOME: home, HELM_DATA_HOME: home };
  const { stdout } = await promisify(execFile)(helmProgram, [...words], {
    env: { ...process.env, HOME: home, ...folders },
  });
  return stdout;
}

/** A chart with a dependency of every kind, and two copies of it: one for Helm, one for us. */
function parents(web = '">=1.0.0 <2.0.0"'): { readonly theirs: string; readonly ours: string } {
  const dependencies = [
    `- { name: web, version: ${web}, repository: "${server.url}", condition: web.enabled, tags: [front] }`,
    `- { name: web, version: ${web}, repository: "${server.url}", alias: second, import-values: [data, { child: a, parent: b }] }`,
    `- { name: db, version: "~0.2.0", repository: "oci://${registry()}/shop" }`,
    '- { name: common, version: 0.x, repository: "file://../common" }',
    '- { name: local, version: "*", repository: "" }',
  ];
  const folder = write({
    'common/Chart.yaml': 'apiVersion: v2\nname: common\nversion: 0.3.1\n',
    'common/templates/c.yaml': 'kind: Common\n',
    'ours/charts/local/Chart.yaml': 'apiVersion: v2\nname: local\nversion: 7.0.0\n',
    'ours/charts/local/templates/l.yaml': 'kind: Local\n',
    'ours/Chart.yaml': `apiVersion: v2\nname: parent\nversion: 1.0.0\ndependencies:\n${dependencies.join('\n')}\n`,
  });
  cpSync(join(folder, 'ours'), join(folder, 'theirs'), { recursive: true });
  return { ours: join(folder, 'ours'), theirs: join(folder, 'theirs') };
}

async function vendor(folder: string, update = false): Promise<readonly string[]> {
  const environment = { NARU_CACHE: home, HOME: home, HELM_CONFIG_HOME: home };
  const vendored = await vendorDependencies(folder, { environment, plainHttp: true, update });
  return vendored.map(({ name, version }) => `${name} ${version}`);
}

function lockOf(folder: string): unknown {
  const { generated: _, ...rest } = parseYaml(readFileSync(join(folder, 'Chart.lock'), 'utf8')) as {
    generated: string;
  };
  return rest;
}

describe('the dependencies of a chart', () => {
  it('become the same archives, lock and rendering as with Helm', async () => {
    const { theirs, ours } = parents();
    await helm('dependency', 'update', theirs, '--plain-http');
    expect(await vendor(ours)).toEqual(['web 1.4.0', 'web 1.4.0', 'db 0.2.0+build.3', 'common 0.3.1', 'local 7.0.0']);

    expect(readdirSync(join(ours, 'charts'))).toEqual(readdirSync(join(theirs, 'charts')));
    for (const name of ['web-1.4.0.tgz', 'db-0.2.0+build.3.tgz']) {
      expect(readFileSync(join(ours, 'charts', name)).equals(readFileSync(join(theirs, 'charts', name)))).toBe(true);
    }
    expect(lockOf(ours)).toEqual(lockOf(theirs));
    expect(await helm('template', ours)).toBe(await helm('template', theirs));
  });

  it('are built again from our lock by Helm, and from the lock of Helm by us', async () => {
    const { theirs, ours } = parents();
    await helm('repo', 'add', 'shop', server.url, '--force-update');
    await helm('dependency', 'update', theirs, '--plain-http');
    await vendor(ours);
    for (const folder of [ours, theirs]) {
      for (const name of readdirSync(join(folder, 'charts')).filter((one) => one.endsWith('.tgz'))) {
        rmSync(join(folder, 'charts', name));
      }
    }
    const [oursBefore, theirsBefore] = [ours, theirs].map((folder) => readFileSync(join(folder, 'Chart.lock'), 'utf8'));
    await helm('dependency', 'build', ours, '--plain-http');
    expect(await vendor(theirs)).toContain('db 0.2.0+build.3');
    expect(readdirSync(join(ours, 'charts'))).toEqual(readdirSync(join(theirs, 'charts')));
    expect(readFileSync(join(ours, 'Chart.lock'), 'utf8')).toBe(oursBefore);
    expect(readFileSync(join(theirs, 'Chart.lock'), 'utf8')).toBe(theirsBefore);
  });
});
