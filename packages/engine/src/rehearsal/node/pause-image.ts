import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';

/** The image of the process that holds a pod's namespaces. */
export const PAUSE_IMAGE = 'rehearsal.naru.dev/pause:1';

const BLOCK = 512;
const NOBODY = '65535:65535';

/** Writes an image archive, as `docker save` does, whose one layer holds one program. */
export async function writePauseImage(program: string, archive: string): Promise<void> {
  const layer = tar([{ name: 'pause', mode: 0o755, content: await readFile(program) }]);
  const config = {
    architecture: process.arch === 'x64' ? 'amd64' : process.arch,
    os: 'linux',
    created: '1970-01-01T00:00:00Z',
    config: { Entrypoint: ['/pause'], User: NOBODY },
    rootfs: { type: 'layers', diff_ids: [`sha256:${createHash('sha256').update(layer).digest('hex')}`] },
  };
  const manifest = [{ Config: 'config.json', RepoTags: [PAUSE_IMAGE], Layers: ['layer.tar'] }];
  const json = (value: object): Buffer => Buffer.from(JSON.stringify(value));
  await writeFile(
    archive,
    tar([
      { name: 'manifest.json', mode: 0o644, content: json(manifest) },
      { name: 'config.json', mode: 0o644, content: json(config) },
      { name: 'layer.tar', mode: 0o644, content: layer },
    ]),
  );
}

interface TarFile {
  readonly name: string;
  readonly mode: number;
  readonly content: Buffer;
}

/** A tar of regular files of root, dated 1970, so that the same content gives the same bytes. */
function tar(files: readonly TarFile[]): Buffer {
  const blocks = files.flatMap(({ content, ...file }) => [
    header({ ...file, content }),
    content,
    Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK),
  ]);
  return Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]);
}

/** The fields of POSIX ustar that matter: name, mode, owner, size, time, checksum, type, magic. */
function header({ name, mode, content }: TarFile): Buffer {
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, '0')}\0`;
  block.write(name, 0);
  block.write(octal(mode, 7), 100);
  block.write(octal(0, 7), 108);
  block.write(octal(0, 7), 116);
  block.write(octal(content.length, 11), 124);
  block.write(octal(0, 11), 136);
  block.write(' '.repeat(8), 148); // the checksum counts itself as blanks
  block.write('0', 156);
  block.write('ustar\x0000', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}
