import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BatchRelease } from '../../packages/cli/src/batch/batch-file.ts';
import { alternate, BUNDLE, type Contest, median, report, runProgram, timed } from './contest.ts';

const ROUNDS = 5;
const PROCESS_ROUNDS = 15;
/** One for each core of the machine that the limits were set for. */
const HELMS_AT_A_TIME = 2;
const LIMIT_MIB = 150;

export type Rendering = BatchRelease;

/** One batch without a cache against a process of Helm for every release. */
export async function benchBatch(contest: Contest, what: string, releases: readonly Rendering[]): Promise<void> {
  const batch = batchOf(contest, releases);
  await compareOutputs(contest, batch, releases);
  const peaks: number[] = [];
  const { ours, theirs } = await alternate(ROUNDS, {
    theirs: () => timed(() => renderAll(contest, releases)),
    ours: async () => {
      const { ms, peakMiB } = await batch.run('--no-cache');
      if (peakMiB !== undefined) peaks.push(peakMiB);
      return ms;
    },
  });
  const isSmall = releases.length >= 100;
  const memory = peaks.length === 0 ? 'unknown' : `${median(peaks).toFixed(0)} MiB`;
  if (isSmall && median(peaks) > LIMIT_MIB) process.exitCode = 1;
  report(what, { ours, theirs, limit: isSmall ? 0.35 : 0.7, note: `peak ${memory}` });
}

/** A batch that finds all of it in the cache, against Helm, which has none. */
export async function benchCache(contest: Contest, what: string, releases: readonly Rendering[]): Promise<void> {
  const batch = batchOf(contest, releases);
  await batch.run();
  const { ours, theirs } = await alternate(ROUNDS, {
    theirs: () => timed(() => renderAll(contest, releases)),
    ours: async () => (await batch.run()).ms,
  });
  await compareOutputs(contest, batch, releases.slice(0, 3));
  report(what, { ours, theirs, limit: 0.05 });
}

/** What a person waits for. */
export async function benchProcess({ helm }: Contest, what: string, chart: string): Promise<void> {
  const args = ['template', 'rel', chart, '--include-crds'];
  const naru = (): ReturnType<typeof runProgram> => runProgram(process.execPath, [BUNDLE, 'chart', ...args]);
  const [ours, theirs] = [await naru(), await runProgram(helm, args)];
  if (ours.stdout !== theirs.stdout) throw new Error(`${chart}: the outputs differ`);
  const times = await alternate(PROCESS_ROUNDS, {
    theirs: async () => (await runProgram(helm, args)).ms,
    ours: async () => (await naru()).ms,
  });
  report(what, { ...times, limit: 1 });
}

/** Time of one batch. */
export async function batchTime(contest: Contest, releases: readonly Rendering[]): Promise<number> {
  return (await batchOf(contest, releases).run('--no-cache')).ms;
}

interface Batch {
  readonly run: (...flags: readonly string[]) => ReturnType<typeof runProgram>;
  readonly outputOf: (name: string) => string;
}

function batchOf({ folder }: Contest, releases: readonly Rendering[]): Batch {
  const [file, out, cache] = ['batch.json', 'out', 'cache'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(file, JSON.stringify(releases));
  const args = [BUNDLE, 'chart', 'template', '--batch', file, '--out', out];
  return {
    run: (...flags) => runProgram(process.execPath, [...args, ...flags], { NARU_CACHE: cache }),
    outputOf: (name) => readFileSync(join(out, `${name}.yaml`), 'utf8'),
  };
}

async function compareOutputs(contest: Contest, batch: Batch, releases: readonly Rendering[]): Promise<void> {
  await batch.run();
  for (const release of releases) {
    const { stdout } = await runProgram(contest.helm, helmArguments(release));
    if (stdout !== batch.outputOf(release.name)) throw new Error(`${release.chart}: the outputs differ`);
  }
}

async function renderAll({ helm }: Contest, releases: readonly Rendering[]): Promise<void> {
  const left = [...releases];
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await runProgram(helm, helmArguments(next));
  };
  await Promise.all(Array.from({ length: HELMS_AT_A_TIME }, work));
}

function helmArguments({ release, chart, namespace, set = [], includeCrds = false }: Rendering): readonly string[] {
  const flags = [...set.flatMap((assignment) => ['--set', assignment]), ...(includeCrds ? ['--include-crds'] : [])];
  return ['template', release, chart, '--namespace', namespace, ...flags];
}
