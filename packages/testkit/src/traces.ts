import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

/** The pids of all processes whose command line contains `text`; of this host only, and only where there is `/proc`. */
export async function processesNaming(text: string): Promise<readonly number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const named = await Promise.all(
    pids.map(async (pid) => (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).includes(text)),
  );
  return pids.filter((_, index) => named[index]).map(Number);
}

/** Resolves when `holds` says true; rejects, naming `what`, when it never did within `withinMs`. */
export async function eventually(what: string, holds: () => Promise<boolean>, withinMs = 10_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`within ${withinMs} ms it did not happen that ${what}`);
    await delay(50);
  }
}
