import { mkdir, open, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const HEARTBEAT_MS = 2000;
/** A holder that has not shown a sign of life for so long is dead, or its host is. */
const STALE_AFTER_MS = 15_000;
const POLL_MS = 200;

/**
 * Runs `action` while nobody else does so for the same folder, on this host or on another that shares it. The lock
 * saves work and guards nothing: two holders at once, which a stopped clock can bring about, would both write the
 * same binaries, and each of those is renamed into place in one step.
 */
export async function withLock<T>(folder: string, signal: AbortSignal, action: () => Promise<T>): Promise<T> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, '.lock');
  while (!(await tryCreate(path))) {
    signal.throwIfAborted();
    if (await isStale(path)) await rm(path, { force: true });
    else await delay(POLL_MS);
  }
  const heartbeat = setInterval(() => void touch(path), HEARTBEAT_MS).unref();
  try {
    return await action();
  } finally {
    clearInterval(heartbeat);
    await rm(path, { force: true });
  }
}

async function tryCreate(path: string): Promise<boolean> {
  try {
    await (await open(path, 'wx')).close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function isStale(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs > STALE_AFTER_MS;
}

async function touch(path: string): Promise<void> {
  const now = new Date();
  await utimes(path, now, now).catch(() => undefined);
}
