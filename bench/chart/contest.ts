import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** What ships. */
export const BUNDLE = join(import.meta.dirname, '../../packages/cli/dist/bin/naru.js');
/** GNU time tells the peak memory of a process; without it none is printed. */
const TIME = '/usr/bin/time';

export interface Contest {
  readonly helm: string;
  /** For what contenders read and write. */
  readonly folder: string;
}

export interface Ended {
  readonly stdout: string;
  readonly ms: number;
  readonly peakMiB: number | undefined;
}

/** Runs a program to its end. Throws when it fails. */
export async function runProgram(program: string, args: readonly string[], environment = {}): Promise<Ended> {
  const hasTime = existsSync(TIME);
  const words = hasTime ? [TIME, '-f', '%M', program, ...args] : [program, ...args];
  const begun = performance.now();
  const child = spawn(words[0] ?? '', words.slice(1), {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  const ms = performance.now() - begun;
  if (code !== 0) throw new Error(`${program} ${args.join(' ')}: ${(await stderr).toString()}`);
  const peak = hasTime ? Number((await stderr).toString().trim().split('\n').at(-1)) / 1024 : undefined;
  return { stdout: (await stdout).toString(), ms, peakMiB: peak };
}

async function collect(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Milliseconds of contenders that take turns, so that whatever else the machine does burdens all of them alike. */
export async function alternate<Name extends string>(
  rounds: number,
  contenders: Readonly<Record<Name, () => Promise<number>>>,
): Promise<Readonly<Record<Name, number>>> {
  const entries = Object.entries(contenders) as [Name, () => Promise<number>][];
  const times = new Map<Name, number[]>(entries.map(([name]) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, run] of entries) times.get(name)?.push(await run());
  }
  return Object.fromEntries(entries.map(([name]) => [name, median(times.get(name) ?? [])])) as Record<Name, number>;
}

export async function timed(work: () => unknown): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

export interface Result {
  readonly ours: number;
  readonly theirs: number;
  readonly limit: number;
  readonly note?: string;
}

/** One line of the table; a limit that is broken makes the run fail. */
export function report(what: string, { ours, theirs, limit, note }: Result): void {
  const ratio = ours / theirs;
  if (ratio > limit) process.exitCode = 1;
  const verdict = `ratio ${ratio.toFixed(3)} (limit ${limit})`;
  const times = `ours ${ours.toFixed(1)} ms, theirs ${theirs.toFixed(1)} ms`;
  console.log(`${what.padEnd(56)} ${verdict.padEnd(26)} ${times}${note === undefined ? '' : `; ${note}`}`);
}
