import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findHelm } from './find-helm.ts';
import { helmArguments, renderOurs } from './render-case.ts';
import { runHelm } from './run-helm.ts';

/**
 * Renders every chart of the given folders with the real Helm and with us and counts what is the same:
 * `node conformance/helm/compare-folders.ts FOLDER…`, each folder holding charts. A chart's `ci/*.yaml` are cases too.
 */
const helm = findHelm(process.env);
if (helm === undefined) throw new Error('no Helm 4.3 found: set NARU_HELM to its path');

const counts = { identical: 0, refusedAlike: 0, refusedInOtherWords: 0, different: 0 };
for (const { chart, valueFiles } of process.argv.slice(2).flatMap(casesIn)) {
  const theirs = runHelm(helm, helmArguments(chart, valueFiles, {}));
  const ours = renderOurs(chart, valueFiles, {});
  const refused = theirs.startsWith('Error') && ours.startsWith('Error');
  const verdict = verdictOf(theirs === ours, refused, theirs.startsWith('Error'));
  counts[verdict]++;
  if (theirs !== ours) console.log(`${verdict}: ${chart} ${valueFiles.join(' ')}\n  ${firstDifference(theirs, ours)}`);
}
console.log(counts);

function casesIn(folder: string): { chart: string; valueFiles: string[] }[] {
  const charts = readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((chart) => existsSync(join(chart, 'Chart.yaml')));
  return charts.flatMap((chart) => {
    const ci = join(chart, 'ci');
    const files = existsSync(ci) ? readdirSync(ci).filter((file) => file.endsWith('.yaml')) : [];
    return [{ chart, valueFiles: [] }, ...files.map((file) => ({ chart, valueFiles: [join(ci, file)] }))];
  });
}

function verdictOf(isSame: boolean, bothRefused: boolean, isRefused: boolean): keyof typeof counts {
  if (isSame) return isRefused ? 'refusedAlike' : 'identical';
  return bothRefused ? 'refusedInOtherWords' : 'different';
}

/** The first line that differs, of both. */
function firstDifference(theirs: string, ours: string): string {
  const [a, b] = [theirs.split('\n'), ours.split('\n')];
  const line = a.findIndex((text, i) => text !== b[i]);
  return `line ${line + 1}: ${JSON.stringify(a[line]?.slice(0, 200))} / ${JSON.stringify(b[line]?.slice(0, 200))}`;
}
