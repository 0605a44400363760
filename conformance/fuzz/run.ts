import { parseArgs } from 'node:util';
import { findDifferences, minimize, questionOf, type Family } from './fuzz.ts';
import { findDriver } from './helm-driver.ts';

/**
 * Puts generated templates, values and `--set` texts to Helm and to us and shows each difference in few words:
 * `node conformance/fuzz/run.ts --cases 50000 --seed 1 [--only call,printf] [--show 20]`. Ends with 1 when there is one.
 */
const { values: flags } = parseArgs({
  options: {
    cases: { type: 'string', default: '50000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    show: { type: 'string', default: '20' },
  },
});
const driver = findDriver(process.env);
if (driver === undefined) throw new Error('the driver cannot be built: is Go installed, and are its modules in reach?');

const BATCH = 5000;
const [cases, seed, most] = [Number(flags.cases), Number(flags.seed), Number(flags.show)];
const families = flags.only?.split(',') as Family[] | undefined;
const shown = new Set<string>();
let differing = 0;
for (let start = 0; start < cases; start += BATCH) {
  const length = Math.min(BATCH, cases - start);
  const questions = Array.from({ length }, (_, i) => questionOf(seed, start + i, families));
  const differences = await findDifferences(driver, questions);
  differing += differences.length;
  for (const difference of differences) {
    if (shown.size >= most) break;
    const { question, theirs, ours } = await minimize(driver, difference);
    const sort = sortOf(question.text);
    if (shown.has(sort)) continue;
    shown.add(sort);
    console.log(`${question.kind} ${JSON.stringify(question.text)} on ${question.values}`);
    console.log(`  Helm ${JSON.stringify(theirs)}\n  ours ${JSON.stringify(ours)}`);
  }
}
console.log(`${cases - differing} identical / ${cases} (seed ${seed})`);
if (differing > 0) process.exitCode = 1;

/** Texts that differ only in their literals are shown once. */
function sortOf(text: string): string {
  return text.replaceAll(/"(?:\\.|[^"\\])*"|`[^`]*`|\d+/g, '0');
}
