import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useFolders } from '../../testing/folder.ts';
import { packChart } from '../source/pack-chart.ts';
import { readChart } from './read-chart.ts';

const write = useFolders();
const HERE = { file: 'platform.yaml', line: 7, column: 5 };
const CHART = 'apiVersion: v2\nname: web\nversion: 1.0.0\n';

describe('readChart', () => {
  it('reads a folder and a packed chart alike', async () => {
    const files = { 'Chart.yaml': CHART, 'templates/a.yaml': 'a: 1\n' };
    const bytes = new Map(Object.entries(files).map(([path, text]) => [path, new TextEncoder().encode(text)]));
    const folder = write({ ...files, 'web-1.0.0.tgz': packChart('web', bytes) });

    const packed = await readChart(join(folder, 'web-1.0.0.tgz'), HERE);
    expect([...packed.keys()].toSorted()).toEqual(Object.keys(files));
    expect([...(await readChart(folder, HERE)).keys()]).toContain('web-1.0.0.tgz');
  });

  it.each([
    ['values.yaml', 'a: 1\n', 'seems to be a YAML file, but expected a gzipped archive'],
    ['web.tgz', 'text', 'does not appear to be a gzipped archive'],
    ['cut.tgz', new Uint8Array([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]), 'unexpected EOF'],
  ])('refuses %s, which is no packed chart', async (name, content, reason) => {
    const folder = write({ [name]: content });

    await expect(readChart(join(folder, name), HERE)).rejects.toMatchObject({
      code: 'CHART_REFUSED',
      details: { messageEn: expect.stringContaining(reason) },
      place: HERE,
    });
  });

  it('says that nothing is there', async () => {
    await expect(readChart('/nowhere/web.tgz', HERE)).rejects.toMatchObject({
      code: 'DOCUMENT_UNREADABLE',
      details: { reason: 'ENOENT' },
      place: HERE,
    });
  });

  it('refuses a file that is far too large, without reading it', async () => {
    const folder = write({ 'web.tgz': '' });
    truncateSync(join(folder, 'web.tgz'), 20_000 * 1024 * 1024);
    const begun = performance.now();

    await expect(readChart(join(folder, 'web.tgz'), HERE)).rejects.toMatchObject({ code: 'DOCUMENT_TOO_LARGE' });
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});
