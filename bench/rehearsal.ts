import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { NaruError } from '@naru/core';
import { LEVEL_BINARIES, type Level, locateBinaries, type ProcessMemory, startControlPlane } from '@naru/engine';

/**
 * Start time, stop time and memory of every level, and how long its binaries take to be had: with an empty cache of
 * ours (Go's own caches are left as they are: say in what state they were) and with a full one.
 *
 *   node bench/rehearsal.ts [--set-up]
 */
const ROUNDS = 3;
const LEVELS: readonly Level[] = ['api', 'controllers', 'node'];

interface Round {
  readonly startMs: number;
  readonly stopMs: number;
  readonly memory: readonly ProcessMemory[];
}

async function measure(level: Level): Promise<Round> {
  const begin = performance.now();
  const controlPlane = await startControlPlane({ level, environment: env });
  const startMs = performance.now() - begin;
  const memory = await controlPlane.memory();
  const stopping = performance.now();
  await controlPlane.stop();
  return { startMs, stopMs: performance.now() - stopping, memory };
}

async function setUp(cache: string, level: Level): Promise<number> {
  const begin = performance.now();
  const environment = { ...env, NARU_CACHE: cache, KUBEBUILDER_ASSETS: '' };
  await locateBinaries({ names: LEVEL_BINARIES[level], environment });
  return performance.now() - begin;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

for (const level of LEVELS) {
  try {
    await locateBinaries({ names: LEVEL_BINARIES[level], environment: env });
    const rounds: Round[] = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await measure(level));
    const start = seconds(median(rounds.map(({ startMs }) => startMs)));
    const stop = seconds(median(rounds.map(({ stopMs }) => stopMs)));
    const memory = rounds.at(-1)?.memory ?? [];
    const total = memory.reduce((sum, { residentMiB }) => sum + residentMiB, 0);
    console.log(`${level.padEnd(11)}  ready ${start}  stopped ${stop}  ${total} MiB`);
    for (const { process, residentMiB } of memory) console.log(`    ${process.padEnd(26)} ${residentMiB} MiB`);
  } catch (error) {
    if (!(error instanceof NaruError)) throw error;
    console.log(`${level.padEnd(11)}  ${error.code}: ${error.message}`);
  }
}

if (process.argv.includes('--set-up')) {
  const cache = await mkdtemp(join(tmpdir(), 'naru-bench-'));
  for (const level of LEVELS) {
    const empty = await setUp(cache, level);
    const full = await setUp(cache, level);
    console.log(`${level.padEnd(11)}  binaries: empty cache ${seconds(empty)}, full ${seconds(full)}`);
  }
  await rm(cache, { recursive: true });
}
