import { setTimeout as sleep } from 'node:timers/promises';
import { type ComponentPlan, type InventoryEntry, NaruError, parseObjectKey, type Step } from '@naru/core';
import { findObjects } from '../observe/list-kinds.ts';
import type { Delivery } from './delivery.ts';
import { persist } from './persist.ts';

/** Kinds whose pods must be gone before what they use goes: the object stays until its dependents are deleted. */
const OWNERS: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'CronJob']);
const FIRST_LOOK_MS = 150;
const LONGEST_LOOK_MS = 2_000;

/**
 * Carries out the deletes of one component and waits until its objects are really gone, so that what they stand on is
 * deleted after them. Throws `COMPONENT_NOT_GONE` when finalizers hold an object beyond the time limit.
 */
export async function removeComponent(delivery: Delivery, { component, steps }: ComponentPlan): Promise<void> {
  const deletes = steps.filter(({ action }) => action === 'delete');
  if (deletes.length === 0) return;
  delivery.emit({ type: 'component', component, phase: 'removing' });
  await recordClaims(delivery, steps);
  const { signal } = delivery;
  const deadline = Date.now() + delivery.timeoutSeconds * 1000;
  for (const step of deletes) {
    signal.throwIfAborted();
    await persist(() => deleteObject(delivery, step), { deadline, signal });
    delivery.emit({ type: 'step-done', component, key: step.key, action: step.action, reason: step.reason });
  }
  await waitUntilGone(delivery, deletes, { component, deadline });
  await delivery.ledger.change((entries) => {
    for (const { key } of deletes) entries.delete(key);
  });
}

/** A claim can be told to be ours only while its StatefulSet is there, so it is recorded before the set goes. */
async function recordClaims({ ledger }: Delivery, steps: readonly Step[]): Promise<void> {
  const known = ledger.record.inventory.entries;
  const claims = steps.flatMap(({ key, apiVersion, component, claim }): readonly InventoryEntry[] => {
    if (claim === undefined || known.get(key)?.claim?.uid === claim.uid) return [];
    return [{ key, apiVersion, component, desiredHash: '', appliedHash: undefined, claim }];
  });
  if (claims.length === 0) return;
  await ledger.change((entries) => {
    for (const claim of claims) entries.set(claim.key, claim);
  });
}

async function deleteObject({ client, signal }: Delivery, { key, apiVersion, uid }: Step): Promise<void> {
  const { kind, namespace, name } = parseObjectKey(key);
  const type = await client.discovery.resourceFor({ apiVersion, kind }, { signal });
  // A definition that is gone took its objects with it.
  if (type === undefined) return;
  try {
    await client.delete(type, namespace === '' ? { name } : { name, namespace }, {
      propagation: OWNERS.has(kind) ? 'Foreground' : 'Background',
      ...(uid === undefined ? {} : { preconditions: { uid } }),
    });
  } catch (error) {
    // Another object of the same name is not the one that the plan meant: ours is gone.
    if (!(error instanceof NaruError) || error.code !== 'OBJECT_CHANGED') throw error;
  }
}

async function waitUntilGone(
  delivery: Delivery,
  deletes: readonly Step[],
  { component, deadline }: { readonly component: string; readonly deadline: number },
): Promise<void> {
  const { client, signal, timeoutSeconds } = delivery;
  const uids = new Map(deletes.map(({ key, uid }) => [key, uid]));
  let left = deletes;
  for (let pause = FIRST_LOOK_MS; ; pause = Math.min(pause * 1.5, LONGEST_LOOK_MS)) {
    const { objects } = await persist(() => findObjects(client, left, signal), { deadline, signal });
    left = left.filter(({ key }) => {
      const uid = objects.get(key)?.metadata.uid;
      return uid !== undefined && (uids.get(key) === undefined || uids.get(key) === uid);
    });
    if (left.length === 0) return;
    if (Date.now() >= deadline) {
      const keys = left.map(({ key }) => key).join(', ');
      throw new NaruError('COMPONENT_NOT_GONE', { component, keys, seconds: timeoutSeconds });
    }
    for (const { key } of left.slice(0, 1)) {
      delivery.emit({ type: 'object-waiting', component, key, status: 'Terminating', reason: { code: 'deleting' } });
    }
    await sleep(pause, undefined, { signal });
  }
}
