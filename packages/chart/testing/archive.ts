import { gzipSync } from 'fflate';

export interface TestEntry {
  readonly name: string;
  /** `0` when left out: a file. */
  readonly type?: string;
  readonly text?: string | Uint8Array;
}

/** A `.tgz` with these entries, whatever they are. */
export function archiveOf(entries: readonly TestEntry[]): Uint8Array {
  return gzipSync(tarOf(entries), { mtime: 0 });
}

/** A packed chart: `files` in a folder of the name `top`. */
export function packedChart(top: string, files: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  return archiveOf(Object.entries(files).map(([path, text]) => ({ name: `${top}/${path}`, text })));
}

export function tarOf(entries: readonly TestEntry[]): Uint8Array {
  const blocks = entries.flatMap(({ name, type = '0', text = '' }) => {
    const data = typeof text === 'string' ? new TextEncoder().encode(text) : text;
    const padded = new Uint8Array(Math.ceil(data.length / 512) * 512);
    padded.set(data);
    return [headerOf(name, type, data.length), padded];
  });
  const whole = new Uint8Array([...blocks.map((block) => block.length), 1024].reduce((sum, length) => sum + length, 0));
  let at = 0;
  for (const block of blocks) {
    whole.set(block, at);
    at += block.length;
  }
  return whole;
}

function headerOf(name: string, type: string, size: number): Uint8Array {
  const header = new Uint8Array(512);
  const put = (text: string, at: number): void => header.set(new TextEncoder().encode(text), at);
  put(name.slice(0, 100), 0);
  put('0000644', 100);
  put(`${size.toString(8).padStart(11, '0')} `, 124);
  put('        ', 148);
  put(type, 156);
  put('ustar\u000000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  put(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}
