import { describe, expect, it } from 'vitest';
import { ChartError } from '../error/chart-error.ts';
import { loadChart } from '../chart/load-chart.ts';
import { encodeUtf8 } from '../value/utf8.ts';
import { formatTemplateOutput } from './format-output.ts';
import { renderChart } from './render-chart.ts';
import type { RenderOptions } from './render-options.ts';
import type { RenderedChart } from './rendered-chart.ts';

function options(overrides: Partial<RenderOptions> = {}): RenderOptions {
  return {
    release: { name: 'rel', namespace: 'ns' },
    values: {},
    capabilities: { kubeVersion: 'v1.37.0' },
    random: { bytes: (count) => new Uint8Array(count).map((_, i) => (i * 31 + 7) % 256) },
    now: () => Date.UTC(2026, 0, 2, 3, 4, 5),
    ...overrides,
  };
}

function render(files: Readonly<Record<string, string>>, overrides: Partial<RenderOptions> = {}): RenderedChart {
  return renderChart(chartOf(files), options(overrides));
}

function chartOf(files: Readonly<Record<string, string>>) {
  const all = { 'Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n', ...files };
  return loadChart(new Map(Object.entries(all).map(([name, text]) => [name, encodeUtf8(text)])));
}

/** What one template writes below the key `a`. */
function write(expression: string, overrides: Partial<RenderOptions> = {}): string {
  const { manifests } = render({ 'templates/a.yaml': `a: |\n  ${expression}` }, overrides);
  return (manifests[0]?.content ?? '').slice('a: |\n  '.length);
}

function failure(run: () => unknown): ChartError {
  try {
    run();
  } catch (error) {
    if (error instanceof ChartError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('renderChart', () => {
  it('gives manifests, hooks, CRDs and notes as data', () => {
    const rendered = render({
      'templates/service.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: s}\n',
      'templates/hook.yaml':
        'apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: j\n  annotations:\n    helm.sh/hook: pre-install, post-upgrade\n    helm.sh/hook-weight: "-5"\n    helm.sh/hook-delete-policy: Hook-Succeeded,before-hook-creation\n',
      'templates/NOTES.txt': 'Hello {{ .Release.Name }}',
      'crds/a.yaml': 'kind: CustomResourceDefinition',
    });

    expect(rendered.manifests).toMatchObject([
      { template: 'web/templates/service.yaml', apiVersion: 'v1', kind: 'Service', name: 's' },
    ]);
    expect(rendered.hooks).toMatchObject([
      {
        kind: 'Job',
        events: ['pre-install', 'post-upgrade'],
        weight: -5,
        deletePolicies: ['hook-succeeded', 'before-hook-creation'],
      },
    ]);
    expect(rendered.crds).toEqual([{ template: 'web/crds/a.yaml', content: 'kind: CustomResourceDefinition' }]);
    expect(rendered.notes).toBe('Hello rel');
    expect(formatTemplateOutput(rendered, { includeCrds: true, noHooks: true })).toContain('# Source: web/crds/a.yaml');
  });

  it('gives the same bytes when rendered twice, and never changes its chart or the given values', () => {
    const chart = chartOf({
      'values.yaml': 'a: {b: 1}\n',
      'templates/a.yaml':
        '{{ $_ := set .Values.a "b" 2 }}{{ $_ = set .Values.given "x" 2 }}a: {{ .Values.a.b }}{{ randAlphaNum 8 }}',
    });
    const values = { given: { x: 1 } };

    const first = renderChart(chart, options({ values }));
    const second = renderChart(chart, options({ values }));

    expect(second).toEqual(first);
    expect(values).toEqual({ given: { x: 1 } });
  });

  it('keeps integers that come as bigints apart from floats', () => {
    expect(write('{{ .Values.i }} {{ .Values.f }}', { values: { i: 1000000n, f: 1000000 } })).toBe('1000000 1e+06');
  });

  it('asks the given lookup, clock and random source, and nothing else', () => {
    const lookup = ({ kind, name }: { kind: string; name: string }) => ({ data: { [kind]: name } });

    expect(write('{{ (lookup "v1" "Secret" "ns" "s").data.Secret }}', { lookup })).toBe('s');
    expect(write('{{ now | date "2006-01-02 15:04:05" }} {{ now | unixEpoch }}')).toBe(
      '2026-01-02 03:04:05 1767323045',
    );
    expect(write('{{ ago (now | dateModify "-90m") }} {{ durationRound (now | dateModify "-3h") }}')).toBe(
      '1h30m0s 3h',
    );
    expect(write('{{ randAlpha 5 | len }} {{ randNumeric 3 | regexMatch "^[0-9]{3}$" }} {{ randAscii 4 | len }}')).toBe(
      '5 true 4',
    );
    expect(
      write(
        '{{ randInt 5 6 }} {{ uuidv4 | regexMatch "^[0-9a-f]{8}-[0-9a-f]{4}-4" }} {{ randBytes 3 | b64dec | len }}',
      ),
    ).toBe('5 true 3');
    expect(write('{{ shuffle "abc" | len }} {{ getHostByName "example.com" }}')).toBe('3 ');
  });

  it.each(['env', 'expandenv'])('has no function %s', (name) => {
    expect(failure(() => write(`{{ ${name} "HOME" }}`)).message).toContain(`function "${name}" not defined`);
  });

  it.each(['{{ htpasswd "a" "b" }}', '{{ (genCA "a" 1).Cert | quote }}', '{{ genPrivateKey "ecdsa" | quote }}'])(
    'gives the same for %s while the randomness is the same',
    (expression) => {
      const other = { random: { bytes: (count: number) => new Uint8Array(count).fill(1) } };
      expect(write(expression)).toBe(write(expression));
      expect(write(expression)).not.toBe(write(expression, other));
    },
  );
});

describe('what the engine refuses', () => {
  it('places an error in the file, line and column of the deepest template', () => {
    const error = failure(() =>
      render({
        'templates/_h.tpl': '{{ define "h" }}\n  {{ .Values.x.y }}{{ end }}',
        'templates/a.yaml': 'a: {{ include "h" . }}',
      }),
    );

    expect(error.code).toBe('TEMPLATE_FAILED');
    expect(error.place).toEqual({ file: 'web/templates/_h.tpl', line: 2, column: 13 });
    expect([error.template, error.line, error.column]).toEqual(['web/templates/_h.tpl', 2, 13]);
    expect(error.message).toMatch(/^web\/templates\/a\.yaml:1:6\n/);
    expect(error.remedyIn('en')).toMatch(/values/);
    expect(error.messageIn('ko')).toMatch(/템플릿/);
  });

  it('places a parse error', () => {
    const error = failure(() => render({ 'templates/a.yaml': 'a:\n  {{ if }}' }));

    expect(error.code).toBe('TEMPLATE_INVALID');
    expect(error.place).toMatchObject({ file: 'web/templates/a.yaml', line: 2 });
  });

  it.each([
    ['a manifest that is no YAML', 'a: b: c', /^YAML parse error on web\/templates\/a\.yaml: error converting YAML/],
    ['a manifest that is a list', '- a', /cannot unmarshal array/],
    ['a manifest that is a text', 'abc', /cannot unmarshal string/],
    ['a manifest that is a boolean', 'true', /cannot unmarshal bool/],
  ])('refuses %s', (_, content, message) => {
    const error = failure(() => render({ 'templates/a.yaml': content }));

    expect(error.code).toBe('MANIFEST_INVALID');
    expect(error.message).toMatch(message);
  });

  it.each([
    ['an include that includes itself', '{{ define "l" }}{{ include "l" . }}{{ end }}{{ include "l" . }}'],
    ['a template that calls itself', '{{ define "l" }}{{ template "l" . }}{{ end }}{{ template "l" . }}'],
    ['a tpl that calls itself', '{{ define "l" }}{{ tpl .Values.t . }}{{ end }}{{ include "l" . }}'],
    ['an endless range', '{{ range until 5000 }}{{ range until 5000 }}{{ end }}{{ end }}'],
    ['a text without measure', '{{ $x := repeat 1000000 "x" }}{{ range until 200 }}{{ $x }}{{ end }}'],
  ])('stops %s', (_, template) => {
    const error = failure(() => render({ 'templates/a.yaml': template }, { values: { t: '{{ include "l" . }}' } }));

    expect(['TEMPLATE_LIMIT_EXCEEDED', 'STACK_EXHAUSTED', 'TEMPLATE_FAILED']).toContain(error.code);
  });

  it('stops a list and a repetition without measure', () => {
    expect(failure(() => write('{{ until 999999999 }}')).message).toContain('exceeds the limit');
    expect(failure(() => write('{{ repeat 999999999 "abc" }}')).message).toContain('exceeds the limit');
    expect(failure(() => write('{{ indent -1 "x" }}')).message).toContain('negative Repeat count');
    expect(failure(() => write('{{ repeat -1 "x" }}')).message).toContain('negative Repeat count');
  });

  it.each([
    ['{{ randInt 5 5 }}', 'invalid argument to Intn'],
    ['{{ call 5 }}', 'non-function 5 of type int'],
    ['{{ html nil }}{{ le true false }}', 'invalid type for comparison'],
    ['{{ lt nil 1 }}', 'invalid type for comparison'],
    ['{{ eq (list) (dict) }}', 'non-comparable types'],
    ['{{ nil }}', 'nil is not a command'],
    ['{{ nil.x }}', 'unexpected . after term'],
    ['{{ 1i }}', '"1i"'],
    ["{{ 'ab' }}", "'ab'"],
    ['{{ 99999999999999999999 }}', '"99999999999999999999"'],
    ['{{ divf 1 0 }}', 'decimal division by 0'],
    ['{{ chunk 0 (list 1) }}', 'out of range'],
    ['{{ slice (list 1) 5 }}', 'slice index out of bounds'],
    ['{{ dig "a" (dict) }}', 'dig needs at least three arguments'],
    ['{{ dig 1 "d" (dict "a" 1) }}', 'interface {} is int, not string'],
    ['{{ deepCopy nil }}', 'reflect: call of reflect.Value.Type on zero Value'],
    ['{{ urlParse "\\n" }}', 'invalid control character'],
    ['{{ urlParse "http://h/%zz" }}', 'invalid URL escape'],
    ['{{ urlJoin (dict "host" 1) }}', 'must be of type string'],
    ['{{ mustToToml (dict "a" (list nil)) }}', 'toml: cannot encode array with nil element'],
    ['{{ mustToJson (float64 "inf") }}', 'unsupported value'],
    ['{{ mustToYaml (float64 "inf") }}', 'unsupported value'],
    ['{{ mustToDate "2006" "x" }}', 'parsing time'],
    ['{{ mustDateModify "x" now }}', 'invalid duration'],
    ['{{ mustToDuration "x" }}', 'could not parse duration'],
    ['{{ mustToDuration nil }}', 'invalid duration'],
    ['{{ mustToDuration (list) }}', 'unsupported duration type'],
    ['{{ mustToDuration "" }}', 'empty duration'],
    ['{{ semver "1.2.3-01" }}', 'version segment starts with 0'],
    ['{{ mustRegexFind "a**" "a" }}', 'invalid nested repetition operator'],
    ['{{ mustRegexFind "[a" "a" }}', 'missing closing ]'],
    ['{{ mustRegexFind "a)" "a" }}', 'unexpected )'],
    ['{{ mustRegexFind "(?=a)" "a" }}', 'invalid or unsupported Perl syntax'],
    ['{{ mustRegexFind "\\\\y" "a" }}', 'invalid escape sequence'],
    ['{{ mustRegexFind "a{1001}" "a" }}', 'invalid repeat count'],
    ['{{ mustRegexFind "a\\\\" "a" }}', 'trailing backslash'],
    ['{{ mustRegexFind "[[:nope:]]" "a" }}', 'invalid character class range'],
    ['{{ mustRegexFind "\\\\p{Nope}" "a" }}', 'invalid syntax'],
    ['{{ regexFind "`(" "a" }}', 'Compile("`(")'],
    ['{{ ceil }}', 'wrong number of args for ceil: want 1 got 0'],
    ['{{ template "x" nil }}', 'template "x" not defined'],
    ['{{ and }}', 'wrong number of args for and'],
    ['{{ $x = 1 }}', 'undefined variable: $x'],
    ['{{ range $i, $e := 3 }}{{ end }}', 'to iterate over more than one variable'],
    ['{{ duration now | mustToDate "x" }}', 'parsing time'],
    ['{{ unset nil "a" | len | upper }}', 'len of nil pointer'],
    ['{{ round 1 "x" }}', 'expected integer; found "x"'],
    ['{{ ternary 1 2 3 }}', 'expected bool; found 3'],
    ['{{ round 1 1 "x" }}', 'expected float; found "x"'],
    ['{{ get "x" "y" }}', `can't handle "x" for arg of type map[string]interface {}`],
    ['{{ upper nil }}', 'cannot assign nil to string'],
    ['{{ get nil nil }}', 'cannot assign nil to string'],
    ['{{ (dict "a" 1).b.c }}', 'nil pointer evaluating interface {}.c'],
    ['{{ 5 | upper }}', 'wrong type for value; expected string; got int'],
    ['{{ until "x" }}', 'expected integer; found "x"'],
    ['{{ ternary 1 2 .Values }}', 'expected bool; got common.Values'],
    ['{{ unixEpoch .Values }}', 'expected time.Time; got common.Values'],
    ['{{ len (semver "1.2.3") }}', 'len of type semver.Version'],
    ['{{ (semver "1.2.3").Nope }}', "can't evaluate field Nope in type *semver.Version"],
    ['{{ .Capabilities.KubeVersion.Major 1 }}', 'Major has arguments but cannot be invoked as function'],
  ])('refuses %s as Go does', (template, message) => {
    expect(failure(() => write(template)).message).toContain(message);
  });

  it.each([
    [
      'a Kubernetes version that the chart does not support',
      { 'Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\nkubeVersion: ">=2"\n' },
      'CHART_VERSION_UNSUPPORTED',
    ],
    [
      'a dependency that is not there',
      { 'Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies: [{name: db, version: 1.x}]\n' },
      'CHART_DEPENDENCY_MISSING',
    ],
    [
      'values for a subchart that are no map',
      { 'values.yaml': 'db: 5\n', 'charts/db/Chart.yaml': 'name: db\nversion: 1.0.0\n' },
      'VALUES_INVALID',
    ],
  ])('refuses %s', (_, files, code) => {
    const error = failure(() => render(files));

    expect(error.code).toBe(code);
    expect(error.remedyIn('ko')).not.toBe('');
  });

  it('refuses a Kubernetes version that is none', () => {
    expect(failure(() => render({}, { capabilities: { kubeVersion: 'new' } })).code).toBe('VALUES_INVALID');
  });
});
