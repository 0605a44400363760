import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type CapturedRun, naru, runCaptured, startNaru, useLocalServer, useScratch } from '@naru/testkit';
import { beforeEach, describe, expect, it } from 'vitest';
import { PullOutput } from '../printers/output.ts';

const ARCHIVE = gzipSync('what a chart is packed into');
const DIGEST = `sha256:${createHash('sha256').update(ARCHIVE).digest('hex')}`;
const INDEX =
  'apiVersion: v1\nentries:\n  web:\n  - version: 1.0.0\n    urls: [web.tgz]\n  - version: 1.1.0\n    urls: [web.tgz]\n';

const server = useLocalServer();
const scratch = useScratch();
let count = 0;
let folder = '';

beforeEach(() => {
  folder = join(scratch.directory, String((count += 1)));
  server.answer(({ path }, response) => {
    response.writeHead(200).end(path.endsWith('.yaml') ? INDEX : path.endsWith('.prov') ? 'signed' : ARCHIVE);
  });
});

async function pull(words: readonly string[], input = ''): Promise<CapturedRun> {
  const environment = { NARU_CACHE: join(folder, 'cache'), HOME: folder };
  const args = ['chart', 'pull', ...words, '--out', join(folder, 'out')];
  return await runCaptured(args, { environment, readInput: async () => input });
}

const repo = (): readonly string[] => ['--repo', server.url];

describe('naru chart pull', () => {
  it('writes the archive under its name and version, and says what pins it', async () => {
    const { exitCode, stdout, stderr } = await pull(['web', ...repo()]);
    const file = join(folder, 'out', 'web-1.1.0.tgz');
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: `${file}\n` });
    expect(stderr).toBe(`From ${server.url}/web.tgz, pinned by ${DIGEST}.\n`);
    expect(readdirSync(join(folder, 'out'))).toEqual(['web-1.1.0.tgz']);
    expect(readFileSync(file)).toEqual(ARCHIVE);
  });

  it('writes the signature when it is wanted, and tells it all in JSON', async () => {
    const { stdout } = await pull(['web', ...repo(), '--version', '~1.0', '--prov', '-o', 'json']);
    const file = join(folder, 'out', 'web-1.0.0.tgz');
    expect(PullOutput.parse(JSON.parse(stdout))).toEqual({
      file,
      digest: DIGEST,
      source: `${server.url}/web.tgz`,
      signature: `${file}.prov`,
    });
    expect(readFileSync(`${file}.prov`, 'utf8')).toBe('signed');
  });

  it('takes a chart of a repository that Helm knows', async () => {
    mkdirSync(folder, { recursive: true });
    const known = { name: 'shop', url: server.url, username: 'reader', password: 'secret' };
    writeFileSync(join(folder, 'repositories.yaml'), JSON.stringify({ repositories: [known] }));
    const environment = {
      NARU_CACHE: join(folder, 'cache'),
      HELM_REPOSITORY_CONFIG: join(folder, 'repositories.yaml'),
    };
    const run = (name: string) =>
      runCaptured(['chart', 'pull', name, '--version', '1.0.0', '--out', folder], { environment });
    expect((await run('shop/web')).stdout).toBe(`${join(folder, 'web-1.0.0.tgz')}\n`);
    expect(server.seen[0]?.headers.authorization).toBe(`Basic ${Buffer.from('reader:secret').toString('base64')}`);
    expect((await run('other/web')).stderr).toContain('CHART_REFERENCE_INVALID');
  });

  it('reads the password from standard input, without its line end', async () => {
    await pull(['web', ...repo(), '--username', 'reader', '--password-stdin'], 'secret words\n');
    const expected = `Basic ${Buffer.from('reader:secret words').toString('base64')}`;
    expect(server.seen.map(({ headers }) => headers.authorization)).toEqual([expected, expected]);
  });

  it('repeats no password, whatever goes wrong', async () => {
    server.answer((_, response) => void response.writeHead(403).end('secret'));
    const address = server.url.replace('://', '://reader:secret@');
    const { exitCode, stdout, stderr } = await pull(['web', '--repo', address]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
    expect(stderr).toContain('REGISTRY_DENIED');
    expect(stderr).not.toContain('secret');
  });

  it.each([
    [['web', '--repo', 'SERVER', '--version', '^7'], 'CHART_VERSION_UNMATCHED', 'nearest: 1.1.0, 1.0.0'],
    [['web', '--repo', 'SERVER', '--offline'], 'CHART_NOT_CACHED', 'naru chart pull web --repo http'],
    [['./web'], 'CHART_REFERENCE_INVALID', 'on this disk'],
    [['oci://'], 'CHART_REFERENCE_INVALID', 'oci://HOST/PATH'],
    [['web', '--repo', 'SERVER', '--username', 'reader'], 'USAGE_INVALID', '--password-stdin'],
    [['web', '--repo', 'SERVER', '--password-stdin'], 'USAGE_INVALID', '--username'],
    [['web', '--repo', 'SERVER', '--ca-file', '/nowhere.pem'], 'CHART_SERVER_MATERIAL_UNUSABLE', 'ENOENT'],
    [['web', '--repo', 'SERVER', '--digest', 'sha256:1'], 'CHART_REFERENCE_INVALID', 'hexadecimal'],
  ])('refuses %j and writes nothing', async (words, code, says) => {
    const { exitCode, stdout, stderr } = await pull(words.map((word) => (word === 'SERVER' ? server.url : word)));
    expect([2, 3]).toContain(exitCode);
    expect(stdout).toBe('');
    expect(stderr).toContain(code);
    expect(stderr).toContain(says);
    expect(() => readdirSync(join(folder, 'out'))).toThrow('ENOENT');
  });

  it('says where it may not write, and leaves no draft', async () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'out'), '');
    expect((await pull(['web', ...repo()])).stderr).toContain('OUTPUT_UNWRITABLE');
    mkdirSync(join(folder, 'folder', 'web-1.1.0.tgz'), { recursive: true });
    const { stderr } = await pull(['web', ...repo(), '--out', join(folder, 'folder')]);
    expect(stderr).toContain('OUTPUT_UNWRITABLE');
    expect(readdirSync(join(folder, 'folder'))).toEqual(['web-1.1.0.tgz']);
  });

  it('stops when it is interrupted', async () => {
    server.answer(() => undefined);
    const words = ['chart', 'pull', `${server.url}/web.tgz`, '--out', folder];
    const environment = { NARU_CACHE: join(folder, 'cache') };
    const { exitCode } = await runCaptured(words, { environment, interrupt: AbortSignal.timeout(100) });
    expect(exitCode).toBe(130);
  });

  it('leaves nothing that the next run believes when it is killed in the middle', async () => {
    const environment = { NARU_CACHE: join(folder, 'cache'), HOME: folder };
    const words = ['chart', 'pull', `${server.url}/web-1.0.0.tgz`, '--out', join(folder, 'out')];
    const half = Promise.withResolvers<void>();
    server.answer((_, response) => {
      response.writeHead(200, { 'content-length': String(ARCHIVE.length) });
      response.write(ARCHIVE.subarray(0, 10), () => half.resolve());
    });
    const first = startNaru(words, { environment });
    await half.promise;
    first.kill('SIGKILL');
    await first.ended;
    server.answer((_, response) => void response.writeHead(200).end(ARCHIVE));
    expect((await naru([...words, '--offline'], { environment })).stderr).toContain('CHART_NOT_CACHED');
    expect((await naru(words, { environment })).exitCode).toBe(0);
    expect(readdirSync(join(folder, 'out'))).toEqual(['web-1.0.0.tgz']);
    expect(readFileSync(join(folder, 'out', 'web-1.0.0.tgz'))).toEqual(ARCHIVE);
  });

  it('may run many times at once, in processes that share a cache', async () => {
    const environment = { NARU_CACHE: join(folder, 'cache'), HOME: folder };
    const runs = [1, 2, 3].map((each) =>
      naru(['chart', 'pull', 'web', ...repo(), '--out', join(folder, `out${each % 2}`)], { environment }),
    );
    expect((await Promise.all(runs)).map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
    expect(readFileSync(join(folder, 'out1', 'web-1.1.0.tgz'))).toEqual(ARCHIVE);
    expect(readdirSync(join(folder, 'cache', 'charts', 'drafts'))).toEqual([]);
  });
});
