import { spawn, type ChildProcess } from 'node:child_process';
import { openSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ControlPlane } from '@naru/engine';
import { afterAll } from 'vitest';

export interface KilledApiServer {
  /** Starts the same server again, with the same certificates and the same etcd. It ends with the tests of the file. */
  start(): void;
}

/**
 * Kills the API server of a control plane as a power cut would, so that a test can see what its clients do. etcd goes on. What
 * is started again is a child of the tests and not of the control plane. Reads `/proc`, so Linux only.
 */
export function useApiServerKiller(controlPlane: () => ControlPlane): () => Promise<KilledApiServer> {
  const started: ChildProcess[] = [];
  afterAll(() => started.forEach((child) => child.kill('SIGKILL')));
  return async () => {
    const { directory } = controlPlane();
    const found = await findProcess('kube-apiserver', directory);
    if (found === undefined) throw new Error(`no kube-apiserver runs for ${directory}`);
    process.kill(found.pid, 'SIGKILL');
    while (await isRunning(found.pid)) await sleep(10);
    const [program = '', ...args] = found.args;
    const log = openSync(join(directory, 'log', 'kube-apiserver-again.log'), 'a');
    return { start: () => void started.push(spawn(program, args, { stdio: ['ignore', log, log], cwd: directory })) };
  };
}

async function findProcess(name: string, directory: string): Promise<{ pid: number; args: string[] } | undefined> {
  for (const pid of await readdir('/proc')) {
    const args = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0').slice(0, -1);
    const ours = basename(args[0] ?? '') === name && args.some((arg) => arg.includes(directory));
    if (ours) return { pid: Number(pid), args };
  }
  return undefined;
}

/**
 * A killed process stays in the table until its parent has read its end; it is a zombie then. While one of its threads is left, it
 * still holds its port.
 */
async function isRunning(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  return stat !== '' && (!/\) Z /u.test(stat) || threads.length > 1);
}
