import { setTimeout as sleep } from 'node:timers/promises';
import { useControlPlane } from '@naru/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { counted, killedAfter, watched } from '../../testing/client.ts';
import type { KubeClient } from '../kube/client.ts';
import { connect } from '../kube/connect.ts';
import type { KubeObject } from '../kube/kube-object.ts';
import type { Lease } from './keep-lease.ts';
import { acquireLease } from './lease.ts';
import { holderOf, leaseObject } from './lease-object.ts';
import { FIELD_MANAGER, LEASES, SYSTEM_NAMESPACE } from './record-store.ts';

const QUIET = new AbortController().signal;
const MINE = { fieldManager: FIELD_MANAGER };
const controlPlane = useControlPlane('api');
let client: KubeClient;
let count = 0;

beforeAll(async () => {
  client = await connect({ kubeconfig: controlPlane().kubeconfigPath, environment: {} });
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: SYSTEM_NAMESPACE } };
  await client.create(namespace, MINE);
});
afterAll(() => client?.close());

interface Taking {
  readonly holder: string;
  readonly by?: KubeClient;
  readonly takeOver?: boolean;
  readonly told?: string[];
  readonly signal?: AbortSignal;
}

function take(
  platform: string,
  { holder, by = client, takeOver = false, told = [], signal = QUIET }: Taking,
): Promise<Lease> {
  return acquireLease(by, platform, { holder, takeOver, onWait: (other) => void told.push(other), signal });
}

/** A platform that no other test delivers. */
function fresh(): string {
  count += 1;
  return `platform-${count}`;
}

async function leaseOf(platform: string): Promise<KubeObject | undefined> {
  return await client.get(LEASES, { name: platform, namespace: SYSTEM_NAMESPACE });
}

/** Takes a lease and dies right after. */
async function takeAndDie(platform: string, holder: string): Promise<void> {
  const { client: counting, calls } = counted(client);
  await (await take(fresh(), { holder, by: counting })).release();
  // Everything but the last request, which gives the lease back.
  await take(platform, { holder, by: killedAfter(client, calls.length - 1).client });
}

async function secondsOf(work: Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work;
  return (performance.now() - begun) / 1000;
}

describe.concurrent('a lease', () => {
  it('says who delivers, and is gone when it is given back', async () => {
    const platform = fresh();
    const lease = await take(platform, { holder: 'a@here:1' });
    expect((await leaseOf(platform))?.['spec']).toMatchObject({ holderIdentity: 'a@here:1', leaseDurationSeconds: 15 });
    await lease.release();
    expect(await leaseOf(platform)).toBeUndefined();
    expect(lease.lost.aborted).toBe(false);
  });

  it('is one per platform', async () => {
    const [one, other] = [fresh(), fresh()];
    const leases = await Promise.all([take(one, { holder: 'a' }), take(other, { holder: 'b' })]);
    await Promise.all(leases.map((lease) => lease.release()));
  });

  it('goes to one of many who ask at once; the others learn who has it while it is renewed', async () => {
    const platform = fresh();
    const holders = ['a', 'b', 'c', 'd'];
    const told: string[] = [];
    const asked = await Promise.allSettled(holders.map((holder) => take(platform, { holder, told })));
    const taken = asked.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const refused = asked.flatMap((one): unknown[] => (one.status === 'rejected' ? [one.reason] : []));
    expect(taken).toHaveLength(1);
    const holder = holderOf(await leaseOf(platform));
    expect(refused).toEqual(
      Array.from({ length: 3 }, () =>
        expect.objectContaining({ code: 'DELIVERY_HELD', details: { platform, holder } }),
      ),
    );
    // Once each.
    expect(told).toEqual([holder, holder, holder]);
    await taken[0]?.release();
  });

  it('of a killed holder is free after 15 seconds', async () => {
    const platform = fresh();
    await takeAndDie(platform, 'dead');
    const told: string[] = [];
    const seconds = await secondsOf(take(platform, { holder: 'next', told }).then((lease) => lease.release()));
    expect(seconds).toBeGreaterThan(14);
    expect(seconds).toBeLessThan(19);
    expect(told).toEqual(['dead']);
  });

  it.each(['2001-01-01T00:00:00.000000Z', '2099-01-01T00:00:00.000000Z'])(
    'of a dead holder whose clock said %s is free after 15 seconds, neither sooner nor later',
    async (renewTime) => {
      const platform = fresh();
      const lease = leaseObject(platform, 'dead', undefined);
      const spec = { ...(lease['spec'] as object), renewTime, acquireTime: renewTime };
      await client.create({ ...lease, spec }, MINE);
      const seconds = await secondsOf(take(platform, { holder: 'next' }).then((taken) => taken.release()));
      expect(seconds).toBeGreaterThan(14);
      expect(seconds).toBeLessThan(19);
    },
  );

  it('of a living holder whose clock stands still is not taken', async () => {
    const platform = fresh();
    const lease = leaseObject(platform, 'slow', undefined);
    const spec = { ...(lease['spec'] as object), renewTime: '2001-01-01T00:00:00.000000Z' };
    await client.create({ ...lease, spec }, MINE);
    const living = setInterval(() => {
      const body = { metadata: { annotations: { beat: String(performance.now()) } } };
      const name = { name: platform, namespace: SYSTEM_NAMESPACE };
      void client.patch(LEASES, name, { kind: 'merge', body }, MINE);
    }, 4_000);
    await expect(take(platform, { holder: 'next' })).rejects.toMatchObject({ code: 'DELIVERY_HELD' });
    clearInterval(living);
  });

  it('is waited for no longer than the user does', async () => {
    const platform = fresh();
    const holding = await take(platform, { holder: 'a' });
    const stop = new AbortController();
    const waiting = take(platform, { holder: 'b', signal: stop.signal });
    await sleep(1_500);
    stop.abort();
    await expect(waiting).rejects.toThrow('abort');
    await holding.release();
  });

  it('can be taken over at once; who had it is told within seconds and does not give back what is not theirs', async () => {
    const platform = fresh();
    const robbed = await take(platform, { holder: 'first' });
    const told: string[] = [];
    const robber = await take(platform, { holder: 'second', takeOver: true, told });
    expect(told).toEqual([]);

    expect(robbed.lost.aborted).toBe(false);
    await robbed.release();
    expect(holderOf(await leaseOf(platform))).toBe('second');

    await robber.release();
    expect(await leaseOf(platform)).toBeUndefined();
  });

  it('tells its holder that it was taken over, by whom, at the next renewal', async () => {
    const platform = fresh();
    const robbed = await take(platform, { holder: 'first' });
    const robber = await take(platform, { holder: 'second', takeOver: true });
    const seconds = await secondsOf(new Promise((resolve) => robbed.lost.addEventListener('abort', resolve)));
    expect(seconds).toBeLessThan(7);
    expect(robbed.lost.reason).toMatchObject({ code: 'DELIVERY_LOST', details: { platform, holder: 'second' } });
    await robber.release();
  });

  it('tells at once when it is asked to confirm', async () => {
    const platform = fresh();
    const robbed = await take(platform, { holder: 'first' });
    const robber = await take(platform, { holder: 'second', takeOver: true });
    await robbed.confirm();
    expect(robbed.lost.reason).toMatchObject({ code: 'DELIVERY_LOST' });
    await robber.release();
  });

  it('survives a server that is silent for a while, and stays with its holder', async () => {
    const platform = fresh();
    let silent = false;
    const deaf = watched(client, {
      before: (_, signal) =>
        silent ? sleep(60_000, undefined, signal === undefined ? {} : { signal }) : Promise.resolve(),
    });
    const lease = await take(platform, { holder: 'patient', by: deaf });
    silent = true;
    await sleep(6_000);
    silent = false;
    await sleep(8_000);
    expect(lease.lost.aborted).toBe(false);
    await lease.release();
  });

  it('is given up before others may take it when the server stays silent', async () => {
    const platform = fresh();
    let silent = false;
    const never = new Promise<never>(() => undefined);
    const deaf = watched(client, { before: () => (silent ? never : Promise.resolve()) });
    const lease = await take(platform, { holder: 'cut-off', by: deaf });
    silent = true;
    const lost = secondsOf(new Promise((resolve) => lease.lost.addEventListener('abort', resolve)));
    const taken = secondsOf(take(platform, { holder: 'next' }).then((next) => next.release()));
    expect(await lost).toBeLessThan(14);
    expect(await taken).toBeGreaterThan(14.5);
    expect(lease.lost.reason).toMatchObject({ code: 'CLUSTER_SILENT' });
  });

  it('that cannot be given back is no failure of the delivery', async () => {
    const platform = fresh();
    const lease = await take(platform, { holder: 'a' });
    await client.delete(LEASES, { name: platform, namespace: SYSTEM_NAMESPACE }, { propagation: 'Background' });
    await expect(lease.release()).resolves.toBeUndefined();
  });
});
