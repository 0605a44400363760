import { execFile } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import type { ProcessMemory } from './control-plane.ts';

/**
 * Resident memory of the processes whose command line names `directory`, which every process of a control plane does
 * and no other process has a reason to. Read from `/proc`, or asked of `ps` where there is none.
 */
export async function measureMemory(directory: string): Promise<readonly ProcessMemory[]> {
  const processes = await readProcesses();
  return processes
    .filter(({ args }) => args.slice(1).some((arg) => arg.includes(directory)))
    .filter(({ args: [program = ''] }) => !/^(ba|da)?sh$|^unshare$/.test(basename(program)))
    .map(({ args: [program = ''], residentKiB }) => ({
      process: basename(program),
      residentMiB: Math.round(residentKiB / 1024),
    }))
    .sort((a, b) => (a.process < b.process ? -1 : 1));
}

interface RunningProcess {
  readonly args: readonly string[];
  readonly residentKiB: number;
}

async function readProcesses(): Promise<readonly RunningProcess[]> {
  const pids = await readdir('/proc').catch(() => undefined);
  if (pids === undefined) return askPs();
  const found = await Promise.all(pids.filter((pid) => /^\d+$/.test(pid)).map(readProcess));
  return found.filter((one) => one !== undefined);
}

async function readProcess(pid: string): Promise<RunningProcess | undefined> {
  try {
    const [command, status] = await Promise.all([
      readFile(`/proc/${pid}/cmdline`, 'utf8'),
      readFile(`/proc/${pid}/status`, 'utf8'),
    ]);
    return { args: command.split('\0'), residentKiB: Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) };
  } catch {
    return undefined; // it ended while we looked
  }
}

async function askPs(): Promise<readonly RunningProcess[]> {
  const { stdout } = await promisify(execFile)('ps', ['-axo', 'rss=,args='], { maxBuffer: 16 * 1024 * 1024 });
  return stdout.split('\n').flatMap((line) => {
    const [rss, ...args] = line.trim().split(/\s+/);
    return rss === undefined || args.length === 0 ? [] : [{ args, residentKiB: Number(rss) }];
  });
}
