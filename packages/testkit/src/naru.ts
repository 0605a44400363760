import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { env, execPath } from 'node:process';
import { fileURLToPath } from 'node:url';

export interface NaruOptions {
  /** The cluster to talk to. */
  readonly kubeconfig?: string;
  /** Variables over those of the tests. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly folder?: string;
}

export interface NaruRun {
  /** Undefined when a signal ended it. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** A running command line, for tests that interrupt or kill it. */
export interface NaruProcess {
  readonly pid: number;
  /** What it has printed so far, both streams as they came. */
  readonly printed: () => string;
  readonly kill: (signal: NodeJS.Signals) => void;
  readonly ended: Promise<NaruRun>;
}

const BIN = fileURLToPath(new URL('../../cli/src/bin.ts', import.meta.url));
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** Runs the command line as a person does, in a process of its own, from the root of the repository. */
export async function naru(args: readonly string[], options: NaruOptions = {}): Promise<NaruRun> {
  return await startNaru(args, options).ended;
}

/** As `naru`, without waiting for the end. */
export function startNaru(
  args: readonly string[],
  { kubeconfig, environment, folder = ROOT }: NaruOptions = {},
): NaruProcess {
  const child = spawn(execPath, [BIN, ...args], {
    cwd: folder,
    // A person's locale and kubeconfig must not change what tests see.
    env: { ...env, LC_ALL: 'C.UTF-8', KUBECONFIG: kubeconfig ?? '/nonexistent', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    printed += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    printed += text;
  });
  const ended = once(child, 'close').then(() => ({ exitCode: child.exitCode ?? undefined, stdout, stderr }));
  return {
    pid: child.pid ?? 0,
    printed: () => printed,
    kill: (signal) => void child.kill(signal),
    ended,
  };
}

/** The run itself when it ended with 0; else an error that tells what it printed. */
export function succeeded(run: NaruRun): NaruRun {
  if (run.exitCode !== 0) throw new Error(`ended with ${run.exitCode ?? 'a signal'}:\n${run.stdout}${run.stderr}`);
  return run;
}
