import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { readFile, rename, rm, stat } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pack, type Pack } from 'tar-stream';
import type { ImageConfig } from './image-recipe.ts';
import { sortedEntries, type ImageTree, type TreeEntry } from './image-tree.ts';

export interface DockerArchive {
  /** `registry/name:tag`. */
  readonly reference: string;
  readonly config: ImageConfig;
  readonly architecture: string;
  readonly tree: ImageTree;
}

type EntryHeader = Parameters<Pack['entry']>[0];

/** Nothing in an archive depends on when or by whom it was made. */
const EPOCH = new Date(0);

/**
 * Writes an image of one layer as `docker save` would, at `output`. The same image gives the same bytes.
 *
 * The file appears complete or not at all.
 */
export async function writeDockerArchive(archive: DockerArchive, output: string): Promise<void> {
  const layer = `${output}.${process.pid}.layer`;
  const draft = `${output}.${process.pid}.draft`;
  try {
    const digest = await writeLayer(archive.tree, layer);
    const config = JSON.stringify({
      architecture: archive.architecture,
      os: 'linux',
      created: EPOCH.toISOString(),
      config: archive.config,
      rootfs: { type: 'layers', diff_ids: [`sha256:${digest}`] },
    });
    const manifest = [{ Config: 'config.json', RepoTags: [archive.reference], Layers: ['layer.tar'] }];
    await writeTar(draft, async (tar) => {
      await addBytes(tar, header('manifest.json'), Buffer.from(JSON.stringify(manifest)));
      await addBytes(tar, header('config.json'), Buffer.from(config));
      const { size } = await stat(layer);
      await pipeline(createReadStream(layer), tar.entry({ ...header('layer.tar'), size }));
    });
    await rename(draft, output);
  } finally {
    await Promise.all([layer, draft].map((path) => rm(path, { force: true })));
  }
}

async function writeLayer(tree: ImageTree, path: string): Promise<string> {
  return writeTar(path, async (tar) => {
    for (const [entryPath, entry] of sortedEntries(tree)) await addEntry(tar, entryPath.slice(1), entry);
  });
}

async function addEntry(tar: Pack, name: string, entry: TreeEntry): Promise<void> {
  if (entry.kind === 'directory') {
    const { mode, uid } = entry;
    return addBytes(tar, { ...header(name), type: 'directory', mode, uid, gid: uid }, Buffer.alloc(0));
  }
  if (entry.kind === 'link') {
    return addBytes(tar, { ...header(name), type: 'symlink', linkname: entry.target, mode: 0o777 }, Buffer.alloc(0));
  }
  const { content, mode } = entry;
  return addBytes(tar, { ...header(name), mode }, 'source' in content ? await readFile(content.source) : content);
}

function header(name: string): EntryHeader {
  return { name, mtime: EPOCH, mode: 0o644, uid: 0, gid: 0 };
}

function addBytes(tar: Pack, header: EntryHeader, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    tar.entry({ ...header, size: bytes.length }, Buffer.from(bytes), (error) => (error ? reject(error) : resolve()));
  });
}

/** Writes what `fill` adds and returns the SHA-256 of the archive. */
async function writeTar(path: string, fill: (tar: Pack) => Promise<void>): Promise<string> {
  const tar = pack();
  const hash = createHash('sha256');
  const tee = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const written = pipeline(tar, tee, createWriteStream(path));
  await Promise.all([fill(tar).then(() => tar.finalize()), written]);
  return hash.digest('hex');
}
