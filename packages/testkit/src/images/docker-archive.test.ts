import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { extract } from 'tar-stream';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type DockerArchive, writeDockerArchive } from './docker-archive.ts';
import type { ImageTree } from './image-tree.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'naru-archive-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const TREE: ImageTree = new Map([
  ['/usr/bin/hello', { kind: 'file', mode: 0o755, content: Buffer.from('#!/bin/sh\n') }],
  ['/bin', { kind: 'link', target: 'usr/bin' }],
  ['/data', { kind: 'directory', mode: 0o700, uid: 999 }],
]);

function archive(tree: ImageTree = TREE): DockerArchive {
  return { reference: 'registry.naru.test/hello:1', config: { Cmd: ['hello'] }, architecture: 'amd64', tree };
}

it('holds what a runtime reads: a manifest, the configuration, and the layer with its digest', async () => {
  const output = join(folder, 'image.tar');
  await writeDockerArchive(archive(), output);

  const files = new Map((await entries(readFileSync(output))).map(({ name, bytes }) => [name, bytes]));
  const layer = files.get('layer.tar') ?? Buffer.alloc(0);
  expect(JSON.parse(String(files.get('manifest.json')))).toEqual([
    { Config: 'config.json', RepoTags: ['registry.naru.test/hello:1'], Layers: ['layer.tar'] },
  ]);
  expect(JSON.parse(String(files.get('config.json')))).toEqual({
    architecture: 'amd64',
    os: 'linux',
    created: '1970-01-01T00:00:00.000Z',
    config: { Cmd: ['hello'] },
    rootfs: { type: 'layers', diff_ids: [`sha256:${createHash('sha256').update(layer).digest('hex')}`] },
  });
  expect(
    (await entries(layer)).map(({ name, type, mode, uid, linkname }) => [name, type, mode, uid, linkname]),
  ).toEqual([
    ['bin', 'symlink', 0o777, 0, 'usr/bin'],
    ['data', 'directory', 0o700, 999, null],
    ['usr', 'directory', 0o755, 0, null],
    ['usr/bin', 'directory', 0o755, 0, null],
    ['usr/bin/hello', 'file', 0o755, 0, null],
  ]);
});

it('gives the same bytes again, in whatever order the tree was built', async () => {
  const [first, second] = [join(folder, 'first.tar'), join(folder, 'second.tar')];
  await writeDockerArchive(archive(), first);
  await writeDockerArchive(archive(new Map([...TREE].reverse())), second);

  expect(readFileSync(second)).toEqual(readFileSync(first));
});

it('leaves nothing behind when a file of the tree cannot be read', async () => {
  const tree: ImageTree = new Map([
    ['/gone', { kind: 'file', mode: 0o644, content: { source: join(folder, 'no such file') } }],
  ]);

  await expect(writeDockerArchive(archive(tree), join(folder, 'image.tar'))).rejects.toThrow('no such file');
  expect(readdirSync(folder)).toEqual([]);
});

interface Entry {
  readonly name: string;
  readonly type: string | null | undefined;
  readonly mode: number | undefined;
  readonly uid: number | undefined;
  readonly linkname: string | null | undefined;
  readonly bytes: Buffer;
}

async function entries(tar: Buffer): Promise<readonly Entry[]> {
  const found: Entry[] = [];
  for await (const entry of Readable.from([tar]).pipe(extract())) {
    const { name, type, mode, uid, linkname } = entry.header;
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(Buffer.from(chunk as Uint8Array));
    found.push({ name: name.replace(/\/$/, ''), type, mode, uid, linkname, bytes: Buffer.concat(chunks) });
  }
  return found;
}
