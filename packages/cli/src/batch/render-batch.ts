import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Job, type ReleaseOutcome, renderShare } from './render-share.ts';
import type { Thread } from './start-thread.ts';

/** What is left must take as long for other threads to pay: each has to load and to warm up its own engine. */
const WORTH_THREADS_MS = 400;
/** The first releases are slower than the rest, and say little of it. */
const WARM_UP_MS = 100;

export interface BatchOptions {
  /** How many threads may work, this one included. */
  readonly threads: number;
  readonly interrupt: AbortSignal;
}

/** Renders a whole batch; outcomes come in its order. Other threads help when enough is left for them. */
export async function renderBatch(job: Job, { threads, interrupt }: BatchOptions): Promise<readonly ReleaseOutcome[]> {
  const others: Thread[] = [];
  const begun = performance.now();
  let done = 0;
  const afterEach = async (): Promise<void> => {
    done += 1;
    // Signals are heard between turns alone.
    await nextTurn();
    interrupt.throwIfAborted();
    if (others.length > 0 || threads < 2) return;
    const left = job.releases.length - Atomics.load(job.cursor, 0);
    if (!isWorthThreads(performance.now() - begun, done, left)) return;
    const { startThread } = await import('./start-thread.ts');
    for (let count = 1; count < threads; count += 1) others.push(startThread(job));
  };
  try {
    const own = await renderShare(job, afterEach);
    const shares = [own, ...(await Promise.all(others.map(({ share }) => share)))];
    return shares
      .flatMap((share) => [...share])
      .toSorted(([a], [b]) => a - b)
      .map(([, outcome]) => outcome);
  } finally {
    for (const { stop } of others) stop();
  }
}

/** Whether `left` releases take long enough, by what `done` of them took. */
export function isWorthThreads(elapsedMs: number, done: number, left: number): boolean {
  return elapsedMs >= WARM_UP_MS && (elapsedMs / done) * left >= WORTH_THREADS_MS;
}
