import { loadChart, renderChart } from '@naru/chart';
import { type Contest, median } from './contest.ts';
import { batchTime } from './processes.ts';

const ROUNDS = 3;
const BATCHES = [10, 100, 1000];
/** Ten times as much may take a little more than ten times as long: collecting garbage, and noise. */
const GROWTH_LIMIT = 1.5;

/** How time grows: with releases, with calls of `tpl`, and with the depth of includes. What is linear stays at 1. */
export async function benchGrowth(contest: Contest, chart: string): Promise<void> {
  const times: number[] = [];
  for (const count of BATCHES) {
    const releases = Array.from({ length: count }, (_, index) => ({
      name: `r${index}`,
      release: `r${index}`,
      chart,
      namespace: 'default',
    }));
    const rounds: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await batchTime(contest, releases));
    times.push(median(rounds));
  }
  const [few = 0, some = 0, many = 0] = times;
  // The start of the process, the same for all, is in each of them.
  const growth = (many - some) / 900 / ((some - few) / 90);
  print(`${BATCHES.join(', ')} releases`, times, growth);
  printTemplates('calls of tpl with texts of their own', [400, 4000], (size) => [
    `{{ range until ${size} }}# {{ tpl (printf "{{ .Values.a }}-%d" .) $ }}\n{{ end }}`,
  ]);
  printTemplates('includes inside each other', [80, 800], (size) => [
    '{{ define "deep" }}{{ if gt (int .n) 0 }}{{ include "deep" (dict "n" (sub (int .n) 1)) }}{{ end }}x{{ end }}',
    `{{ include "deep" (dict "n" ${size}) }}`,
  ]);
  printTemplates('templates that include one helper', [100, 1000], (size) => [
    '{{ define "name" }}{{ .Values.a }}{{ end }}',
    ...Array.from({ length: size }, () => 'kind: X\nname: {{ include "name" . | indent 2 | trim }}\n'),
  ]);
}

function printTemplates(
  what: string,
  sizes: readonly [number, number],
  texts: (size: number) => readonly string[],
): void {
  // The first render of a kind warms up what the others use.
  renderTime(texts(sizes[0]));
  const times = sizes.map((size) => {
    const rounds = Array.from({ length: 5 }, () => renderTime(texts(size)));
    return median(rounds);
  });
  const [small = 0, large = 0] = times;
  print(`${sizes.join(', ')} ${what}`, times, large / small / (sizes[1] / sizes[0]));
}

/** The first render: templates are parsed and compiled in it. */
function renderTime(texts: readonly string[]): number {
  const encoder = new TextEncoder();
  const files = texts.map((text, index) => [`templates/t${index}.yaml`, encoder.encode(`# ${text}`)] as const);
  const about = encoder.encode('apiVersion: v2\nname: grow\nversion: 1.0.0\n');
  const chart = loadChart(new Map([['Chart.yaml', about], ...files]));
  const begun = performance.now();
  renderChart(chart, {
    release: { name: 'rel', namespace: 'default' },
    values: { a: 'b' },
    capabilities: { kubeVersion: 'v1.37.0' },
    random: { bytes: (count) => new Uint8Array(count) },
    now: () => 0,
  });
  return performance.now() - begun;
}

function print(what: string, times: readonly number[], growth: number): void {
  if (growth > GROWTH_LIMIT) process.exitCode = 1;
  const shown = times.map((ms) => `${ms.toFixed(0)} ms`).join(', ');
  console.log(`${what.padEnd(56)} ${`growth ${growth.toFixed(2)} (limit ${GROWTH_LIMIT})`.padEnd(26)} ${shown}`);
}
