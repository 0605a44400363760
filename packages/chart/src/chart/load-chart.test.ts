import { describe, expect, it } from 'vitest';
import { packedChart } from '../../testing/archive.ts';
import { ChartError } from '../error/chart-error.ts';
import { encodeUtf8 } from '../value/utf8.ts';
import type { ChartFiles } from './chart.ts';
import { filterIgnored } from './helm-ignore.ts';
import { chartDefaults, loadChart } from './load-chart.ts';

const CHART = 'apiVersion: v2\nname: web\nversion: 1.0.0\n';

function filesOf(files: Readonly<Record<string, string>>): ChartFiles {
  return new Map(Object.entries(files).map(([name, text]) => [name, encodeUtf8(text)]));
}

function refusal(files: Readonly<Record<string, string>>): ChartError {
  try {
    loadChart(filesOf(files));
  } catch (error) {
    if (error instanceof ChartError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('loadChart', () => {
  it('sorts files into metadata, values, templates, subcharts and the rest', () => {
    const chart = loadChart(
      filesOf({
        'Chart.yaml': `\ufeff${CHART}`,
        'values.yaml': '\ufeffa: 1\n---\nb: {c: 2}\n---\n',
        'values.schema.json': '{}',
        'templates/a.yaml': 'x',
        'config/x.txt': 'y',
        'README.md': 'z',
        'charts/db/Chart.yaml': 'name: db\nversion: 0.1.0\n',
        'charts/.hidden/Chart.yaml': 'broken',
        'charts/_off/Chart.yaml': 'broken',
        'charts/db.tgz.prov': 'signature',
      }),
    );

    expect(chart.metadata).toMatchObject({ name: 'web', version: '1.0.0', apiVersion: 'v2' });
    expect(chartDefaults(chart)).toEqual({ a: 1, b: { c: 2 } });
    expect(chart.templates.map(({ name }) => name)).toEqual(['templates/a.yaml']);
    expect(chart.files.map(({ name }) => name)).toEqual(['README.md', 'charts/db.tgz.prov', 'config/x.txt']);
    expect(chart.dependencies.map(({ metadata }) => metadata.name)).toEqual(['db']);
    expect(chart.schema).toBeDefined();
  });

  it('reads the requirements of an old chart', () => {
    const chart = loadChart(
      filesOf({
        'Chart.yaml': 'name: web\nversion: 1.0.0\nappVersion: 1.10\ndeprecated: true\n',
        'requirements.yaml': 'dependencies: [{name: db, version: 1.x, alias: store}]\n',
      }),
    );

    expect(chart.metadata.dependencies).toMatchObject([{ name: 'db', alias: 'store' }]);
    expect(chart.metadata).toMatchObject({ apiVersion: 'v1', appVersion: '1.1', deprecated: true });
  });

  it.each([
    ['no Chart.yaml', {}, 'Chart.yaml file is missing'],
    ['no name', { 'Chart.yaml': 'version: 1.0.0\n' }, 'chart.metadata.name is required'],
    ['a name that leaves the folder', { 'Chart.yaml': 'name: ..\nversion: 1.0.0\n' }, 'is not allowed'],
    ['a name with a slash', { 'Chart.yaml': 'name: a/b\nversion: 1.0.0\n' }, 'is invalid'],
    ['no version', { 'Chart.yaml': 'name: web\n' }, 'chart.metadata.version is required'],
    ['a version that is none', { 'Chart.yaml': 'name: web\nversion: one\n' }, '"one" is invalid'],
    ['an unknown type', { 'Chart.yaml': `${CHART}type: other\n` }, 'must be application or library'],
    [
      'an alias with signs',
      { 'Chart.yaml': `${CHART}dependencies: [{name: a, alias: "a b"}]\n` },
      'disallowed characters',
    ],
    [
      'a dependency twice',
      { 'Chart.yaml': `${CHART}dependencies: [{name: a}, {name: a}]\n` },
      'more than one dependency',
    ],
    [
      'an unknown apiVersion',
      { 'Chart.yaml': 'apiVersion: v9\nname: a\nversion: 1.0.0\n' },
      'unsupported chart version',
    ],
    [
      'no maintainer',
      { 'Chart.yaml': `${CHART}maintainers: [null]\n` },
      'maintainers must not contain empty or null nodes',
    ],
    ['no dependency', { 'Chart.yaml': `${CHART}dependencies: [null]\n` }, 'dependencies must not contain empty'],
    [
      'a packed subchart that is none',
      { 'Chart.yaml': CHART, 'charts/db.tgz': 'x' },
      'error unpacking subchart db.tgz in web: unexpected EOF',
    ],
    [
      'a lone file in charts',
      { 'Chart.yaml': CHART, 'charts/readme': 'x' },
      'error unpacking subchart readme in web: Chart.yaml file is missing',
    ],
    ['values that are a list', { 'Chart.yaml': CHART, 'values.yaml': '- a\n' }, 'cannot unmarshal'],
    ['values that are no YAML', { 'Chart.yaml': CHART, 'values.yaml': 'a: [\n' }, 'cannot load values.yaml: '],
    ['a Chart.yaml that is no YAML', { 'Chart.yaml': 'a: [\n' }, 'cannot load Chart.yaml: '],
  ])('refuses a chart with %s', (_, files, message) => {
    const error = refusal(files);

    expect(error.message).toContain(message);
    expect(error.place?.line ?? 1).toBeGreaterThan(0);
  });

  it.each([
    ['name: {a: 1}', 'Chart.yaml: error unmarshaling JSON', 'object into Go struct field Metadata.name of type string'],
    ['keywords: abc', '', 'string into Go struct field Metadata.keywords of type []string'],
    ['keywords: [[]]', '', 'array into Go struct field Metadata.keywords of type string'],
    ['deprecated: "yes"', '', 'string into Go struct field Metadata.deprecated of type bool'],
    ['annotations: {a: {b: 1}}', '', 'object into Go struct field Metadata.annotations of type string'],
    ['dependencies: [abc]', '', 'string into Go struct field Metadata.dependencies of type v2.Dependency'],
    ['dependencies: [{name: {}}]', '', 'object into Go struct field Dependency.dependencies.name of type string'],
  ])('names the field of Chart.yaml with a wrong type: %s', (line, start, end) => {
    const { message } = refusal({ 'Chart.yaml': `${line.startsWith('name') ? 'version: 1.0.0\n' : CHART}${line}\n` });

    expect(message).toContain(start);
    expect(message).toContain(`json: cannot unmarshal ${end}`);
  });

  it('refuses a lock file with wrong types', () => {
    expect(refusal({ 'Chart.yaml': CHART, 'Chart.lock': 'dependencies: 5\n' }).message).toContain(
      'cannot load Chart.lock: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal number into Go struct field Lock.dependencies of type []*v2.Dependency',
    );
  });

  it('loads packed charts, also inside of packed charts', () => {
    const inner = packedChart('cache', { 'Chart.yaml': 'name: cache\nversion: 0.2.0\n' });
    const packed = packedChart('db', { 'Chart.yaml': 'name: db\nversion: 0.1.0\n', 'charts/cache-0.2.0.tgz': inner });
    const chart = loadChart(new Map([...filesOf({ 'Chart.yaml': CHART }), ['charts/db-0.1.0.tgz', packed]]));

    expect(chart.dependencies.map(({ metadata }) => metadata.name)).toEqual(['db']);
    expect(chart.dependencies[0]?.dependencies.map(({ metadata }) => metadata.version)).toEqual(['0.2.0']);
  });

  it('bounds what packed charts expand to together', () => {
    const large = packedChart('a', { 'Chart.yaml': 'name: a\nversion: 0.1.0\n', x: ' '.repeat(40 * 1024 * 1024) });
    const files = new Map([
      ...filesOf({ 'Chart.yaml': CHART }),
      ...[1, 2, 3].map((n) => [`charts/${n}.tgz`, large] as const),
    ]);

    expect(() => loadChart(files)).toThrow('packed charts expand to more than');
  });

  it('refuses charts that are nested without end', () => {
    const files: Record<string, string> = {};
    for (let depth = 0; depth < 60; depth++) files[`${'charts/a/'.repeat(depth)}Chart.yaml`] = CHART;

    expect(refusal(files).message).toContain('nested more than');
  });
});

describe('filterIgnored', () => {
  const kept = (rules: string, ...paths: string[]): string[] => [
    ...filterIgnored(filesOf({ '.helmignore': rules, ...Object.fromEntries(paths.map((path) => [path, ''])) })).keys(),
  ];

  it('hides what a rule matches, whole folders too', () => {
    expect(
      kept(
        '# comment\n\n*.bak\nsecret/\n/root.txt\na/b.txt\n[xy].txt\nq?.md\n\\*.lit',
        'a.bak',
        'd/a.bak',
        'secret/deep/x',
        'd/secret/x',
        'root.txt',
        'd/root.txt',
        'a/b.txt',
        'x.txt',
        'z.txt',
        'q1.md',
        '*.lit',
      ),
    ).toEqual(['.helmignore', 'd/root.txt', 'z.txt']);
  });

  it('hides hidden templates without being told', () => {
    expect(kept('', 'templates/.swp', 'templates/a.yaml')).toEqual(['.helmignore', 'templates/a.yaml']);
  });

  it('hides everything else when a rule is negated, as Helm does', () => {
    expect(kept('!keep.txt', 'keep.txt', 'other.txt')).toEqual(['keep.txt']);
    expect(kept('!keep/', 'file.txt')).toEqual([]);
  });

  it.each(['**/x', 'a[', 'a\\'])('refuses the rule %s', (rule) => {
    expect(() => kept(rule, 'a')).toThrow(ChartError);
  });
});
