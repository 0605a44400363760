import { type ComponentPlan, NaruError, type ObjectKey, parseObjectKey, type Step } from '@naru/core';
import type { KubeObject } from '../kube/kube-object.ts';
import { appliedHashOf } from '../observe/applied-hash.ts';
import { findObjects } from '../observe/list-kinds.ts';
import { FIELD_MANAGER } from '../record/record-store.ts';
import type { Delivery } from './delivery.ts';
import { persist } from './persist.ts';
import { settle } from './settle.ts';

/** Kinds that others need to exist before they can be created. */
const FOUNDATIONS: ReadonlySet<string> = new Set(['CustomResourceDefinition', 'Namespace']);

/**
 * Carries out the steps of one component: keys into the inventory, foundations, everything else in order, then wait until
 * all of it is Current, kept objects included: an earlier delivery may have stopped before they were ready.
 */
export async function installComponent(delivery: Delivery, { component, steps }: ComponentPlan): Promise<void> {
  const deadline = Date.now() + delivery.timeoutSeconds * 1000;
  const phase = (name: 'applying' | 'settling'): void => delivery.emit({ type: 'component', component, phase: name });
  phase('applying');
  await writeAhead(delivery, steps);
  const foundations = steps.filter(({ key }) => FOUNDATIONS.has(parseObjectKey(key).kind));
  const applied = new Map<ObjectKey, KubeObject>();
  const apply = async (batch: readonly Step[]): Promise<void> => {
    for (const step of batch) {
      const object = await applyStep(delivery, step, deadline);
      if (object !== undefined) applied.set(step.key, object);
    }
  };
  await apply(foundations);
  await settle(delivery, component, { seen: applied, deadline });
  await apply(steps.filter((step) => !foundations.includes(step)));
  await recordApplied(delivery, steps, applied);
  if (delivery.until === 'accepted') return;
  phase('settling');
  const kept = await findKept(delivery, steps, deadline);
  await settle(delivery, component, { seen: new Map([...kept, ...applied]), deadline });
}

/**
 * Takes back what the record says about everything that is about to be written. A crash between here and the write leaves
 * a key without an object, which harms nobody; the reverse would leak one. And a crash between the write and its record
 * leaves an object that the next plan must look at: by its old record it would pass for what it was before.
 */
async function writeAhead({ ledger }: Delivery, steps: readonly Step[]): Promise<void> {
  const before = ledger.record.inventory.entries;
  const ahead = steps.flatMap(({ action, key, apiVersion, component }) => {
    if (action !== 'create' && action !== 'update') return [];
    const old = before.get(key);
    const appliedHash = action === 'update' ? old?.appliedHash : undefined;
    if (old?.desiredHash === '' && old.appliedHash === appliedHash) return [];
    return [{ key, apiVersion, component, desiredHash: '', appliedHash }];
  });
  if (ahead.length === 0) return;
  await ledger.change((entries) => {
    for (const entry of ahead) entries.set(entry.key, entry);
  });
}

async function applyStep(delivery: Delivery, step: Step, deadline: number): Promise<KubeObject | undefined> {
  const { action, key, component, manifest, reason } = step;
  if (manifest === undefined || (action !== 'create' && action !== 'update' && reason !== 'unrecorded'))
    return undefined;
  const { client, signal } = delivery;
  signal.throwIfAborted();
  const apply = (): Promise<KubeObject> => client.apply(manifest, { fieldManager: FIELD_MANAGER, force: true });
  const object = await persist(apply, { deadline, signal });
  delivery.emit({ type: 'step-done', component, key, action, reason });
  return object;
}

/** Throws `PLAN_MOVED` when an object that the plan found has gone since: only a new plan may make it again. */
async function findKept(
  { client, ledger, signal }: Delivery,
  steps: readonly Step[],
  deadline: number,
): Promise<ReadonlyMap<ObjectKey, KubeObject>> {
  const kept = steps.filter(({ action }) => action === 'keep');
  const { objects } = await persist(() => findObjects(client, kept, signal), { deadline, signal });
  if (objects.size < kept.length) throw new NaruError('PLAN_MOVED', { platform: ledger.record.platform });
  return objects;
}

async function recordApplied(
  { ledger }: Delivery,
  steps: readonly Step[],
  applied: ReadonlyMap<ObjectKey, KubeObject>,
): Promise<void> {
  const { entries: before } = ledger.record.inventory;
  const changed = steps.flatMap(({ key, apiVersion, component, desiredHash, action }) => {
    if (action === 'retain') return [];
    const object = applied.get(key);
    const appliedHash = object === undefined ? before.get(key)?.appliedHash : appliedHashOf(object);
    const entry = { key, apiVersion, component, desiredHash, appliedHash };
    const old = before.get(key);
    const same = old?.desiredHash === desiredHash && old.appliedHash === appliedHash && old.component === component;
    return same && old.apiVersion === apiVersion ? [] : [entry];
  });
  if (changed.length === 0) return;
  await ledger.change((entries) => {
    for (const entry of changed) entries.set(entry.key, entry);
  });
}
