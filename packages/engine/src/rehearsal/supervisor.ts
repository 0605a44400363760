import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';

/** How long a supervisor may take to end everything before its whole group is killed. */
const STOP_TIMEOUT_MS = 10_000;
const STDERR_KEPT_CHARACTERS = 4000;

/** Runs the processes of one control plane and guarantees that none of them outlives the process that started it. */
export interface Supervisor {
  readonly pid: number;
  /** Starts a process whose output goes to `log/<name>.log`. Its end is told by `exitOf`. */
  launch(name: string, command: readonly string[]): void;
  /** Resolves with the exit code of the process `name`, or with undefined when the supervisor itself has ended. */
  exitOf(name: string): Promise<number | undefined>;
  /** Resolves with the rest of the first line that starts with `word`, or with undefined when the supervisor has ended. */
  told(word: string): Promise<string | undefined>;
  /** What the supervisor itself complained about. */
  complaints(): string;
  stop(): Promise<void>;
}

export interface SupervisorOptions {
  /** A POSIX shell script that serves the protocol of `LAUNCH_LOOP`. */
  readonly script: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Starts the supervisor in a session of its own, so that a Ctrl-C in the terminal reaches only us and the end is
 * orderly. It does not keep our own process alive: who forgets to stop a control plane still ends.
 */
export async function startSupervisor({ script, args, environment }: SupervisorOptions): Promise<Supervisor> {
  const child = spawn('/bin/sh', ['-c', script, 'naru-rehearsal', ...args], {
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: environment,
  });
  await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
  child.unref();
  for (const pipe of [child.stdin, child.stdout, child.stderr]) release(pipe);

  const answers = listen(child.stdout);
  const ended = new Promise<undefined>((resolve) => child.once('exit', () => resolve(undefined)));
  // A request to a supervisor that is gone is answered by `ended`, not by the broken pipe.
  child.stdin.on('error', () => undefined);
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints = (complaints + text).slice(-STDERR_KEPT_CHARACTERS);
  });

  return {
    pid: child.pid ?? 0,
    launch(name, command) {
      child.stdin.write(`${name}\n${command.map(quote).join(' ')}\n`);
    },
    exitOf: (name) =>
      Promise.race([answers(`exited ${name}`), ended]).then((code) => (code === undefined ? undefined : Number(code))),
    told: (word) => stayingAwake(Promise.race([answers(word), ended])),
    complaints: () => complaints.trim(),
    stop: once(async () => {
      child.ref();
      child.stdin.end();
      const killer = setTimeout(() => killGroup(child.pid), STOP_TIMEOUT_MS);
      await ended;
      clearTimeout(killer);
      // Only when somebody killed the supervisor alone: its group has lost the one who would have ended it.
      killGroup(child.pid);
    }),
  };
}

/** Ends every process of the group that `leader` led, if any is left. */
export function killGroup(leader: number | undefined): void {
  if (leader === undefined || leader <= 1) return;
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // No such group: nothing is left, which is what was wanted.
  }
}

/** Waits for a supervisor, whose pipes do not keep our process alive, as for anything else. */
export async function stayingAwake<T>(answer: Promise<T>): Promise<T> {
  const timer = setInterval(() => undefined, 60_000);
  try {
    return await answer;
  } finally {
    clearInterval(timer);
  }
}

/** Remembers every line by its leading words, for those who ask before it comes and for those who ask after. */
function listen(stream: Readable): (words: string) => Promise<string> {
  const known = new Map<string, string>();
  const waiting = new Map<string, ((rest: string) => void)[]>();
  createInterface({ input: stream }).on('line', (line) => {
    const at = line.lastIndexOf(' ');
    const words = line.slice(0, at);
    known.set(words, line.slice(at + 1));
    for (const resolve of waiting.get(words) ?? []) resolve(line.slice(at + 1));
    waiting.delete(words);
  });
  return (words) => {
    const rest = known.get(words);
    if (rest !== undefined) return Promise.resolve(rest);
    return new Promise((resolve) => waiting.set(words, [...(waiting.get(words) ?? []), resolve]));
  };
}

/** Node types the pipes of a child as streams, yet they are sockets, which can stop keeping a process alive. */
function release(pipe: Readable | Writable): void {
  if (pipe instanceof Socket) pipe.unref();
}

function once<T>(action: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => (result ??= action());
}

/** One word for a POSIX shell. Line ends would break the protocol, and no argument of ours has one. */
function quote(word: string): string {
  if (word.includes('\n')) throw new Error(`a command of the supervisor contains a line end: ${JSON.stringify(word)}`);
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
