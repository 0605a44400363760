import { NaruError } from '@naru/core';
import { beforeEach, describe, expect, it } from 'vitest';
import { createWatchHealth, type WatchHealth } from './watch-health.ts';

const AWAY = new NaruError('CLUSTER_UNREACHABLE', { server: 's', reason: 'refused' });
const DENIED = new NaruError('CREDENTIAL_REFUSED', { server: 's', reason: 'no' });

describe('watch health', () => {
  let now = 0;
  let health: WatchHealth;
  beforeEach(() => {
    now = 0;
    health = createWatchHealth(
      () => 0,
      () => now,
    );
  });

  it('reports any failure before the first answer', () => {
    expect(() => health.closed(AWAY)).toThrow(AWAY);
  });

  it('goes on at once after a connection that lived', () => {
    health.opened();
    now = 5000;
    health.closed(undefined);
    expect(health.delayMs()).toBe(0);
  });

  it('slows down when connections end as soon as they begin', () => {
    const delays = [1, 2, 3].map(() => {
      health.opened();
      health.closed(undefined);
      return health.delayMs();
    });
    expect(delays).toEqual([50, 100, 200]);
  });

  it('bears a server that is away for five minutes, not longer', () => {
    health.heard();
    now = 300_000;
    health.closed(AWAY);
    now = 300_001;
    expect(() => health.closed(AWAY)).toThrow(AWAY);
  });

  it('bears a refusal for as long as a server needs to start', () => {
    health.heard();
    now = 10_000;
    health.closed(DENIED);
    now = 10_001;
    expect(() => health.closed(DENIED)).toThrow(DENIED);
  });

  it('counts from the last sign of life', () => {
    health.heard();
    now = 299_000;
    health.opened();
    now = 500_000;
    health.closed(AWAY);
    expect(health.delayMs()).toBe(0);
  });
});
