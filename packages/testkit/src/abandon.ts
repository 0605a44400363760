import { spawn } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { env } from 'node:process';
import type { Level } from '@naru/engine';
import { processesNaming } from './traces.ts';

/** A control plane that lost the process which had started it. */
export interface Abandoned {
  readonly directory: string;
  /** The folder that all its control planes would lie in. */
  readonly parent: string;
  /** How many processes it had at that moment. */
  readonly processes: number;
}

const START = `
import { startControlPlane } from '@naru/engine';
const { directory } = await startControlPlane({ level: process.argv[1], environment: process.env });
console.log('ready', directory);
setInterval(() => undefined, 1000);
`;

/**
 * Starts a control plane in a process of its own and ends that process with SIGKILL: once the control plane is ready,
 * or `afterMs` after its directory could exist. The rest is up to the control plane.
 */
export async function abandonControlPlane(level: Level, afterMs?: number): Promise<Abandoned> {
  const parent = await mkdtemp(join(tmpdir(), 'naru-abandoned-'));
  const child = spawn(process.execPath, ['--input-type=module', '--eval', START, level], {
    cwd: import.meta.dirname,
    env: { ...env, TMPDIR: parent },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  const ready = new Promise<string>((resolve) => {
    lines.once('line', (line) => resolve(line.replace('ready ', '')));
    child.once('exit', () => resolve(''));
  });
  const limit = new Promise<string>((resolve) => {
    if (afterMs !== undefined) setTimeout(() => resolve(''), afterMs);
  });
  const directory = await Promise.race([ready, limit]);
  const processes = (await processesNaming(parent)).length;
  child.kill('SIGKILL');
  return { directory, parent, processes };
}
