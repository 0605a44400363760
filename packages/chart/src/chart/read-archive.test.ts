import { gzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { archiveOf, tarOf } from '../../testing/archive.ts';
import { ChartError } from '../error/chart-error.ts';
import { decodeUtf8 } from '../value/utf8.ts';
import { readArchive } from './read-archive.ts';

const MiB = 1024 * 1024;

function textsOf(archive: Uint8Array): object {
  return Object.fromEntries([...readArchive(archive)].map(([path, data]) => [path, decodeUtf8(data)]));
}

function refusal(archive: Uint8Array): ChartError {
  try {
    readArchive(archive);
  } catch (error) {
    if (error instanceof ChartError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

function changedAt(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.with(at, ((bytes.at(at) ?? 0) + 1) % 256);
}

describe('readArchive', () => {
  it('gives files by their paths inside the chart, without folders', () => {
    const archive = archiveOf([
      { name: 'web/', type: '5' },
      { name: 'web/Chart.yaml', text: 'name: web' },
      { name: 'web/./templates//a.yaml', text: 'a' },
      { name: 'web/b/../c.txt', text: 'c' },
    ]);

    expect(textsOf(archive)).toEqual({ 'Chart.yaml': 'name: web', 'templates/a.yaml': 'a', 'c.txt': 'c' });
  });

  it('reads long names, of GNU tar and of pax', () => {
    const deep = `web/${'folder/'.repeat(20)}file.yaml`;
    const record = `path=${deep}\n`;
    const size = record.length + 4;
    const archive = archiveOf([
      { name: '././@LongLink', type: 'L', text: `${deep}\0` },
      { name: deep.slice(0, 90), text: 'gnu' },
      { name: 'PaxHeaders/x', type: 'x', text: `${size} ${record}` },
      { name: 'web/short', text: 'pax' },
      { name: 'pax_global_header', type: 'g', text: '11 comment=\n' },
    ]);

    expect(textsOf(archive)).toEqual({ [deep.slice(4)]: 'pax' });
  });

  it('reads what Windows packed', () => {
    expect(textsOf(archiveOf([{ name: 'web\\templates\\a.yaml', text: 'a' }]))).toEqual({ 'templates/a.yaml': 'a' });
  });

  it('makes an empty file of a link, which so leads nowhere', () => {
    expect(textsOf(archiveOf([{ name: 'web/passwd', type: '2', text: '' }]))).toEqual({ passwd: '' });
  });

  it.each([
    ['an absolute path', 'web//etc/passwd', 'chart illegally contains absolute paths'],
    ['a path that leaves the chart', 'web/../../etc/passwd', 'chart illegally references parent directory'],
    ['a drive of Windows', 'web/c:/x', 'chart contains illegally named files'],
    ['a file beside the folder', 'values.yaml', 'content outside the base directory: "values.yaml"'],
    ['a Chart.yaml without a folder', 'Chart.yaml/x', 'chart yaml not in base directory'],
  ])('refuses %s', (_, name, reason) => {
    const error = refusal(archiveOf([{ name, text: 'x' }]));

    expect(error).toMatchObject({ code: 'CHART_ARCHIVE_INVALID', message: expect.stringContaining(reason) });
  });

  it.each([
    ['what is no gzip stream', new TextEncoder().encode('apiVersion: v2'), 'gzip: invalid header'],
    ['nothing', new Uint8Array(), 'unexpected EOF'],
    ['a stream that is cut off', archiveOf([{ name: 'web/a', text: 'abc' }]).subarray(0, 60), 'unexpected EOF'],
    ['a damaged stream', new Uint8Array([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xff, 0xff, 0xff, 0xff]), 'corrupt'],
    [
      'a stream that says otherwise of itself',
      changedAt(archiveOf([{ name: 'web/a', text: 'abc' }]), -5),
      'invalid checksum',
    ],
    ['a stream of which only the head is there', archiveOf([]).subarray(0, 10), 'unexpected EOF'],
    ['no tar archive', gzipSync(new Uint8Array(600).fill(65)), 'archive/tar: invalid tar header'],
    ['half a header', gzipSync(new Uint8Array(100).fill(65)), 'unexpected EOF'],
    ['half a file', gzipSync(tarOf([{ name: 'web/a', text: 'x'.repeat(600) }]).subarray(0, 700)), 'unexpected EOF'],
    ['no files', archiveOf([]), 'no files in chart archive'],
  ])('refuses %s', (_, archive, reason) => {
    expect(refusal(archive).message).toContain(reason);
  });

  it('leaves a decompression bomb as soon as it is one', () => {
    const bomb = gzipSync(new Uint8Array(160 * MiB), { level: 9 });
    const begun = performance.now();

    expect(bomb.length).toBeLessThan(MiB);
    expect(refusal(bomb).message).toContain('larger than the maximum size 104857600');
    expect(performance.now() - begun).toBeLessThan(5_000);
  });

  it('refuses files that are too large together, however the archive counts them', () => {
    const archive = archiveOf([1, 2].map((part) => ({ name: `web/${part}`, text: ' '.repeat(51 * MiB) })));

    expect(refusal(archive).message).toContain('larger than the maximum size 104857600');
  });
});
