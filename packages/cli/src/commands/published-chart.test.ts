import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type CapturedRun, runCaptured, useLocalServer, useScratch } from '@naru/testkit';
import { beforeEach, describe, expect, it } from 'vitest';

const server = useLocalServer();
const scratch = useScratch();
let count = 0;
let folder = '';

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

beforeEach(() => {
  folder = join(scratch.directory, String((count += 1)));
  write('source/web/Chart.yaml', 'apiVersion: v2\nname: web\nversion: 1.0.0\n');
  write('source/web/templates/a.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: fetched }\n');
  execFileSync('tar', ['-czf', 'web.tgz', 'web'], { cwd: join(folder, 'source') });
  const archive = readFileSync(join(folder, 'source', 'web.tgz'));
  const index = 'apiVersion: v1\nentries:\n  web:\n  - { version: 1.0.0, urls: [web.tgz] }\n';
  server.answer(({ path }, response) => void response.writeHead(200).end(path.endsWith('.yaml') ? index : archive));
  const head = (kind: string, name: string): string =>
    `apiVersion: naru.dev/v1alpha1\nkind: ${kind}\nmetadata: { name: ${name} }\n`;
  const chart = `{ repo: "${server.url}", name: web, version: 1.x }`;
  write('shop/platform.yaml', `${head('Platform', 'shop')}spec: { components: { web: { chart: ${chart} } } }\n`);
  write('shop/sites/dev.yaml', `${head('Site', 'dev')}spec: {}\n`);
});

async function run(command: string, ...words: readonly string[]): Promise<CapturedRun> {
  const environment = { NARU_CACHE: join(folder, 'cache'), HOME: folder };
  return await runCaptured([command, join(folder, 'shop'), ...words], { environment });
}

describe('a platform with a published chart', () => {
  it('is rendered from what is fetched, and offline from what was', async () => {
    const online = await run('render');
    expect(online.stdout).toContain('name: fetched');
    const asked = server.seen.length;
    expect(await run('render', '--offline')).toEqual(online);
    expect((await run('plan', '--offline')).stdout).toContain('fetched');
    expect(server.seen).toHaveLength(asked);
  });

  it.each(['check', 'render', 'images', 'compose', 'graph', 'plan'])(
    'says to naru %s --offline what is missing, where, and how to get it',
    async (command) => {
      const { exitCode, stdout, stderr } = await run(command, '--offline');
      const said = stdout + stderr;
      // What `check` finds is its result, and not its failure.
      expect(exitCode).toBe(command === 'check' ? 2 : 3);
      expect(said).toContain(`CHART_NOT_CACHED  ${server.url}/index.yaml`);
      expect(said).toContain('platform.yaml:4:');
      expect(said).toContain(`naru chart pull web --repo ${server.url} --version '1.x'`);
      expect(server.seen).toEqual([]);
    },
  );
});
