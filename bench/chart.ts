import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { findHelm } from '../conformance/helm/find-helm.ts';
import { helmArguments, readChartFolder, renderOurs } from '../conformance/helm/render-case.ts';
import { runHelm } from '../conformance/helm/run-helm.ts';

/** Renders the chart of `helm create` with the real Helm and with us, alternating, and prints ratios. */
const ROUNDS = 15;
const RENDERS = 200;

const helm = findHelm(process.env);
if (helm === undefined) throw new Error('no Helm 4.3 found: set NARU_HELM to its path');
const folder = mkdtempSync(join(tmpdir(), 'naru-bench-'));
try {
  execFileSync(helm, ['create', 'demo'], { cwd: folder, stdio: 'ignore' });
  measure(helm, join(folder, 'demo'));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function measure(binary: string, chart: string): void {
  const options = { set: ['ingress.enabled=true', 'autoscaling.enabled=true'] };
  const args = helmArguments(chart, [], options);
  if (runHelm(binary, args) !== renderOurs(chart, [], options)) throw new Error('the outputs differ');

  const self = [bundle(), chart];
  const theirs: number[] = [];
  const ours: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    theirs.push(timed(() => runHelm(binary, args)));
    ours.push(timed(() => execFileSync(process.execPath, self)));
  }
  const loaded = readChartFolder(chart);
  const first = timed(() => renderOurs(chart, [], options));
  const warm = timed(() => {
    for (let i = 0; i < RENDERS; i++) renderOurs(loaded, [], options);
  });
  report('process against process', median(ours), median(theirs));
  report(`in process, chart read and compiled`, first, median(theirs));
  report(`in process, each of ${RENDERS} renders`, warm / RENDERS, median(theirs));
}

/** What ships is a bundle; the sources would spend their time on being read. */
function bundle(): string {
  const outfile = join(folder, 'once.cjs');
  const entryPoints = [join(import.meta.dirname, 'chart-once.ts')];
  buildSync({ entryPoints, outfile, bundle: true, minify: true, platform: 'node', format: 'cjs' });
  return outfile;
}

function timed(run: () => unknown): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function report(what: string, ours: number, theirs: number): void {
  const ratio = (ours / theirs).toFixed(3);
  console.log(`${what.padEnd(40)} ours ${ours.toFixed(2)} ms, helm ${theirs.toFixed(2)} ms, ratio ${ratio}`);
}
