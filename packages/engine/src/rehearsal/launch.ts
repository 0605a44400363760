import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { NaruError, type Details } from '@naru/core';
import type { BinaryName } from './binary/recipe.ts';
import type { RehearsalEvent } from './control-plane.ts';
import type { Supervisor } from './supervisor.ts';

/** What every step of a start needs: where, with which binaries, under whose supervision, until when. */
export interface Launch {
  readonly directory: string;
  readonly supervisor: Supervisor;
  readonly binaries: ReadonlyMap<BinaryName, string>;
  readonly onProgress: (event: RehearsalEvent) => void;
  readonly signal: AbortSignal;
}

const POLL_MS = 25;
const READY_TIMEOUT_MS = 120_000;
const LOG_LINES_SHOWN = 6;
const LOG_LINE_CHARACTERS = 300;
const LOG_TAIL_BYTES = 16_384;

/** The path of a binary that `locateBinaries` was asked for. */
export function binaryPath(launch: Launch, name: BinaryName): string {
  const path = launch.binaries.get(name);
  if (path === undefined) throw new Error(`${name} was not located before the start`);
  return path;
}

/** Starts a binary under its own name. */
export function launchBinary(launch: Launch, name: BinaryName, args: readonly string[]): void {
  launch.supervisor.launch(name, [binaryPath(launch, name), ...args]);
  launch.onProgress({ kind: 'process-started', process: name });
}

/**
 * Asks `check` again and again until it says true. Fails, with the last lines of the log, as soon as one of
 * `processes` has ended, and when it takes longer than two minutes.
 */
export async function waitUntilReady(
  launch: Launch,
  processes: readonly [string, ...string[]],
  check: () => Promise<boolean>,
): Promise<void> {
  let ended: { process: string; code: number | undefined } | undefined;
  for (const process of processes) void launch.supervisor.exitOf(process).then((code) => (ended = { process, code }));
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (!(await unlessAborted(launch.signal, check()))) {
    if (ended !== undefined) {
      throw await controlPlaneFailure(launch, ended.process, ended.code ?? 'unsupervised');
    }
    if (Date.now() > deadline) {
      throw await controlPlaneFailure(launch, processes[0], 'too slow');
    }
    await delay(POLL_MS);
  }
}

/** A server that is about to come up may leave a request waiting for seconds; an abort does not. */
async function unlessAborted<T>(signal: AbortSignal, action: Promise<T>): Promise<T> {
  let stopListening = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    const onAbort = (): void => {
      try {
        signal.throwIfAborted();
      } catch (error) {
        reject(error);
      }
    };
    onAbort();
    signal.addEventListener('abort', onAbort);
    stopListening = () => signal.removeEventListener('abort', onAbort);
  });
  try {
    return await Promise.race([action, aborted]);
  } finally {
    stopListening();
  }
}

/** The error for a process that did not come up, with what it said last. */
export async function controlPlaneFailure(
  launch: Pick<Launch, 'directory' | 'supervisor'>,
  process: string,
  end: Details<'CONTROL_PLANE_FAILED'>['end'],
): Promise<NaruError<'CONTROL_PLANE_FAILED'>> {
  const log = (await tailOf(join(launch.directory, 'log', `${process}.log`))) || launch.supervisor.complaints();
  return new NaruError('CONTROL_PLANE_FAILED', { process, end, log });
}

/** The last lines of a log; errors and fatal messages only (klog's `E` and `F`) when there are any. */
async function tailOf(path: string): Promise<string> {
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return '';
  const { size } = await file.stat();
  const { buffer, bytesRead } = await file.read({
    buffer: Buffer.alloc(LOG_TAIL_BYTES),
    position: Math.max(0, size - LOG_TAIL_BYTES),
  });
  await file.close();
  const lines = buffer.toString('utf8', 0, bytesRead).split('\n');
  const written = lines.map((line) => line.trimEnd().slice(0, LOG_LINE_CHARACTERS)).filter((line) => line !== '');
  const grave = written.filter((line) => /^[EF]\d{4} |^Error:|"level":"(error|fatal|panic)"/.test(line));
  return (grave.length > 0 ? grave : written).slice(-LOG_LINES_SHOWN).join('\n');
}
