import { writeFileSync } from 'node:fs';
import type { Reporter, TestCase, TestModule } from 'vitest/node';

export interface Summary {
  passed: number;
  failed: number;
  readonly skipped: { readonly test: string; readonly reason: string }[];
}

/** Counts tests for the closing line of `npm test`, and keeps the reason of each skipped one. */
export class SummaryReporter implements Reporter {
  readonly #summary: Summary = { passed: 0, failed: 0, skipped: [] };
  readonly #file: string;

  constructor({ file }: { file: string }) {
    this.#file = file;
  }

  onTestCaseResult(test: TestCase): void {
    const result = test.result();
    if (result.state === 'passed') this.#summary.passed += 1;
    if (result.state === 'failed') this.#summary.failed += 1;
    if (result.state === 'skipped') {
      this.#summary.skipped.push({
        test: `${test.module.relativeModuleId}: ${test.fullName}`,
        reason: result.note ?? 'no reason given',
      });
    }
  }

  onTestModuleEnd(module: TestModule): void {
    // A file that does not load, or whose hooks fail, has no failing test of its own.
    const broken = module.state() === 'failed' && ![...module.children.allTests('failed')].some(() => true);
    if (broken) this.#summary.failed += 1;
  }

  onTestRunEnd(): void {
    writeFileSync(this.#file, JSON.stringify(this.#summary));
  }
}
