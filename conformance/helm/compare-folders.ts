import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compareCharts, type Compared, type FolderCase } from './compare-charts.ts';
import { findHelm } from './find-helm.ts';

/**
 * Renders every chart of the given folders with the real Helm and with us, and says what is not the same:
 * `node conformance/helm/compare-folders.ts [--json FILE] [--jobs 2] FOLDER…`, each folder being a chart or holding some.
 * A chart's `ci/*.yaml` are cases too. Ends with 1 when something differs.
 */
const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'string' }, jobs: { type: 'string', default: '2' } },
});
const helm = findHelm(process.env);
if (helm === undefined) throw new Error('no Helm 4.3 found: set NARU_HELM to its path');

const results: Compared[] = [];
const world = { random: { bytes: (count: number) => new Uint8Array(randomBytes(count)) }, now: Date.now };
for await (const result of compareCharts(positionals.flatMap(casesIn), { helm, jobs: Number(flags.jobs), world })) {
  results.push(result);
  if (result.difference !== undefined) console.log(`${nameOf(result)}: ${result.verdict}\n${result.difference}`);
}
if (flags.json !== undefined) writeFileSync(flags.json, `${JSON.stringify(results, undefined, 2)}\n`);
summarize();

function summarize(): void {
  const count = (verdict: Compared['verdict']): number => results.filter((result) => result.verdict === verdict).length;
  const masked = results.filter(({ isMasked }) => isMasked).length;
  const [rendered, refused] = [count('identical'), count('both refuse')];
  console.log(`${rendered + refused} identical / ${results.length}`);
  console.log(
    `  ${rendered} rendered alike, ${masked} of them with random parts; ${refused} refused for the same reason`,
  );
  console.log(`  ${count('other words')} refused in other words; ${count('differs')} differ`);
  if (rendered + refused < results.length) process.exitCode = 1;
}

function nameOf({ chart, valueFiles }: FolderCase): string {
  return [chart, ...valueFiles].join(' ');
}

function casesIn(folder: string): FolderCase[] {
  if (existsSync(join(folder, 'Chart.yaml'))) return casesOf(folder);
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => casesOf(join(folder, name)));
}

function casesOf(chart: string): FolderCase[] {
  const ci = join(chart, 'ci');
  const files = existsSync(ci) ? readdirSync(ci).filter((file) => file.endsWith('.yaml')) : [];
  return [{ chart, valueFiles: [] }, ...files.map((file) => ({ chart, valueFiles: [join(ci, file)] }))];
}
