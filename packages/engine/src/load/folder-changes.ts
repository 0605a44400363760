import { watch } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** An editor writes a file in several steps, and a checkout many files: the folder is looked at when nothing moved for so long. */
const QUIET_MS = 60;
/** What changes without a person: version control, and what installs itself. */
const OTHERS = /(^|[\\/])(\.git|node_modules)([\\/]|$)/;

/**
 * Yields at once, and then whenever something in a folder has changed, once for changes that come together. A change while the last one is being answered is
 * not lost. Ends when `signal` is aborted.
 */
export async function* folderChanges(folder: string, signal: AbortSignal): AsyncGenerator<void> {
  let changed = Promise.withResolvers<void>();
  const watching = listen(folder, signal, () => changed.resolve());
  watching.catch((error: unknown) => changed.reject(error));
  signal.addEventListener('abort', () => changed.resolve(), { once: true });
  yield;
  while (!signal.aborted) {
    await changed.promise;
    for (let moved = true; moved && !signal.aborted; ) {
      changed = Promise.withResolvers<void>();
      moved = await Promise.race([changed.promise.then(() => true), sleep(QUIET_MS, false)]);
    }
    if (!signal.aborted) yield;
  }
}

async function listen(folder: string, signal: AbortSignal, onChange: () => void): Promise<void> {
  try {
    for await (const { filename } of watch(folder, { recursive: true, signal })) {
      if (filename === null || !OTHERS.test(filename)) onChange();
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
