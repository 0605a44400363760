import { gzipSync } from 'node:zlib';
import type { ChartFiles } from '@naru/chart';

const BLOCK = 512;

/** Packs the files of a chart as a `.tgz`, below a folder of the chart's name. Equal files give equal bytes. */
export function packChart(name: string, files: ChartFiles): Uint8Array {
  const entries = [...files]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([path, content]) => entryOf(`${name}/${path}`, content));
  return gzipSync(Buffer.concat([...entries, Buffer.alloc(2 * BLOCK)]));
}

function entryOf(path: string, content: Uint8Array): Uint8Array[] {
  const bytes = Buffer.from(path);
  // What does not fit into a header goes before it, in an entry of its own.
  const long =
    bytes.length <= 100
      ? []
      : [headerOf('././@LongLink', bytes.length + 1, 'L'), padded(Buffer.concat([bytes, Buffer.alloc(1)]))];
  return [...long, headerOf(bytes.subarray(0, 100), content.length, '0'), padded(content)];
}

function headerOf(name: string | Uint8Array, size: number, type: string): Buffer {
  const header = Buffer.alloc(BLOCK);
  header.set(typeof name === 'string' ? Buffer.from(name) : name, 0);
  const octal = (value: number, at: number, digits: number): void => {
    header.write(`${value.toString(8).padStart(digits, '0')}\0`, at, 'latin1');
  };
  octal(0o644, 100, 7);
  octal(0, 108, 7);
  octal(0, 116, 7);
  octal(size, 124, 11);
  octal(0, 136, 11);
  header.fill(' ', 148, 156);
  header.write(type, 156, 'latin1');
  header.write('ustar  \0', 257, 'latin1');
  octal(
    header.reduce((sum, byte) => sum + byte, 0),
    148,
    6,
  );
  return header;
}

function padded(content: Uint8Array): Buffer {
  return Buffer.concat([content, Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK)]);
}
