import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ChartError } from '../error/chart-error.ts';
import { encodeJson } from '../value/json.ts';
import { readValuesText } from '../values/read-values.ts';
import { parseYaml, readYaml } from './parse-yaml.ts';

interface Case {
  /** A values file, as a JSON text, so that every character of it can be seen. */
  readonly text: string;
  /** What Helm 4.3.1 makes of it: the values, or why it refuses them. */
  readonly expected: string;
}

const FILE = new URL('../../testdata/yaml/cases.yaml', import.meta.url);
const cases = parseYaml(readFileSync(FILE, 'utf8')) as readonly Case[];

function outcome(text: string): string {
  try {
    return `v: ${JSON.stringify(encodeJson(readValuesText(text, 'values.yaml')))}`;
  } catch (error) {
    if (!(error instanceof ChartError)) throw error;
    return error.message.replace('cannot unmarshal yaml document: ', '');
  }
}

describe('YAML that is not plain', () => {
  it.each(cases.map(({ text, expected }) => [text, expected]))('%s is what it is for Helm', (text, expected) => {
    expect(outcome(JSON.parse(text) as string)).toBe(expected.replace(/^Error: failed to parse \S+: /, ''));
  });

  it('has cases of both kinds', () => {
    expect(cases.filter(({ expected }) => expected.startsWith('v: ')).length).toBeGreaterThan(8);
    expect(cases.length).toBeGreaterThan(100);
  });

  it('stands where it stands in the whole file, also behind other documents', () => {
    const refused = () => readValuesText('a: 1\n---\n# two\nb: @x\n', 'values.yaml');

    expect(refused).toThrow('yaml: line 2: found character that cannot start any token');
    expect(refused).toThrow(expect.objectContaining({ place: { file: 'values.yaml', line: 4, column: 4 } }));
  });

  it.each([
    ['a: \udc80', 'yaml: invalid leading UTF-8 octet'],
    ['a: \udce3x', 'yaml: invalid trailing UTF-8 octet'],
    ['a: \udce3', 'yaml: incomplete UTF-8 octet sequence'],
  ])('refuses bytes that are no UTF-8: %j', (text, reason) => {
    expect(() => readYaml(text)).toThrow(reason);
  });

  it.each([
    ["''b", ''],
    ['[]1', []],
    ['{a: 1},', { a: 1 }],
    ['2\n:', 2],
  ])('stops behind a document that is whole: %j', (text, value) => {
    expect(parseYaml(text)).toEqual(value);
  });

  it('leaves a text with a tag of its own as it is', () => {
    expect(parseYaml('a: !x 1\nb: !\nc: ! true\nd: !!str 2\n')).toEqual({ a: '1', b: '', c: 'true', d: '2' });
  });

  it('takes quoted texts and brackets that go on further left, and keeps blocks of text as they are', () => {
    const text = [
      'a:',
      '  b:',
      '    - [ "x",',
      '"y", # not ] this',
      '  {k: "it\'s',
      'here"}',
      ']',
      "    - 'one",
      '',
      "two''s'",
      '    - |',
      '      "open [',
      '      stays',
      '    - plain [ text " here',
      '',
    ].join('\n');

    expect(parseYaml(text)).toEqual({
      a: { b: [['x', 'y', { k: "it's here" }], "one\ntwo's", '"open [\nstays\n', 'plain [ text " here'] },
    });
  });
});
