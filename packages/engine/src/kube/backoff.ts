import { setTimeout as sleep } from 'node:timers/promises';

/** The longest wait that a server may ask for inside one call; a longer one is reported instead. */
const LONGEST_ASKED_SECONDS = 10;
const ATTEMPTS = 6;
const FIRST_MS = 100;
const LONGEST_MS = 10_000;

/**
 * How long to wait before attempt number `attempt` (the first repetition is 1): doubling, with half of it left to chance so
 * that clients which failed together do not come back together. `random` is in [0, 1).
 */
export function backoffMs(attempt: number, random: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1));
  return full / 2 + (full / 2) * random;
}

/** The wait before one call is repeated, or `undefined` when it has been tried often enough. */
export function repetitionDelayMs(attempt: number, askedSeconds: number, random: number): number | undefined {
  if (attempt >= ATTEMPTS || askedSeconds > LONGEST_ASKED_SECONDS) return undefined;
  return Math.max(askedSeconds * 1000, backoffMs(attempt, random));
}

/** Waits; an aborted signal rejects with its reason. */
export async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  try {
    await sleep(milliseconds, undefined, signal === undefined ? {} : { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}
