import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openArchives, type Archives } from './archive.ts';

const signal = new AbortController().signal;
const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
const PROGRAM = 'the program';
const sha256 = createHash('sha256').update(PROGRAM).digest('hex');

let folder: string;
let output: string;
let server: Server;
let base: string;
let archives: Archives;
/** What the server answers by path; everything else is 404. */
let pages: Map<string, string | Buffer>;
let asked: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'naru-archive-'));
  output = join(folder, 'program');
  pages = new Map();
  asked = [];
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const page = pages.get(request.url ?? '');
    response.writeHead(page === undefined ? 404 : 200).end(page);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  base = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  archives = openArchives({}, signal, { kubernetes: base, index: `${base}/index.yaml` });
});
afterEach(async () => {
  await archives.close();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

describe.skipIf(process.platform !== 'linux')('a binary with its checksum beside it', () => {
  const path = `/v1.36.3/bin/linux/${architecture}/kube-scheduler`;

  it.each(['', '\n', '  kube-scheduler\n'])('is written when the checksum is right (followed by %j)', async (rest) => {
    pages.set(path, PROGRAM).set(`${path}.sha256`, sha256 + rest);
    await archives.fetch('kube-scheduler', '1.36.3', output);
    expect(await readFile(output, 'utf8')).toBe(PROGRAM);
  });

  it('is thrown away when the checksum is another', async () => {
    pages.set(path, `${PROGRAM}!`).set(`${path}.sha256`, sha256);
    const fetched = archives.fetch('kube-scheduler', '1.36.3', output);
    await expect(fetched).rejects.toThrow('does not have the published checksum');
    expect(await isThere(output)).toBe(false);
  });

  it.each(['', 'not found'])('is not taken without a checksum (%j)', async (checksum) => {
    pages.set(path, PROGRAM).set(`${path}.sha256`, checksum);
    await expect(archives.fetch('kube-scheduler', '1.36.3', output)).rejects.toThrow('published checksum');
  });

  it('is not even asked for when no checksum is published', async () => {
    pages.set(path, PROGRAM);
    await expect(archives.fetch('kube-scheduler', '1.36.3', output)).rejects.toThrow('answered 404');
    expect(asked).toEqual([`${path}.sha256`]);
  });
});

describe('an archive of the index', () => {
  const name = `envtest-v1.36.3-${process.platform}-${architecture}.tar.gz`;

  async function publish(sha512?: string): Promise<void> {
    await mkdir(join(folder, 'controller-tools', 'envtest'), { recursive: true });
    await writeFile(join(folder, 'controller-tools', 'envtest', 'etcd'), PROGRAM);
    const archive = execFileSync('tar', ['-czf', '-', '-C', folder, 'controller-tools/envtest/etcd']);
    const hash = sha512 ?? createHash('sha512').update(archive).digest('hex');
    pages.set(`/${name}`, archive);
    pages.set(
      '/index.yaml',
      `releases:\n  v1.36.3:\n    ${name}:\n      hash: ${hash}\n      selfLink: ${base}/${name}\n`,
    );
  }

  it('gives up the one binary that was asked for', async () => {
    await publish();
    await archives.fetch('etcd', '1.36.3', output);
    expect(await readFile(output, 'utf8')).toBe(PROGRAM);
  });

  it('is not opened when its checksum is another', async () => {
    await publish('00');
    await expect(archives.fetch('etcd', '1.36.3', output)).rejects.toThrow('published checksum');
    expect(await isThere(output)).toBe(false);
  });

  it('may not have the version', async () => {
    await publish();
    await expect(archives.fetch('etcd', '1.35.9', output)).rejects.toThrow('no archive of 1.35.9');
  });

  it.each(['', '- a list', 'releases: {}'])('may be unreadable (%j)', async (index) => {
    pages.set('/index.yaml', index);
    await expect(archives.fetch('etcd', '1.36.3', output)).rejects.toThrow('no archive of 1.36.3');
  });
});

it('has nothing for a project that publishes no checksums', async () => {
  await expect(archives.fetch('kwok', '0.8.0', output)).rejects.toThrow('no archive with a published checksum');
  expect(asked).toEqual([]);
});

it('asks an unreachable site once', async () => {
  const closed = { kubernetes: 'http://127.0.0.1:1', index: 'http://127.0.0.1:1/index.yaml' };
  const offline = openArchives({}, signal, closed);
  const first = offline.fetch('etcd', '1.36.3', output);
  await expect(first).rejects.toThrow('127.0.0.1:1 is not reachable');
  const elsewhere = openArchives({ HTTP_PROXY: 'http://127.0.0.1:1' }, signal, { kubernetes: base, index: base });
  await expect(elsewhere.fetch('etcd', '1.36.3', output)).rejects.toThrow('is not reachable');
  await expect(elsewhere.fetch('kube-apiserver', '1.36.3', output)).rejects.toThrow('is not reachable');
  expect(asked).toEqual([]);
  await Promise.all([offline.close(), elsewhere.close()]);
});

it('passes an abort on instead of calling the site unreachable', async () => {
  const abort = new AbortController();
  abort.abort(new Error('no longer wanted'));
  const aborted = openArchives({}, abort.signal, { kubernetes: base, index: `${base}/index.yaml` });
  await expect(aborted.fetch('etcd', '1.36.3', output)).rejects.toThrow('no longer wanted');
  await aborted.close();
});
