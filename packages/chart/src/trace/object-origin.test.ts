import { describe, expect, it } from 'vitest';
import { loadChart } from '../chart/load-chart.ts';
import { renderChart } from '../render/render-chart.ts';
import type { RenderedChart, Values } from '../render/rendered-chart.ts';
import { encodeUtf8 } from '../value/utf8.ts';
import type { ObjectOrigin } from './object-origin.ts';

type Files = Readonly<Record<string, string>>;

function render(files: Files, values: Values = {}): RenderedChart {
  const all = { 'Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n', ...files };
  const chart = loadChart(new Map(Object.entries(all).map(([name, text]) => [name, encodeUtf8(text)])));
  return renderChart(chart, {
    release: { name: 'rel', namespace: 'ns' },
    values,
    capabilities: { kubeVersion: 'v1.37.0' },
    random: { bytes: (count) => new Uint8Array(count) },
    now: () => 0,
    origins: true,
  });
}

function originOf(rendered: RenderedChart, index = 0): ObjectOrigin {
  const object = [...rendered.manifests, ...rendered.hooks][index];
  if (object === undefined || rendered.origins === undefined) throw new Error('no such object');
  return rendered.origins.of(object);
}

/** The origins of the fields of one template's only object, as `field < value, value`. */
function fieldsOf(template: string, values: Values, more: Files = {}): string[] {
  const { fields } = originOf(render({ ...more, 'templates/a.yaml': template }, values));
  return fields.map(
    ({ field, values: from }) => `${field.join('.')} < ${from.map((path) => path.join('.')).join(', ')}`,
  );
}

const values = {
  name: 'Other',
  image: { name: 'web', tag: '1' },
  hosts: ['a', 'b'],
  ports: [{ port: 1 }, { port: 2 }],
  resources: { limits: { cpu: '1', memory: '2Mi' } },
  on: true,
};

describe('a scalar comes from', () => {
  it.each([
    ['a value that is written', 'a: {{ .Values.name }}', ['a < name']],
    ['two values', 'a: "{{ .Values.image.name }}:{{ .Values.image.tag }}"', ['a < image.name, image.tag']],
    ['a value with a default that is not used', 'a: {{ .Values.none | default .Values.name }}', ['a < name']],
    ['a variable', '{{ $x := .Values.name }}{{ $y := .Values.on }}a: {{ $x }}', ['a < name']],
    [
      'a variable that was assigned again',
      '{{ $x := "" }}{{ if true }}{{ $x = .Values.name }}{{ end }}a: {{ $x }}',
      ['a < name'],
    ],
    ['the dot of with', '{{ with .Values.name }}a: {{ . }}{{ end }}', ['a < name']],
    ['the dot of range', 'a:{{ range .Values.hosts }}\n- {{ . }}{{ end }}', ['a.0 < hosts.0', 'a.1 < hosts.1']],
    [
      'the variables of range',
      'a:{{ range $i, $h := .Values.hosts }}\n- {{ $h }}-{{ $i }}{{ end }}',
      ['a.0 < hosts.0', 'a.1 < hosts.1'],
    ],
    [
      'maps in a list',
      'a:{{ range .Values.ports }}\n- {{ .port }}{{ end }}',
      ['a.0 < ports.0.port', 'a.1 < ports.1.port'],
    ],
    [
      'what toYaml writes',
      'a:\n  {{- toYaml .Values.resources | nindent 2 }}',
      ['a.limits.cpu < resources.limits.cpu', 'a.limits.memory < resources.limits.memory'],
    ],
    ['what tpl writes', 'a: {{ tpl "{{ .Values.name }}" . }}', ['a < name']],
    ['a list that is joined', 'a: {{ join "," .Values.hosts }}', ['a < hosts']],
    ['only what is written, not what decides', 'a: {{ if .Values.on }}{{ .Values.name }}{{ end }}', ['a < name']],
    ['no value', 'a: b\nc: {{ .Release.Name }}\nd: {{ .Values.none }}', []],
    ['its own line when a line before is empty', 'z: {{ .Values.none }}\na: {{ .Values.name }}', ['a < name']],
    ['a default of the chart', 'a: {{ .Values.color }}', ['a < color']],
  ])('%s', (_, template, expected) => {
    expect(fieldsOf(template, values, { 'values.yaml': 'color: red\n' })).toEqual(expected);
  });

  it.each([
    ['nindent', 'a: {{- include "labels" . | nindent 2 }}', 'a.'],
    ['indent', 'a:\n{{ include "labels" . | indent 2 }}', 'a.'],
    ['template', '{{ template "labels" . }}', ''],
    ['an include in an include', 'a: {{- include "outer" . | nindent 2 }}', 'a.'],
  ])('its own line of what is included with %s', (_, template, above) => {
    const helpers = `{{ define "labels" }}app: {{ .Values.image.name }}
version: {{ .Values.image.tag | quote }}
fixed: x{{ end }}{{ define "outer" }}{{ include "labels" . | trim | nindent 0 }}{{ end }}`;

    expect(fieldsOf(template, values, { 'templates/_h.tpl': helpers })).toEqual([
      `${above}app < image.name`,
      `${above}version < image.tag`,
    ]);
  });

  it('all values of an action whose functions changed the included text', () => {
    const helpers = '{{ define "both" }}{{ .Values.image.name }}{{ .Values.image.tag }}{{ end }}';

    expect(fieldsOf('a: {{ include "both" . | upper }}', values, { 'templates/_h.tpl': helpers })).toEqual([
      'a < image.name, image.tag',
    ]);
  });

  it('the data that was given to an include', () => {
    const helpers = '{{ define "it" }}{{ . }}{{ end }}';

    expect(fieldsOf('a: {{ include "it" .Values.name }}', values, { 'templates/_h.tpl': helpers })).toEqual([
      'a < name',
    ]);
  });

  it('the paths of its parent in a subchart', () => {
    const files = {
      'charts/db/Chart.yaml': 'apiVersion: v2\nname: db\nversion: 1.0.0\n',
      'charts/db/templates/a.yaml': 'a: {{ .Values.size }}\nb: {{ .Values.global.zone }}',
    };
    const { fields } = originOf(render(files, { db: { size: 1 }, global: { zone: 'x' } }));

    expect(fields).toEqual([
      { field: ['a'], values: [['db', 'size']] },
      { field: ['b'], values: [['global', 'zone']] },
    ]);
  });
});

describe('an object comes from', () => {
  const template = `{{- $x := 1 }}
kind: Service
---
kind: {{ "ConfigMap" }}
---
kind: {{ .Values.name }}
---
{{ "kind: Job" }}`;

  it('a document of a template, which begins in a line of it', () => {
    const rendered = render({ 'templates/a.yaml': template }, values);
    const origins = rendered.manifests.map((_, i) => originOf(rendered, i));
    const places = rendered.manifests.map(({ kind }, i) => [kind, origins[i]?.document, origins[i]?.line]);

    expect(new Set(origins.map((origin) => origin.template))).toEqual(new Set(['web/templates/a.yaml']));
    expect(places.toSorted(([a], [b]) => String(a).localeCompare(String(b)))).toEqual([
      ['ConfigMap', 2, 4],
      ['Job', 4, undefined],
      ['Other', 3, 6],
      ['Service', 1, 2],
    ]);
  });

  it('is told for hooks too', () => {
    const hook = 'kind: Job\nmetadata:\n  name: {{ .Values.name }}\n  annotations: {helm.sh/hook: test}\n';

    expect(originOf(render({ 'templates/a.yaml': hook }, values)).fields).toEqual([
      { field: ['metadata', 'name'], values: [['name']] },
    ]);
  });

  it('the output stays the same', () => {
    const files = { 'templates/a.yaml': template };
    const { manifests } = render(files, values);

    expect(manifests.map(({ content }) => content).join()).toContain('kind: Other');
  });
});
