import { setTimeout as sleep } from 'node:timers/promises';
import { NaruError } from '@naru/core';
import type { KubeClient } from '../kube/client.ts';
import type { KubeObject } from '../kube/kube-object.ts';
import { keepLease, type Lease } from './keep-lease.ts';
import { DURATION_SECONDS, holderOf, leaseName, leaseObject } from './lease-object.ts';
import { claimSystemNamespace, ensureSystemNamespace, FIELD_MANAGER, LEASES } from './record-store.ts';

const LOOK_INTERVAL_MS = 1_000;

export interface LeaseOptions {
  /** Who delivers: shown to whoever finds the platform held. */
  readonly holder: string;
  /** Takes the lease at once, whoever holds it. */
  readonly takeOver: boolean;
  /** Called once when another holder must be waited for. */
  readonly onWait: (holder: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Takes the lease of a platform. Another holder's lease is waited for until it expires: a killed delivery frees the
 * platform after 15 s by itself.
 *
 * Expiry is measured on our side from when we last saw the lease change, as client-go does
 * (k8s.io/client-go/tools/leaderelection), so that a holder with a wrong clock is neither robbed nor immortal; and by a clock
 * that nobody sets, so that ours may be corrected meanwhile.
 * Throws `DELIVERY_HELD` when the holder is alive, that is, renews while we look.
 */
export async function acquireLease(client: KubeClient, platform: string, options: LeaseOptions): Promise<Lease> {
  return keepLease(client, platform, await takeInPlace(client, platform, options));
}

/** Takes the lease in a namespace that stays: one that is being removed takes everything in it away. */
async function takeInPlace(client: KubeClient, platform: string, options: LeaseOptions): Promise<KubeObject> {
  for (;;) {
    await ensureSystemNamespace(client, options.signal);
    try {
      const held = await take(client, platform, options);
      if (await claimSystemNamespace(client, options.holder)) return held;
    } catch (error) {
      if (!isTermination(error)) throw error;
    }
  }
}

/** What the API server says to a create in a namespace that is on its way out, or gone. */
function isTermination(error: unknown): boolean {
  if (!(error instanceof NaruError)) return false;
  return (
    error.code === 'OBJECT_MISSING' ||
    (error.code === 'ADMISSION_REFUSED' && error.message.includes('is being terminated'))
  );
}

interface Sighting {
  readonly holder: string | undefined;
  readonly version: string | undefined;
  readonly at: number;
  /** How often the same holder changed it while we looked. */
  readonly renewals: number;
}

async function take(client: KubeClient, platform: string, options: LeaseOptions): Promise<KubeObject> {
  let seen: Sighting | undefined;
  let told = false;
  for (;;) {
    options.signal.throwIfAborted();
    const current = await client.get(LEASES, leaseName(platform));
    const holder = holderOf(current);
    seen = look(seen, holder, current?.metadata.resourceVersion);
    const expired = performance.now() - seen.at > DURATION_SECONDS * 1000;
    if (current === undefined || holder === undefined || holder === options.holder || options.takeOver || expired) {
      const taken = await tryTake(client, platform, { holder: options.holder, current });
      if (taken !== undefined) return taken;
      continue;
    }
    // Two renewals while we look: the holder is alive, and waiting would last as long as its delivery.
    if (seen.renewals >= 2) throw new NaruError('DELIVERY_HELD', { platform, holder });
    if (!told) options.onWait(holder);
    told = true;
    await sleep(LOOK_INTERVAL_MS, undefined, { signal: options.signal });
  }
}

function look(before: Sighting | undefined, holder: string | undefined, version: string | undefined): Sighting {
  if (before !== undefined && before.version === version) return before;
  const renewals = before !== undefined && before.holder === holder ? before.renewals + 1 : 0;
  return { holder, version, at: performance.now(), renewals };
}

/** Undefined when somebody else was faster. */
async function tryTake(
  client: KubeClient,
  platform: string,
  { holder, current }: { holder: string; current: KubeObject | undefined },
): Promise<KubeObject | undefined> {
  const lease = leaseObject(platform, holder, current);
  try {
    return current === undefined
      ? await client.create(lease, { fieldManager: FIELD_MANAGER })
      : await client.update(lease, { fieldManager: FIELD_MANAGER });
  } catch (error) {
    if (error instanceof NaruError && (error.code === 'OBJECT_CHANGED' || error.code === 'OBJECT_PRESENT'))
      return undefined;
    throw error;
  }
}
