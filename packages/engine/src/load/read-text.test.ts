import { execFileSync } from 'node:child_process';
import { chmodSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { getuid } from 'node:process';
import { describe, expect, it } from 'vitest';
import { useFolders } from '../../testing/folder.ts';
import { readText } from './read-text.ts';

const write = useFolders();
const LIMIT = 1_000;

async function refusalOf(path: string): Promise<object | undefined> {
  const { finding } = await readText(path, LIMIT, { file: 'platform.yaml', line: 3, column: 9 });
  return finding?.error;
}

describe('readText', () => {
  it('reads UTF-8, with or without a byte order mark', async () => {
    const folder = write({ plain: '나루\n', marked: '\ufeff나루\n', empty: '' });
    expect((await readText(join(folder, 'plain'), LIMIT)).text).toBe('나루\n');
    expect((await readText(join(folder, 'marked'), LIMIT)).text).toBe('나루\n');
    expect((await readText(join(folder, 'empty'), LIMIT)).text).toBe('');
  });

  it('reads a file that is exactly as large as it may be, and no byte more', async () => {
    const folder = write({ full: 'x'.repeat(LIMIT), more: 'x'.repeat(LIMIT + 1) });
    expect((await readText(join(folder, 'full'), LIMIT)).text).toHaveLength(LIMIT);
    expect(await refusalOf(join(folder, 'more'))).toMatchObject({
      code: 'DOCUMENT_TOO_LARGE',
      details: { bytes: LIMIT + 1, limitBytes: LIMIT },
    });
  });

  it('refuses a huge file without reading it', async () => {
    const folder = write({ huge: '' });
    truncateSync(join(folder, 'huge'), 20_000_000_000);
    const begun = performance.now();
    expect(await refusalOf(join(folder, 'huge'))).toMatchObject({ code: 'DOCUMENT_TOO_LARGE' });
    expect(performance.now() - begun).toBeLessThan(500);
  });

  it.each([
    { what: 'UTF-16', content: Buffer.from('\ufeffkind: Platform', 'utf16le') },
    { what: 'a broken sequence', content: Uint8Array.of(0x61, 0xc3, 0x28) },
    { what: 'half a character at the end', content: Buffer.from('나').subarray(0, 2) },
  ])('refuses $what', async ({ content }) => {
    expect(await refusalOf(join(write({ text: content }), 'text'))).toMatchObject({
      code: 'DOCUMENT_UNREADABLE',
      details: { reason: 'not UTF-8' },
      place: { file: 'platform.yaml', line: 3, column: 9 },
    });
  });

  it('refuses folders, pipes and devices instead of waiting for them', async () => {
    const folder = write({ 'sub/file': '' });
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    symlinkSync('/dev/zero', join(folder, 'device'));
    expect(await refusalOf(join(folder, 'sub'))).toMatchObject({ details: { reason: 'EISDIR' } });
    expect(await refusalOf(join(folder, 'pipe'))).toMatchObject({ details: { reason: 'not a file' } });
    expect(await refusalOf(join(folder, 'device'))).toMatchObject({ details: { reason: 'not a file' } });
  });

  it('names what is not there, in its own place when nobody mentioned it', async () => {
    const file = join(write({}), 'nothing.yaml');
    expect(await refusalOf(file)).toMatchObject({ code: 'DOCUMENT_UNREADABLE', details: { file, reason: 'ENOENT' } });
    expect((await readText(file, LIMIT)).finding?.error.place).toEqual({ file, line: 1, column: 1 });
  });

  it('names what it may not read', async (context) => {
    if (getuid?.() === 0) context.skip('root may read everything');
    const file = join(write({ secret: 'text' }), 'secret');
    chmodSync(file, 0);
    expect(await refusalOf(file)).toMatchObject({ details: { reason: 'EACCES' } });
  });
});
