import { setTimeout as sleep } from 'node:timers/promises';
import { NaruError } from '@naru/core';

const FIRST_PAUSE_MS = 300;
const LONGEST_PAUSE_MS = 5_000;

export interface Patience {
  /** In milliseconds of the wall clock; the last failure is thrown when it would be passed. */
  readonly deadline: number;
  readonly signal: AbortSignal;
}

/**
 * Repeats work that failed in a way that time may change: a busy or restarting server, a webhook that is not up yet, a
 * definition that is not served yet. Definite answers are thrown at once. An abort ends the waiting, not the work.
 */
export async function persist<T>(work: () => Promise<T>, { deadline, signal }: Patience): Promise<T> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      return await work();
    } catch (error) {
      const passes = error instanceof NaruError && error.retry === 'backoff';
      if (!passes || Date.now() + pause >= deadline) throw error;
      await sleep(pause, undefined, { signal });
    }
  }
}
