import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CapturedRun, runCaptured, useLocalServer, useScratch } from '@naru/testkit';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';

const server = useLocalServer();
const scratch = useScratch();
let folder = '';
let archive: Buffer;

beforeAll(() => {
  folder = join(scratch.directory, 'web');
  mkdirSync(join(folder, 'templates'), { recursive: true });
  writeFileSync(join(folder, 'Chart.yaml'), 'apiVersion: v2\nname: web\nversion: 1.0.0\n');
  writeFileSync(join(folder, 'templates', 'a.yaml'), 'kind: ConfigMap\nrelease: {{ .Release.Name }}\n');
  execFileSync('tar', ['-czf', 'web.tgz', 'web'], { cwd: scratch.directory });
  archive = readFileSync(join(scratch.directory, 'web.tgz'));
});
beforeEach(() => {
  const index = 'apiVersion: v1\nentries:\n  web:\n  - { version: 1.0.0, urls: [web.tgz] }\n';
  server.answer(({ path }, response) => {
    response.writeHead(200).end(path.endsWith('.yaml') ? index : archive);
  });
});

async function template(...words: readonly string[]): Promise<CapturedRun> {
  const environment = { NARU_CACHE: join(scratch.directory, 'cache'), HOME: scratch.directory };
  return await runCaptured(['chart', 'template', ...words], { environment });
}

describe('naru chart template', () => {
  it('prints for a published chart what it prints for its folder', async () => {
    const expected = await template('shop', folder);
    expect(expected.stdout).toContain('release: shop');
    expect(await template('shop', 'web', '--repo', server.url, '--version', '^1')).toEqual(expected);
    expect(await template('shop', `${server.url}/web.tgz`)).toEqual(expected);
    expect(await template('shop', 'web', '--repo', server.url, '--offline')).toEqual(expected);
  });

  it('knows the repositories that Helm knows, and takes a path first', async () => {
    const expected = await template('shop', folder);
    const known = join(scratch.directory, 'known');
    mkdirSync(join(known, 'helm'), { recursive: true });
    writeFileSync(join(known, 'helm', 'repositories.yaml'), `repositories: [{ name: shop, url: "${server.url}" }]\n`);
    const environment = { NARU_CACHE: join(known, 'cache'), XDG_CONFIG_HOME: known };
    const named = (chart: string) => runCaptured(['chart', 'template', 'shop', chart], { environment });
    expect(await named('shop/web')).toEqual(expected);
    expect(server.seen).not.toEqual([]);
    expect((await named('examples/hello')).stderr).toContain('Chart.yaml');
    expect((await named('none/web')).stderr).toContain('none/web');
  });

  it('asks nobody for a folder', async () => {
    await template(folder, '--version', '^7');
    expect(server.seen).toEqual([]);
  });

  it('refuses what is no chart, and names where it came from', async () => {
    archive = Buffer.from(archive.subarray(0, 30));
    const { exitCode, stdout, stderr } = await template(`${server.url}/web.tgz`);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain('CHART_REFUSED');
    expect(stderr).toContain(`${server.url}/web.tgz`);
  });
});
