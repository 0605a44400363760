import { NaruError } from '@naru/core';
import type { KubeClient } from '../kube/client.ts';
import type { KubeObject } from '../kube/kube-object.ts';
import { DURATION_SECONDS, holderOf, leaseName, leaseObject } from './lease-object.ts';
import { FIELD_MANAGER, LEASES } from './record-store.ts';

const TICK_MS = 1_000;
const RENEW_INTERVAL_MS = 5_000;
/** We stop this long before others may begin: what is under way must have ended by then. */
const MARGIN_MS = 3_000;
const REQUEST_LIMIT_MS = 5_000;

/** The right to deliver one platform. */
export interface Lease {
  /** Aborted with `DELIVERY_LOST` when somebody else took over, or with why the lease could not be renewed in time. */
  readonly lost: AbortSignal;
  /** Renews now, to learn at once whether the lease is lost. */
  confirm(): Promise<void>;
  /** Stops renewing and gives the lease back, unless it is somebody else's by now. One that cannot be given back expires. */
  release(): Promise<void>;
}

/** Renews a lease that was taken, until it is released or lost. */
export function keepLease(client: KubeClient, platform: string, taken: KubeObject): Lease {
  const holder = holderOf(taken) ?? '';
  const lost = new AbortController();
  let held = taken;
  // By the wall clock, which goes on while a laptop sleeps: time that nobody saw pass counts.
  let renewedAt = Date.now();
  let setback: unknown;
  let renewing: Promise<void> | undefined;

  const renew = async (): Promise<void> => {
    const signal = AbortSignal.timeout(REQUEST_LIMIT_MS);
    try {
      const current = await client.get(LEASES, leaseName(platform), { signal });
      const found = holderOf(current);
      if (current === undefined || found !== holder) {
        lost.abort(new NaruError('DELIVERY_LOST', { platform, holder: found ?? '?' }));
        return;
      }
      const asked = Date.now();
      held = await client.update(leaseObject(platform, holder, current), { fieldManager: FIELD_MANAGER, signal });
      renewedAt = asked;
    } catch (error) {
      // A short silence of the server is no loss: nobody else can take the lease before it expires.
      setback = error;
    }
  };
  const confirm = async (): Promise<void> => {
    renewing ??= renew().finally(() => (renewing = undefined));
    await renewing;
  };
  const tick = (): void => {
    const silenceMs = Date.now() - renewedAt;
    if (silenceMs >= DURATION_SECONDS * 1000 - MARGIN_MS) lost.abort(reasonOf(client, setback));
    else if (silenceMs >= RENEW_INTERVAL_MS) void confirm();
  };
  const timer = setInterval(tick, TICK_MS);
  lost.signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  return {
    lost: lost.signal,
    confirm,
    release: async () => {
      clearInterval(timer);
      await renewing;
      if (!lost.signal.aborted) await giveBack(client, platform, held);
    },
  };
}

function reasonOf({ server }: KubeClient, setback: unknown): NaruError {
  if (setback instanceof NaruError) return setback;
  const seconds = REQUEST_LIMIT_MS / 1000;
  return new NaruError('CLUSTER_SILENT', { server, request: 'renew the lease', seconds }, { cause: setback });
}

async function giveBack(client: KubeClient, platform: string, held: KubeObject): Promise<void> {
  const { uid = '', resourceVersion = '' } = held.metadata;
  const preconditions = { uid, resourceVersion };
  try {
    await client.delete(LEASES, leaseName(platform), { propagation: 'Background', preconditions });
  } catch (error) {
    // The delivery is over, and how it went must not be hidden by this.
    if (!(error instanceof NaruError)) throw error;
  }
}
