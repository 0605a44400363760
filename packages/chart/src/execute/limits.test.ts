import { describe, expect, it } from 'vitest';
import { loadChart } from '../chart/load-chart.ts';
import { ChartError } from '../error/chart-error.ts';
import { renderChart } from '../render/render-chart.ts';
import { encodeUtf8 } from '../value/utf8.ts';
import { isLargerThan } from './limits.ts';
import type { RenderLimits } from './limits.ts';

function render(template: string, limits: Partial<RenderLimits> = {}): string {
  const files = { 'Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n', 'templates/a.yaml': template };
  const chart = loadChart(new Map(Object.entries(files).map(([name, text]) => [name, encodeUtf8(text)])));
  const rendered = renderChart(chart, {
    release: { name: 'rel', namespace: 'ns' },
    values: { t: '{{ tpl .Values.t . }}' },
    capabilities: { kubeVersion: 'v1.37.0' },
    random: { bytes: (count) => new Uint8Array(count) },
    now: () => 0,
    limits,
  });
  return rendered.manifests.map(({ content }) => content).join('');
}

function refusal(template: string, limits?: Partial<RenderLimits>): ChartError {
  try {
    render(template, limits);
  } catch (error) {
    if (error instanceof ChartError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

/** A map of `levels` maps that each hold the next one twice. */
const doubling = (levels: number): string =>
  `{{ $x := dict "a" 1 }}{{ range until ${levels} }}{{ $x = dict "a" $x "b" $x }}{{ end }}`;

function countdown(from: number): string {
  const next = '{{ with . }}{{ include "next" (dict "left" (sub .left 1)) | nindent 0 | trim }}{{ end }}';
  const define = `{{ define "next" }}{{ if gt (int .left) 0 }}${next}{{ else }}end{{ end }}{{ end }}`;
  return `${define}a: {{ include "next" (dict "left" ${from}) }}`;
}

describe('templates that include themselves', () => {
  it('reach as deep as in Helm, whose limit is 1,001 includes of one name', () => {
    expect(render(countdown(1000))).toBe('a: end');
    expect(refusal(countdown(1001)).message).toMatch(
      /error calling include: rendering template has a nested reference name: next: unable to execute template$/,
    );
  });

  it('are refused with a place when they reach the limit that was given', () => {
    const error = refusal('{{ define "l" }}{{ template "l" . }}{{ end }}\n{{ template "l" . }}', {
      nestedTemplates: 50,
    });

    expect(error).toMatchObject({ code: 'TEMPLATE_LIMIT_EXCEEDED', details: { what: 'nested templates', limit: 50 } });
  });

  it.each([
    ['tpl', '{{ tpl .Values.t . }}'],
    ['a value that contains itself', '{{ $x := list }}{{ range until 50000 }}{{ $x = list $x }}{{ end }}{{ $x }}'],
    ['fromJson', '{{ fromJsonArray (repeat 300000 "[") }}'],
    ['branches', `${'{{ if true }}'.repeat(999)}${'{{ end }}'.repeat(999)}`],
  ])('never end in a crash: %s', (_, template) => {
    expect(['STACK_EXHAUSTED', 'TEMPLATE_LIMIT_EXCEEDED', 'MANIFEST_INVALID', undefined]).toContain(codeOf(template));
  });

  it('are refused where the template stands when the stack ends before', () => {
    const error = refusal('{{ $x := list }}{{ range until 100000 }}{{ $x = list $x }}{{ end }}{{ $x }}');

    expect(error).toMatchObject({ code: 'STACK_EXHAUSTED', place: { file: 'web/templates/a.yaml' } });
  });
});

function codeOf(template: string): string | undefined {
  try {
    render(template);
  } catch (error) {
    if (error instanceof ChartError) return error.code;
    throw error;
  }
  return undefined;
}

describe('work without end', () => {
  const steps = 10_000;

  it.each([
    ['loops in loops', '{{ range until 5000 }}{{ range until 5000 }}{{ end }}{{ end }}'],
    ['a range over an integer', '{{ range 1000000000000 }}{{ end }}'],
    [
      'includes that double',
      '{{ define "l" }}{{ if lt .n 90 }}{{ include "l" (dict "n" (add1 .n)) }}{{ include "l" (dict "n" (add1 .n)) }}{{ end }}{{ end }}{{ include "l" (dict "n" (int64 0)) }}',
    ],
    ['actions', '{{ 1 }}'.repeat(10_001)],
    ['a list that grows', '{{ $l := list }}{{ range until 4000 }}{{ $l = append $l 1 }}{{ end }}'],
    ['long texts', '{{ $x := repeat 1000000 "x" }}{{ range until 100 }}{{ $y := upper $x }}{{ end }}'],
  ])('is stopped after so many steps: %s', (_, template) => {
    const error = refusal(template, { steps });

    expect(error).toMatchObject({ code: 'TEMPLATE_LIMIT_EXCEEDED', details: { what: 'steps', limit: steps } });
    expect(error.place?.file).toBe('web/templates/a.yaml');
  });

  it('counts all templates of a render together, and each render for itself', () => {
    const template = '{{ range until 4000 }}{{ end }}{{ range until 4000 }}{{ end }}';

    expect(render(template, { steps })).toBe('');
    expect(render(template, { steps })).toBe('');
  });

  it.each(['toYaml $x', 'toJson $x', '$x', 'deepCopy $x', 'toToml $x', 'merge (dict) $x $x', 'printf "%v" $x'])(
    'is stopped before values that double are gone through: {{ %s }}',
    (expression) => {
      const error = refusal(`${doubling(60)}{{ ${expression} }}`);

      expect(error).toMatchObject({ code: 'TEMPLATE_LIMIT_EXCEEDED', details: { what: 'entries', limit: 1_000_000 } });
    },
  );

  it('lets values that are shared pass while they are small', () => {
    expect(render(`${doubling(3)}a: {{ toJson $x }}`)).toContain('"a":{"a":{"a":{"a":1');
  });
});

describe('output without end', () => {
  it.each([
    ['of a template', '{{ $x := repeat 1000 "x" }}{{ range until 200 }}{{ $x }}{{ end }}', 'characters of output'],
    ['of a function', '{{ $x := "x" }}{{ range until 60 }}{{ $x = print $x $x }}{{ end }}', 'characters of text'],
    [
      'of a function that quotes',
      '{{ $x := "x" }}{{ range until 60 }}{{ $x = quote $x }}{{ end }}',
      'characters of text',
    ],
  ])('%s is stopped', (_, template, what) => {
    const limit = 100_000;
    const error = refusal(template, { outputCharacters: limit, textCharacters: limit });

    expect(error).toMatchObject({ code: 'TEMPLATE_LIMIT_EXCEEDED', details: { what, limit } });
  });

  it('is stopped where a text would be longer than a machine can hold', () => {
    const error = refusal('{{ replace "a" (repeat 100000 "b") (repeat 100000 "a") }}');

    expect(error).toMatchObject({ code: 'TEMPLATE_LIMIT_EXCEEDED', details: { what: 'characters of text' } });
  });

  it('is stopped for lists that double', () => {
    const error = refusal('{{ $x := list 1 }}{{ range until 60 }}{{ $x = concat $x $x }}{{ end }}', { entries: 1000 });

    expect(error).toMatchObject({ details: { what: 'entries', limit: 1000 } });
  });

  it('may be larger when the limits say so', () => {
    const template = 'a: {{ range until 20 }}{{ repeat 10 "x" }}{{ end }}';

    expect(refusal(template, { outputCharacters: 100 }).code).toBe('TEMPLATE_LIMIT_EXCEEDED');
    expect(render(template, { outputCharacters: 203 })).toHaveLength(203);
  });
});

describe('isLargerThan', () => {
  it('counts what is shared as often as a walk meets it, and ends with what contains itself', () => {
    const shared = [1, 2, 3];
    const loop: unknown[] = [];
    loop.push(loop);

    expect(isLargerThan([shared, shared], 8)).toBe(false);
    expect(isLargerThan([shared, shared], 7)).toBe(true);
    expect(isLargerThan(new Map([['a', shared]]), 4)).toBe(false);
    expect(isLargerThan(loop as never, 1000)).toBe(true);
    expect(isLargerThan('text', 0)).toBe(false);
  });
});
