import { join } from 'node:path';
import { Refusal } from '@naru/core';
import { useScratch } from '@naru/testkit';
import { describe, expect, it } from 'vitest';
import { readBatch } from './batch-file.ts';

const scratch = useScratch();
const WEB = { name: 'web', release: 'web', chart: 'charts/web', namespace: 'shop' };

const read = async (list: unknown) => readBatch(await scratch.write('batch.json', JSON.stringify(list, null, 1)));

async function refusal(reading: Promise<unknown>): Promise<readonly string[]> {
  const error: unknown = await reading.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Refusal)) throw new Error('not refused');
  return error.findings.map(
    ({ error: { code, message, place } }) => `${code} ${place?.line}:${place?.column} ${message}`,
  );
}

describe('a list of releases', () => {
  it('names charts and values files from where it lies', async () => {
    const [release] = await read([{ ...WEB, values: ['values/a.yaml', '/b.yaml'] }]);

    expect(release).toEqual({
      ...WEB,
      chart: join(scratch.directory, 'charts/web'),
      values: [join(scratch.directory, 'values/a.yaml'), '/b.yaml'],
    });
  });

  it('may be YAML, and may be empty', async () => {
    const yaml = '- name: web\n  release: web\n  chart: web\n  namespace: shop\n  set: [a=1]\n';

    expect(await readBatch(await scratch.write('batch.yaml', yaml))).toMatchObject([{ name: 'web', set: ['a=1'] }]);
    expect(await read([])).toEqual([]);
  });
});

describe('a list is refused, with the place,', () => {
  it('when a field is unknown', async () => {
    expect(await refusal(read([{ ...WEB, value: ['a.yaml'] }]))).toEqual([
      'FIELD_UNKNOWN 7:3 0 has no field `value`; did you mean `values`?',
    ]);
  });

  it('for everything that is wrong with it', async () => {
    expect(await refusal(read([{ name: 'web', chart: 7 }, 'web']))).toEqual([
      'FIELD_MISSING 2:2 0 lacks the field `release`',
      'FIELD_MISTYPED 4:3 `0.chart` must be a string, and a number stands here',
      'FIELD_MISSING 2:2 0 lacks the field `namespace`',
      'FIELD_MISTYPED 6:2 `1` must be a map, and a string stands here',
    ]);
  });

  it.each(['../web', 'a/b', '.hidden', '..', '', 'a\\b', 'a\nb', 'x'.repeat(201), '-o'])(
    'when %j is to name a file',
    async (name) => {
      expect(await refusal(read([{ ...WEB, name }]))).toMatchObject([expect.stringMatching(/^FIELD_INVALID 3:3 /)]);
    },
  );

  it.each(['web', 'WEB'])('when %j would write the same file again', async (name) => {
    expect(await refusal(read([WEB, { ...WEB, name: 'db' }, { ...WEB, name }]))).toEqual([
      `RELEASE_REPEATED 15:3 another release of the batch writes the file of \`${name}\``,
    ]);
  });

  it.each([
    ['is no list', '{"name": "web"}', 'FIELD_MISTYPED'],
    ['is neither JSON nor YAML', '[{"name": }', 'DOCUMENT_MALFORMED'],
  ])('when it %s', async (_, text, code) => {
    const [found] = await refusal(readBatch(await scratch.write('odd.json', text)));

    expect(found).toContain(code);
  });

  it('when it cannot be read', async () => {
    expect(await refusal(readBatch(join(scratch.directory, 'absent.json')))).toMatchObject([
      expect.stringMatching(/^DOCUMENT_UNREADABLE .*ENOENT/),
    ]);
  });
});
