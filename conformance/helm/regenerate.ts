import { writeFileSync } from 'node:fs';
import { corpusCases } from './corpus.ts';
import { findHelm } from './find-helm.ts';
import { helmArguments } from './render-case.ts';
import { runHelm } from './run-helm.ts';

/** Writes what the real Helm says of every case. Run it after adding a case, and read the diff. */
const helm = findHelm(process.env);
if (helm === undefined) throw new Error('no Helm 4.3 found: set NARU_HELM to its path');
const cases = corpusCases();
for (const { chart, valueFiles, options, expectedFile } of cases) {
  writeFileSync(expectedFile, runHelm(helm, helmArguments(chart, valueFiles, options)));
}
console.log(`${cases.length} cases written`);
