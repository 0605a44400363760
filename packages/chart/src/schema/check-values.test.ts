import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../value/utf8.ts';
import { readValuesText } from '../values/read-values.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';
import { describeMismatches, type SchemaChart } from './check-values.ts';

interface Case {
  readonly schema: string;
  readonly values: string;
  /** What Helm 4.3.1 says below the name of the chart; empty when it takes the values. */
  readonly expected: string;
}

const FILE = new URL('../../testdata/schema/cases.yaml', import.meta.url);
const cases = parseYaml(readFileSync(FILE, 'utf8')) as readonly Case[];

function chart(name: string, schema?: string, dependencies: readonly SchemaChart[] = []): SchemaChart {
  return { name, chart: { schema: schema === undefined ? undefined : encodeUtf8(schema) }, dependencies };
}

function mismatches(tree: SchemaChart, values: string): string {
  return describeMismatches(tree, readValuesText(values, 'values.yaml'));
}

describe('describeMismatches', () => {
  it.each(cases.map((entry) => [`${entry.schema} of ${entry.values}`, entry] as const))(
    'says what Helm says: %s',
    (_, entry) => {
      const expected = entry.expected === '' ? '' : `web:\n${entry.expected}`;
      expect(mismatches(chart('web', entry.schema), entry.values).trimEnd()).toBe(expected);
    },
  );

  it('has cases of both kinds', () => {
    expect(cases.filter(({ expected }) => expected === '').length).toBeGreaterThan(3);
    expect(cases.filter(({ expected }) => expected !== '').length).toBeGreaterThan(100);
  });

  it('checks every chart that has a schema, each against its own values', () => {
    const cache = chart('cache', '{"required": ["size"]}');
    const db = chart('db', undefined, [cache]);
    const tree = chart('web', '{"properties": {"a": {"type": "string"}}}', [db]);

    expect(mismatches(tree, 'a: 1\ndb: {cache: {}}')).toBe(
      "web:\n- at '/a': got number, want string\ncache:\n- at '': missing property 'size'\n",
    );
    expect(mismatches(tree, 'a: x\ndb: {cache: {size: 1}}')).toBe('');
    expect(mismatches(tree, 'db: null')).toBe('');
    expect(mismatches(tree, 'db: [1]')).toBe(
      'db:\ninvalid type for values: expected object (map), got []interface {}\n',
    );
  });

  it('names the properties of an object in a fixed order', () => {
    const tree = chart('web', '{"additionalProperties": false}');

    expect(mismatches(tree, 'b: 1\na: 2\n')).toBe("web:\n- at '': additional properties 'a', 'b' not allowed\n");
  });

  it('takes no quadratic time for a long list of different items', () => {
    const items = Array.from({ length: 20_000 }, (_, i) => `- {n: ${i}}`).join('\n');
    const begun = performance.now();

    expect(mismatches(chart('web', '{"properties": {"a": {"uniqueItems": true}}}'), `a:\n${items}\n`)).toBe('');
    expect(performance.now() - begun).toBeLessThan(5_000);
  });

  it('ends when schemas refer to each other', () => {
    const schema = '{"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}}';

    expect(mismatches(chart('web', schema), 'a: 1')).toContain('causing reference cycle');
  });

  it('fetches nothing', () => {
    expect(mismatches(chart('web', '{"$ref": "https://example.com/x.json"}'), '')).toContain(
      'failing loading "https://example.com/x.json": schemas are not fetched',
    );
  });

  it('compiles a schema once', () => {
    const tree = chart('web', '{"type": "object"}');
    const begun = performance.now();
    for (let i = 0; i < 2000; i++) mismatches(tree, 'a: 1');

    expect(performance.now() - begun).toBeLessThan(4_000);
  });
});
