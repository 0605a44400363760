import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { findHelm } from '../conformance/helm/find-helm.ts';
import { benchEngine } from './chart/engine.ts';
import { benchGrowth } from './chart/growth.ts';
import { BUNDLE, type Contest } from './chart/contest.ts';
import { benchBatch, benchCache, benchProcess, type Rendering } from './chart/processes.ts';

/**
 * Our chart engine beside Helm, alternating in one run, after the outputs were found equal. Prints ratios; below 1 we are
 * faster. Run `npm run build` before.
 *
 *   node bench/chart.ts [CHART…]
 *
 * Charts that are named are rendered with their definitions, as the largest ones that can be had.
 */
const SMALL_RENDERS = 100;
const LARGE_RENDERS = 20;

const helm = findHelm(process.env);
if (helm === undefined) throw new Error('no Helm 4.3 found: set NARU_HELM to its path');
if (!existsSync(BUNDLE)) throw new Error('run `npm run build` first');
const charts = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'naru-bench-'));
try {
  execFileSync(helm, ['create', 'demo'], { cwd: folder, stdio: 'ignore' });
  const contest: Contest = { helm, folder };
  const small = renderings([join(folder, 'demo')], SMALL_RENDERS);
  await benchBatch(contest, `${SMALL_RENDERS} releases of a small chart`, small);
  await benchCache(contest, `the same ${SMALL_RENDERS} again, nothing changed`, small);
  await benchProcess(contest, 'one small chart, process against process', join(folder, 'demo'));
  if (charts.length > 0) {
    await benchBatch(contest, `${LARGE_RENDERS} releases of large charts`, renderings(charts, LARGE_RENDERS));
    for (const chart of charts) await benchProcess(contest, `${basename(chart)}, process against process`, chart);
  }
  benchEngine(folder, [join(folder, 'demo'), ...charts]);
  await benchGrowth(contest, join(folder, 'demo'));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function renderings(paths: readonly string[], count: number): readonly Rendering[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `r${index}`,
    release: `rel${index}`,
    chart: paths[index % paths.length] ?? '',
    namespace: 'default',
    includeCrds: true,
  }));
}
