import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareMachine } from './prepare-machine.ts';
import type { Summary } from './summary-reporter.ts';

/**
 * `npm test`: everything. The checks, then the tests of every level that this machine can have, with coverage of the
 * pure packages. Ends with one line of counts; a skipped test is printed with its reason.
 */
const directory = mkdtempSync(join(tmpdir(), 'naru-test-'));
const summaryFile = join(directory, 'summary.json');

const checked = await inherit(['tools/check.ts']);
await prepareMachine();
const tested = await inherit(['node_modules/vitest/vitest.mjs', 'run', '--coverage'], {
  ...process.env,
  NARU_TEST_SUMMARY: summaryFile,
});
const summary: Summary = existsSync(summaryFile)
  ? JSON.parse(readFileSync(summaryFile, 'utf8'))
  : { passed: 0, failed: 1, skipped: [] };
rmSync(directory, { recursive: true });

for (const { test, reason } of summary.skipped) console.log(`skipped ${test}: ${reason}`);
if (checked !== 0) console.log('npm run check failed');
// A run can fail without a failing test: low coverage, an unhandled error, a check.
const unnamed = (checked === 0 ? 0 : 1) + (tested !== 0 && summary.failed === 0 ? 1 : 0);
const failed = summary.failed + unnamed;
console.log(`\n${summary.passed} passed, ${failed} failed, ${summary.skipped.length} skipped`);
process.exitCode = failed === 0 ? 0 : 1;

async function inherit(args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<number> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'], env });
  return await new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)));
}
