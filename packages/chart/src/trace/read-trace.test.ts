import { describe, expect, it } from 'vitest';
import { loadChart } from '../chart/load-chart.ts';
import { renderChart } from '../render/render-chart.ts';
import type { RenderOptions } from '../render/render-options.ts';
import type { Values } from '../render/rendered-chart.ts';
import { encodeUtf8 } from '../value/utf8.ts';
import type { ReadTrace } from './read-trace.ts';

type Files = Readonly<Record<string, string>>;

function trace(files: Files, values: Values = {}, more: Partial<RenderOptions> = {}): ReadTrace {
  const all = { 'Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n', ...files };
  const chart = loadChart(new Map(Object.entries(all).map(([name, text]) => [name, encodeUtf8(text)])));
  const rendered = renderChart(chart, {
    release: { name: 'rel', namespace: 'ns' },
    values,
    capabilities: { kubeVersion: 'v1.37.0' },
    random: { bytes: (count) => new Uint8Array(count) },
    now: () => 0,
    trace: true,
    ...more,
  });
  if (rendered.trace === undefined) throw new Error('no trace was made');
  return rendered.trace;
}

/** The trace of one template that writes nothing that is no comment. */
function traceOf(template: string, values: Values = {}): ReadTrace {
  return trace({ 'templates/a.yaml': `{{- $_ := "" }}\n# ${template}` }, values);
}

const dotted = (paths: readonly { readonly path: readonly (string | number)[] }[]): string[] =>
  paths.map(({ path }) => path.join('.'));

describe('reads', () => {
  const values = {
    image: { name: 'web', tag: '1' },
    list: ['x', { port: 1 }],
    deep: { a: { b: { c: 1, d: 2 } } },
    other: 'o',
  };

  it.each([
    ['a field', '{{ .Values.image.tag }}', 'image.tag'],
    ['a field of a variable', '{{ $i := .Values.image }}{{ $i.tag }}', 'image,image.tag'],
    ['a field of the dot of with', '{{ with .Values.image }}{{ .tag }}{{ end }}', 'image,image.tag'],
    ['a chain', '{{ (.Values.deep.a).b.c }}', 'deep.a,deep.a.b.c'],
    ['index', '{{ index .Values "deep" "a" "b" "c" }}{{ index .Values.list 0 }}', 'deep.a.b.c,list,list.0'],
    ['get', '{{ get .Values.image "tag" }}', 'image,image.tag'],
    ['dig', '{{ dig "a" "b" "c" "none" .Values.deep }}', 'deep,deep.a.b.c'],
    ['hasKey', '{{ hasKey .Values.image "tag" }}', 'image,image.tag'],
    ['pluck', '{{ pluck "tag" .Values.image }}', 'image,image.tag'],
    ['range over a list', '{{ range .Values.list }}{{ end }}', 'list,list.0'],
    ['range over a map', '{{ range $k, $v := .Values.image }}{{ end }}', 'image,image.name,image.tag'],
    ['range over a list of maps', '{{ range rest .Values.list }}{{ .port }}{{ end }}', 'list,list.0,list.1.port'],
    ['keys', '{{ keys .Values.image }}', 'image,image.name,image.tag'],
    ['pick', '{{ (pick .Values.image "tag").tag }}', 'image,image.tag'],
    ['deepCopy', '{{ (deepCopy .Values.deep).a.b.d }}', 'deep,deep.a.b.d'],
    ['a dict', '{{ (dict "v" .Values.deep.a).v.b.c }}', 'deep.a,deep.a.b.c'],
    ['a list', '{{ (first (list .Values.image)).tag }}', 'image,image.tag'],
    ['default', '{{ (default dict .Values.image).tag }}', 'image,image.tag'],
    ['a merge', '{{ (merge dict .Values.image .Values.deep).a.b.c }}', 'deep,deep.a.b.c,image'],
    [
      'a merge of what lies deeper',
      '{{ (merge (deepCopy .Values.deep) .Values.image).a.b.c }}',
      'deep,deep.a.b.c,image',
    ],
    ['set', '{{ $d := set dict "x" .Values.deep }}{{ $d.x.a.b.c }}', 'deep,deep.a.b.c'],
    ['AsMap', '{{ .Values.AsMap.other }}', 'other'],
    ['tpl', '{{ tpl "{{ .Values.image.tag }}" . }}', 'image.tag'],
    ['tpl with a dict', '{{ tpl "{{ .v.tag }}" (dict "v" .Values.image) }}', 'image,image.tag'],
  ])('knows %s', (_, template, expected) => {
    expect(dotted(traceOf(template, values).reads).join(',')).toBe(expected);
  });

  it.each([
    ['toYaml', '{{ toYaml .Values.deep | quote }}'],
    ['toJson in a pipe', '{{ .Values.deep | toJson }}'],
    ['a print', '{{ .Values.deep }}'],
    ['printf', '{{ printf "%v" .Values.deep }}'],
    ['a dict around it', '{{ dict "x" .Values.deep | toJson }}'],
  ])('takes everything below with %s', (_, template) => {
    const { reads, unread } = traceOf(template, values);

    expect(reads.filter(({ isWhole }) => isWhole)).toMatchObject([{ path: ['deep'] }]);
    expect(dotted(unread)).toEqual(['image', 'list', 'other']);
  });

  it('takes all values with toYaml of them, of the dot, and with YAML', () => {
    for (const template of ['{{ toJson .Values }}', '{{ toJson . }}', '{{ .Values.YAML | quote }}']) {
      expect(traceOf(template, values).unread).toEqual([]);
    }
  });

  it('names the lines that a value reaches, through helpers and tpl', () => {
    const { reads } = trace(
      {
        'templates/_h.tpl': '{{ define "h" }}\n  {{ .v.tag }}{{ end }}',
        'templates/a.yaml': 'a: {{ include "h" (dict "v" .Values.image) }}\nb:\n  {{ tpl .Values.text . | quote }}',
      },
      { image: { tag: '1' }, text: '{{ .Values.image.tag }}' },
    );

    expect(reads.find(({ path }) => path.join('.') === 'image.tag')?.places).toEqual([
      { file: 'web/templates/_h.tpl', line: 2, column: 8 },
      { file: 'web/templates/a.yaml', line: 3, column: 6 },
    ]);
  });

  it('counts a value that a chart has set itself as none', () => {
    expect(traceOf('{{ $_ := set .Values "made" (dict "x" 1) }}{{ .Values.made.x }}').reads).toEqual([]);
  });

  it('does not end with a map that contains itself', () => {
    const template =
      '{{ $_ := set .Values.image "self" .Values.image }}{{ $m := pick .Values.image "tag" "self" }}{{ $m.self.self.tag }}';

    expect(dotted(traceOf(template, values).reads)).toEqual(['image', 'image.tag']);
  });
});

describe('unread values', () => {
  it('are named as high as nothing below was read, and where another branch could read them', () => {
    const { unread } = traceOf(
      '{{ if .Values.ingress.enabled }}{{ .Values.ingress.hosts }}{{ end }}{{ .Values.image.tag }}',
      {
        ingress: { enabled: false, hosts: ['a'], hostz: { x: [1] } },
        image: { tag: 1, tagg: 2 },
        typo: { a: 1, b: { c: 2 } },
        empty: {},
        gone: null,
      },
    );

    expect(unread).toEqual([
      { path: ['ingress', 'hosts'], isNamed: true },
      { path: ['ingress', 'hostz'], isNamed: false },
      { path: ['image', 'tagg'], isNamed: false },
      { path: ['typo'], isNamed: false },
      { path: ['empty'], isNamed: false },
      { path: ['gone'], isNamed: false },
    ]);
  });

  it('do not include what a chart declares: conditions, tags, imports and schemas', () => {
    const { unread, reads } = trace(
      {
        'Chart.yaml':
          'apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies: [{name: db, version: 1.x, condition: db.enabled, tags: [data], import-values: [data]}, {name: spare, version: 1.x, condition: spare.on}]\n',
        'values.schema.json': '{"properties": {"size": {"properties": {"width": {}}}}}',
        'charts/db/Chart.yaml': 'apiVersion: v2\nname: db\nversion: 1.0.0\n',
        'charts/spare/Chart.yaml': 'apiVersion: v2\nname: spare\nversion: 1.0.0\n',
      },
      {
        db: { enabled: true, exports: { data: { x: 1 } }, y: 1 },
        spare: { on: false, z: 1 },
        tags: { data: true, nope: true },
        size: { width: 1, height: 2 },
      },
    );

    expect(unread).toEqual([
      { path: ['db', 'y'], isNamed: false },
      { path: ['spare', 'z'], isNamed: true },
      { path: ['tags', 'nope'], isNamed: false },
      { path: ['size', 'height'], isNamed: false },
    ]);
    expect(reads).toContainEqual({ path: ['db', 'enabled'], isWhole: false, places: [] });
  });

  it('leave a schema that nobody can read alone', () => {
    const files = { 'values.schema.json': '{', 'templates/a.yaml': '' };

    expect(dotted(trace(files, { a: 1 }, { skipSchemaValidation: true }).unread)).toEqual(['a']);
  });
});

describe('subcharts', () => {
  const files = {
    'charts/db/Chart.yaml': 'apiVersion: v2\nname: db\nversion: 1.0.0\n',
    'charts/db/values.yaml': 'port: 1\nglobal: {own: 1}\n',
    'charts/db/templates/a.yaml':
      '# {{ .Values.port }} {{ .Values.global.region }} {{ .Values.global.own }} {{ .Values.global.none | default 1 }} {{ .Values.global.map.x }}',
    'templates/a.yaml': '# {{ .Values.db.name }} {{ .Subcharts.db.Values.nick }}',
  };

  it('have their values and globals at the paths of their parent', () => {
    const { reads, missing, unread } = trace(files, {
      global: { region: 'eu', map: { x: 1 }, idle: 1 },
      db: { name: 'n', nick: 'm', typo: 1 },
    });

    expect(dotted(reads)).toEqual(['db.global.own', 'db.name', 'db.nick', 'db.port', 'global.map.x', 'global.region']);
    expect(missing).toMatchObject([{ path: ['global', 'none'], isGuarded: true }]);
    expect(dotted(unread)).toEqual(['global.idle', 'db.typo']);
  });
});

describe('missing values', () => {
  it.each([
    ['{{ .Values.x }}', false],
    ['{{ quote .Values.x }}', false],
    ['{{ include "web.h" (dict "v" .Values.x) }}', false],
    ['{{ if .Values.x }}{{ end }}', true],
    ['{{ if and true (eq .Values.x "a") }}{{ end }}', true],
    ['{{ with .Values.x }}{{ end }}', true],
    ['{{ range .Values.x }}{{ end }}', true],
    ['{{ .Values.x | default 1 }}', true],
    ['{{ .Values.x | toString | default 1 }}', true],
    ['{{ default 1 .Values.x }}', true],
    ['{{ $a := default 1 (get .Values "x") }}', true],
    ['{{ hasKey .Values "x" }}', true],
    ['{{ if true }}{{ else if .Values.x }}{{ end }}', undefined],
    ['{{ if false }}{{ else }}{{ .Values.x }}{{ end }}', false],
    ['{{ template "web.h" .Values.x }}', false],
    ['{{ $_ := set .Values "x" 1 }}{{ .Values.x }}', undefined],
  ])('in %s are guarded: %s', (template, isGuarded) => {
    const { missing } = trace({
      'templates/_h.tpl': '{{ define "web.h" }}{{ end }}',
      'templates/a.yaml': `# ${template}`,
    });

    expect(missing).toMatchObject(isGuarded === undefined ? [] : [{ path: ['x'], isGuarded }]);
    for (const { place } of missing) expect(place).toMatchObject({ file: 'web/templates/a.yaml', line: 1 });
  });

  it('are not those that a default has', () => {
    const files = {
      'values.yaml': 'x: 1\nlist: [{a: 1}]\n',
      'templates/a.yaml': '# {{ .Values.x }}{{ (first .Values.list).b }}',
    };

    expect(trace(files).missing).toMatchObject([{ path: ['list', 0, 'b'], isGuarded: false }]);
  });
});
