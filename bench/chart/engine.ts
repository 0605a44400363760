import { execFileSync } from 'node:child_process';
import { cpSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { renderChart } from '@naru/chart';
import { readChartFolder } from '../../conformance/helm/render-case.ts';
import { median, report } from './contest.ts';

const ROUNDS = 5;
const HELM_MODULE = 'helm.sh/helm/v4 v4.3.1';
const MANIFEST = `module engine\n\ngo 1.26.0\n\nrequire ${HELM_MODULE}\n`;
const RENDERS = { small: 300, large: 10 };

/** A render inside the process, after a warm-up: our engine against Helm's in Go. Skipped where Go is not installed. */
export function benchEngine(folder: string, charts: readonly string[]): void {
  const program = buildEngine(folder);
  if (program === undefined) return;
  for (const [index, chart] of charts.entries()) {
    const renders = index === 0 ? RENDERS.small : RENDERS.large;
    const times = Array.from({ length: ROUNDS }, () => ({
      theirs: Number(execFileSync(program, [chart, String(renders)], { encoding: 'utf8' })) / 1e6,
      ours: renderTime(chart, renders),
    }));
    const [ours, theirs] = [median(times.map((time) => time.ours)), median(times.map((time) => time.theirs))];
    report(`${basename(chart)}, in process against Helm's Go engine`, { ours, theirs, limit: 2 });
  }
}

/** Built from the module cache; the sums of modules are those that Go itself writes. */
function buildEngine(folder: string): string | undefined {
  const source = join(folder, 'go-engine');
  cpSync(join(import.meta.dirname, '../go-engine'), source, { recursive: true });
  writeFileSync(join(source, 'go.mod'), MANIFEST);
  try {
    execFileSync('go', ['build', '-mod=mod', '-o', 'engine', '.'], {
      cwd: source,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  } catch (error) {
    console.log(`in process: skipped, since the engine in Go cannot be built (${String(error).split('\n')[0]})`);
    return undefined;
  }
  return join(source, 'engine');
}

function renderTime(folder: string, renders: number): number {
  const chart = readChartFolder(folder);
  const render = (): unknown =>
    renderChart(chart, {
      release: { name: 'rel', namespace: 'default' },
      values: {},
      capabilities: { kubeVersion: 'v1.37.0' },
      random: { bytes: (count) => new Uint8Array(count) },
      now: () => 0,
    });
  for (let index = 0; index < renders; index += 1) render();
  const begun = performance.now();
  for (let index = 0; index < renders; index += 1) render();
  return (performance.now() - begun) / renders;
}
