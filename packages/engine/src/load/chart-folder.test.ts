import { mkdirSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useFolders } from '../../testing/folder.ts';
import { readChartFolder } from './chart-folder.ts';

const write = useFolders();
const HERE = { file: 'platform.yaml', line: 7, column: 5 };
const MiB = 1024 * 1024;

function texts(files: ReadonlyMap<string, Uint8Array>): object {
  return Object.fromEntries([...files].map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]));
}

describe('readChartFolder', () => {
  it('reads every file, however deep, in the order of their paths', async () => {
    const files = { 'Chart.yaml': 'name: a\n', 'templates/a.yaml': 'a', 'charts/sub/templates/b.yaml': 'b' };
    const read = await readChartFolder(write(files), HERE);
    expect(texts(read)).toEqual(files);
    expect([...read.keys()]).toEqual(Object.keys(files).toSorted());
  });

  it('keeps bytes that are no text', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    const read = await readChartFolder(write({ 'files/logo.png': bytes }), HERE);
    expect(new Uint8Array(read.get('files/logo.png') ?? [])).toEqual(bytes);
  });

  it('follows links to files and folders', async () => {
    const folder = write({ 'Chart.yaml': 'name: a\n' });
    const shared = write({ 'templates/_shared.tpl': 'shared', 'notes.txt': 'notes' });
    mkdirSync(join(folder, 'charts'));
    symlinkSync(shared, join(folder, 'charts', 'shared'));
    symlinkSync(join(shared, 'notes.txt'), join(folder, 'notes.txt'));
    expect(texts(await readChartFolder(folder, HERE))).toEqual({
      'Chart.yaml': 'name: a\n',
      'charts/shared/templates/_shared.tpl': 'shared',
      'charts/shared/notes.txt': 'notes',
      'notes.txt': 'notes',
    });
  });

  it('follows two links to one folder', async () => {
    const folder = write({ 'one/a': 'a' });
    symlinkSync(join(folder, 'one'), join(folder, 'two'));
    symlinkSync(join(folder, 'one'), join(folder, 'six'));
    expect([...(await readChartFolder(folder, HERE)).keys()]).toEqual(['one/a', 'six/a', 'two/a']);
  });

  it.each([
    { what: 'to itself', target: 'loop', at: 'loop' },
    { what: 'to the folder it stands in', target: '.', at: 'loop' },
    { what: 'to a folder above', target: '../..', at: 'a/b/loop' },
  ])('refuses a link $what', async ({ target, at }) => {
    const folder = write({ 'a/b/file': 'text' });
    symlinkSync(target, join(folder, at));
    await expect(readChartFolder(folder, HERE)).rejects.toMatchObject({
      code: 'DOCUMENT_UNREADABLE',
      details: { file: expect.stringContaining('loop'), reason: 'ELOOP' },
      place: HERE,
    });
  });

  it('refuses folders that links multiply', async () => {
    const folder = write({ 'l0/file': 'text' });
    for (let level = 1; level <= 17; level += 1) {
      mkdirSync(join(folder, `l${level}`));
      for (const side of ['a', 'b']) symlinkSync(`../l${level - 1}`, join(folder, `l${level}`, side));
    }
    await expect(readChartFolder(folder, HERE)).rejects.toMatchObject({ code: 'DOCUMENT_TOO_COMPLEX', place: HERE });
  });

  it('names a link to nothing', async () => {
    const folder = write({ 'Chart.yaml': 'name: a\n' });
    symlinkSync('nowhere', join(folder, 'dangling.yaml'));
    await expect(readChartFolder(folder, HERE)).rejects.toMatchObject({
      details: { file: join(folder, 'dangling.yaml'), reason: 'ENOENT' },
    });
  });

  it.each([
    { what: 'that is not there', path: 'nothing', reason: 'ENOENT' },
    { what: 'that is a file', path: 'chart.tgz', reason: 'ENOTDIR' },
  ])('refuses a folder $what, where it was named', async ({ path, reason }) => {
    const file = join(write({ 'chart.tgz': 'bytes' }), path);
    await expect(readChartFolder(file, HERE)).rejects.toMatchObject({
      code: 'DOCUMENT_UNREADABLE',
      details: { file, reason },
      place: HERE,
    });
  });

  it('refuses more than Helm takes, without reading it', async () => {
    const folder = write({ 'Chart.yaml': 'name: a\n', 'files/huge': '' });
    // A sparse file: reading it would take seconds and gigabytes.
    truncateSync(join(folder, 'files', 'huge'), 20_000 * MiB);
    const begun = performance.now();
    await expect(readChartFolder(folder, HERE)).rejects.toMatchObject({
      code: 'DOCUMENT_TOO_LARGE',
      details: { file: folder, limitBytes: 100 * MiB },
      place: HERE,
    });
    expect(performance.now() - begun).toBeLessThan(1_000);
  });

  it('neither reads nor counts what .helmignore hides', async () => {
    const folder = write({ 'Chart.yaml': 'name: a\n', '.helmignore': '*.bin\ntmp/\n', 'tmp/x': 'x', 'dump.bin': '' });
    truncateSync(join(folder, 'dump.bin'), 20_000 * MiB);
    expect([...(await readChartFolder(folder, HERE)).keys()]).toEqual(['.helmignore', 'Chart.yaml']);
  });
});
