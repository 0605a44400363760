import { defineConfig } from 'vitest/config';
import { SummaryReporter } from './tools/summary-reporter.ts';

/**
 * Files say what they need by their name: `*.test.ts` needs nothing but Node, `*.cluster.test.ts` a control plane of
 * level `api` or `controllers`, `*.node.test.ts` a real node. The last two run one file at a time: a control plane
 * is heavy, and timings under load prove nothing.
 */
const ANYWHERE = ['packages/*/src/**/*.test.ts', 'tools/**/*.test.ts', 'conformance/**/*.test.ts'];
const CLUSTER = ['packages/*/src/**/*.cluster.test.ts'];
const NODE = ['packages/*/src/**/*.node.test.ts'];

const summary = process.env['NARU_TEST_SUMMARY'];

export default defineConfig({
  test: {
    reporters: summary === undefined ? ['default'] : ['default', new SummaryReporter({ file: summary })],
    coverage: {
      provider: 'v8',
      include: ['packages/{chart,core}/src/**/*.ts'],
      exclude: ['**/*.test.ts'],
      reporter: ['text-summary', 'json-summary'],
      thresholds: { lines: 95 },
    },
    projects: [
      {
        test: {
          name: 'unit',
          include: ANYWHERE,
          exclude: [...CLUSTER, ...NODE],
          // Counting covered lines makes keys and passwords of charts take ten times as long.
          testTimeout: 180_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'cluster',
          include: CLUSTER,
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 900_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'node',
          include: NODE,
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 900_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
