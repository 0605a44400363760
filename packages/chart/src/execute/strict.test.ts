import { expect, it } from 'vitest';
import { loadChart } from '../chart/load-chart.ts';
import { ChartError } from '../error/chart-error.ts';
import { renderChart } from '../render/render-chart.ts';
import { encodeUtf8 } from '../value/utf8.ts';

function render(template: string, strict: boolean): string {
  const files = { 'Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n', 'templates/a.yaml': template };
  const chart = loadChart(new Map(Object.entries(files).map(([name, text]) => [name, encodeUtf8(text)])));
  try {
    const { manifests } = renderChart(chart, {
      release: { name: 'rel', namespace: 'ns' },
      values: { set: { a: 1 }, nothing: null },
      capabilities: { kubeVersion: 'v1.37.0' },
      random: { bytes: (count) => new Uint8Array(count) },
      now: () => 0,
      strict,
    });
    return manifests.map(({ content }) => content).join('');
  } catch (error) {
    if (error instanceof ChartError) return error.message;
    throw error;
  }
}

it.each([
  ['a: {{ .Values.x }}', 'map has no entry for key "x"'],
  ['a: {{ .Values.x | default 1 }}', 'map has no entry for key "x"'],
  ['a: {{ .Values.set.b }}', 'map has no entry for key "b"'],
  ['a: {{ if .Values.x }}1{{ end }}', 'map has no entry for key "x"'],
  ['a: {{ (dict "k" 1).x }}', 'map has no entry for key "x"'],
  ['a: {{ tpl "{{ .Values.x }}" . }}', 'map has no entry for key "x"'],
  ['{{ define "t" }}{{ .Values.x }}{{ end }}a: {{ include "t" . }}', 'map has no entry for key "x"'],
  ['a: {{ with dict }}{{ .x }}{{ else }}{{ $.Values.x }}{{ end }}', 'map has no entry for key "x"'],
])('strict rendering refuses %s, which else writes nothing', (template, reason) => {
  expect(render(template, true)).toContain(reason);
  expect(render(template, false)).toMatch(/^a: ?1?$/);
});

it.each([
  'a: {{ .Values.set.a }}',
  'a: {{ index .Values "x" }}1',
  'a: {{ get .Values "x" }}1',
  'a: {{ hasKey .Values "x" }}',
])('strict rendering lets %s pass', (template) => {
  expect(render(template, true)).toBe(render(template, false));
  expect(render(template, true)).toMatch(/^a: (1|false)$/);
});
