import type { NaruError } from '@naru/core';
import { backoffMs } from './backoff.ts';

/** How long a server may stay away before the caller must know. */
const OUTAGE_MS = 300_000;
/** A server that starts refuses for a moment what it will allow: its roles are not loaded yet. */
const REFUSAL_MS = 10_000;
/** A connection that lived this long was no failure. */
const HEALTHY_MS = 1_000;

/** Watches the connections of one watch: how long to wait before the next one, and when to give up. */
export interface WatchHealth {
  opened(): void;
  /** The server said something. */
  heard(): void;
  /** Throws the error when the server has been away for too long. Before the first answer any error is too long. */
  closed(error: NaruError | undefined): void;
  delayMs(): number;
}

export function createWatchHealth(random: () => number, now: () => number = () => performance.now()): WatchHealth {
  let failures = 0;
  let openedAt: number | undefined;
  let heardAt: number | undefined;
  return {
    opened: () => {
      openedAt = now();
      heardAt = openedAt;
    },
    heard: () => {
      heardAt = now();
    },
    closed: (error) => {
      const lived = openedAt === undefined ? 0 : now() - openedAt;
      failures = lived > HEALTHY_MS ? 0 : failures + 1;
      openedAt = undefined;
      if (error === undefined) return;
      const away = heardAt === undefined ? Number.POSITIVE_INFINITY : now() - heardAt;
      if (away > (error.retry === 'backoff' ? OUTAGE_MS : REFUSAL_MS)) throw error;
    },
    delayMs: () => (failures === 0 ? 0 : backoffMs(failures, random())),
  };
}
