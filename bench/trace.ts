import { formatTemplateOutput, loadChart, renderChart } from '@naru/chart';
import type { Chart, RenderOptions } from '@naru/chart';

/** Renders one sizeable chart with and without the read trace, alternating, and prints the ratio. */
const ROUNDS = 40;
const RENDERS = 10;
const SERVICES = 60;

const HELPERS = `
{{- define "big.name" -}}{{ default .root.Chart.Name .service.nameOverride | trunc 63 | trimSuffix "-" }}-{{ .name }}{{- end }}
{{- define "big.labels" -}}
app.kubernetes.io/name: {{ include "big.name" . }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
{{- with .root.Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}`;

const WORKLOAD = `{{- range $name, $service := .Values.services }}
{{- $context := dict "root" $ "name" $name "service" $service }}
{{- if $service.enabled }}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "big.name" $context }}
  labels:
    {{- include "big.labels" $context | nindent 4 }}
spec:
  replicas: {{ $service.replicas | default $.Values.replicas }}
  selector:
    matchLabels:
      app.kubernetes.io/name: {{ include "big.name" $context }}
  template:
    metadata:
      labels:
        {{- include "big.labels" $context | nindent 8 }}
    spec:
      containers:
        - name: {{ $name }}
          image: "{{ $.Values.image.registry }}/{{ $service.image.name }}:{{ $service.image.tag | default $.Chart.AppVersion }}"
          imagePullPolicy: {{ $.Values.image.pullPolicy }}
          env:
            {{- range $key, $value := merge (deepCopy $service.env) $.Values.env }}
            - name: {{ $key }}
              value: {{ tpl (toString $value) $ | quote }}
            {{- end }}
          ports:
            {{- range $service.ports }}
            - containerPort: {{ .port }}
              name: {{ .name }}
            {{- end }}
          {{- with $service.resources }}
          resources:
            {{- toYaml . | nindent 12 }}
          {{- end }}
{{- end }}
{{- end }}
`;

function service(i: number): unknown {
  return {
    enabled: i % 7 !== 0,
    replicas: i % 3,
    image: { name: `team/service-${i}`, tag: i % 2 === 0 ? '' : `1.${i}` },
    env: { LOG: 'info', INDEX: i, HOST: 'service.{{ .Release.Namespace }}.svc' },
    ports: [
      { name: 'http', port: 8080 },
      { name: 'metrics', port: 9090 },
    ],
    resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
  };
}

function chartOf(files: Readonly<Record<string, string>>): Chart {
  const encoder = new TextEncoder();
  return loadChart(new Map(Object.entries(files).map(([name, text]) => [name, encoder.encode(text)])));
}

const chart = chartOf({
  'Chart.yaml': 'apiVersion: v2\nname: big\nversion: 1.0.0\nappVersion: "1.0"\n',
  'templates/_helpers.tpl': HELPERS,
  'templates/workloads.yaml': WORKLOAD,
});
const options: RenderOptions = {
  release: { name: 'rel', namespace: 'ns' },
  values: {
    replicas: 2,
    image: { registry: 'registry.example.com', pullPolicy: 'IfNotPresent' },
    commonLabels: { team: 'platform', stage: 'prod' },
    env: { REGION: 'kr', ZONE: 'a' },
    services: Object.fromEntries(Array.from({ length: SERVICES }, (_, i) => [`service-${i}`, service(i)])),
  },
  capabilities: { kubeVersion: 'v1.37.0' },
  random: { bytes: (count) => new Uint8Array(count) },
  now: () => 0,
};

const plainOutput = formatTemplateOutput(renderChart(chart, options));
const rendered = renderChart(chart, { ...options, trace: true });
if (formatTemplateOutput(rendered) !== plainOutput) throw new Error('the trace changes the output');
const ratios: number[] = [];
const asked: number[] = [];
let plain = 0;
for (let round = 0; round < ROUNDS; round++) {
  plain = cost(() => renderChart(chart, options));
  const traced = cost(() => renderChart(chart, { ...options, trace: true }));
  // The first half warms the machine up.
  if (round >= ROUNDS / 2) ratios.push(traced / plain);
  const { trace } = renderChart(chart, { ...options, trace: true });
  const start = performance.now();
  if ([trace?.unread, trace?.missing, trace?.reads].includes(undefined)) throw new Error('there is no trace');
  asked.push(performance.now() - start);
}
console.log(`${rendered.manifests.length} objects, ${rendered.trace?.reads.length ?? 0} values read`);
console.log(
  `a render takes ${plain.toFixed(2)} ms of processor; with the trace ${median(ratios).toFixed(3)} times that`,
);
console.log(`the three lists of the trace, when all are asked for: ${median(asked).toFixed(2)} ms`);

/** Processor time of one render, in milliseconds: other programs on the machine do not count, collecting garbage does. */
function cost(run: () => unknown): number {
  const start = process.cpuUsage();
  for (let i = 0; i < RENDERS; i++) run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000 / RENDERS;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
