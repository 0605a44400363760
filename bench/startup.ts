import { existsSync } from 'node:fs';
import { run } from '../tools/run.ts';

/**
 * Start time of the bundled command line as a ratio to `node -e 0`. Runs alternate, so that whatever else the machine
 * does burdens both; the median counts. Run `npm run build` before.
 */
const RUNS = 25;
const LIMIT = 1.5;
const BUNDLE = 'packages/cli/dist/bin/naru.js';

if (!existsSync(BUNDLE)) throw new Error('run `npm run build` first');
const bare: number[] = [];
const naru: number[] = [];
for (let index = 0; index < RUNS; index += 1) {
  bare.push((await run(process.execPath, ['-e', '0'])).seconds);
  naru.push((await run(process.execPath, [BUNDLE, '--version'])).seconds);
}
const ratio = median(naru) / median(bare);
console.log(`node -e 0      ${(median(bare) * 1000).toFixed(0)} ms`);
console.log(`naru --version ${(median(naru) * 1000).toFixed(0)} ms`);
console.log(`ratio          ${ratio.toFixed(2)} (limit ${LIMIT})`);
if (ratio > LIMIT) process.exitCode = 1;

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
