import { decodeUtf8 } from '../value/utf8.ts';

/** One entry of a tar archive. */
export interface TarEntry {
  readonly name: string;
  /** The type flag of its header: `0` for a file, `5` for a folder, `2` for a link. */
  readonly type: string;
  readonly data: Uint8Array;
}

/** Why an archive cannot be read, in the words of Go's `archive/tar`. */
export class TarError extends Error {}

const BLOCK = 512;
const INVALID = 'archive/tar: invalid tar header';

/**
 * The entries of a tar archive in their order: the old format, ustar, and the long names of GNU tar and of pax.
 *
 * Throws `TarError` for a header whose checksum is wrong and for an archive that is cut off.
 */
export function tarEntries(archive: Uint8Array): readonly TarEntry[] {
  const entries: TarEntry[] = [];
  let at = 0;
  let longName: string | undefined;
  while (at < archive.length) {
    const header = blockAt(archive, at);
    if (header.every((byte) => byte === 0)) break;
    const { name, size, type } = readHeader(header);
    const data = archive.subarray(at + BLOCK, at + BLOCK + size);
    if (data.length < size) throw new TarError('unexpected EOF');
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    if (type === 'L') longName = textOf(data);
    else if (type === 'x') longName = paxPath(data) ?? longName;
    else if (type !== 'K' && type !== 'g') {
      entries.push({ name: longName ?? name, type, data });
      longName = undefined;
    }
  }
  return entries;
}

function blockAt(archive: Uint8Array, at: number): Uint8Array {
  const block = archive.subarray(at, at + BLOCK);
  if (block.length < BLOCK) throw new TarError('unexpected EOF');
  return block;
}

function readHeader(header: Uint8Array): { name: string; size: number; type: string } {
  const written = octal(header.subarray(148, 156));
  if (written !== checksum(header)) throw new TarError(INVALID);
  const type = String.fromCharCode(header[156] ?? 0);
  const isUstar = textOf(header.subarray(257, 262)) === 'ustar';
  const prefix = isUstar && header[263] === 0x30 ? textOf(header.subarray(345, 500)) : '';
  const name = textOf(header.subarray(0, 100));
  const isFolder = type === '5' || (['\0', '0'].includes(type) && name.endsWith('/'));
  const hasData = ['\0', '0', '7', 'L', 'K', 'x', 'g', 'S'].includes(type) && !isFolder;
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    size: hasData ? sizeOf(header.subarray(124, 136)) : 0,
    type: isFolder ? '5' : type,
  };
}

/** Sums of all bytes, those of the checksum itself taken for spaces. */
function checksum(header: Uint8Array): number {
  let sum = 8 * 0x20;
  for (const [at, byte] of header.entries()) if (at < 148 || at >= 156) sum += byte;
  return sum;
}

/** Octal digits; or, for sizes from 8 GiB on, a binary number that no chart needs. */
function sizeOf(field: Uint8Array): number {
  if ((field[0] ?? 0) >= 0x80) throw new TarError(INVALID);
  return octal(field);
}

function octal(field: Uint8Array): number {
  const digits = textOf(field).trim();
  if (digits === '') return 0;
  if (!/^[0-7]+$/.test(digits)) throw new TarError(INVALID);
  return Number.parseInt(digits, 8);
}

/** The text up to the first zero byte. */
function textOf(field: Uint8Array): string {
  const end = field.indexOf(0);
  return decodeUtf8(end < 0 ? field : field.subarray(0, end));
}

/** Records of `LENGTH KEY=VALUE`, each with a line break at its end. */
function paxPath(data: Uint8Array): string | undefined {
  let path: string | undefined;
  for (let at = 0; at < data.length; ) {
    const space = data.indexOf(0x20, at);
    const length = Number(decodeUtf8(data.subarray(at, Math.max(at, space))));
    if (space < 0 || !Number.isSafeInteger(length) || length <= space - at || at + length > data.length) {
      throw new TarError(INVALID);
    }
    const record = decodeUtf8(data.subarray(space + 1, at + length - 1));
    if (record.startsWith('path=')) path = record.slice('path='.length);
    at += length;
  }
  return path;
}
