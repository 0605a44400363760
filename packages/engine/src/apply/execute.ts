import {
  type ComponentPlan,
  type InventoryEntry,
  type Kept,
  NaruError,
  type ObjectKey,
  type Plan,
  writes,
} from '@naru/core';
import type { KubeClient } from '../kube/client.ts';
import { appliedHashOf } from '../observe/applied-hash.ts';
import { findObjects } from '../observe/list-kinds.ts';
import type { Lease } from '../record/keep-lease.ts';
import { acquireLease } from '../record/lease.ts';
import type { PlatformRecord } from '../record/platform-record.ts';
import { deleteRecord, readRecord, removeSystemNamespace, type StoredRecord } from '../record/record-store.ts';
import type { Delivery } from './delivery.ts';
import type { ApplyEvent, Listener } from './event.ts';
import { installComponent } from './install-component.ts';
import { openLedger } from './ledger.ts';
import { removeComponent } from './remove-component.ts';
import { type Ending, runGraph } from './run-graph.ts';

export interface ExecuteOptions {
  readonly client: KubeClient;
  /** The record that the plan was made from; undefined for a first delivery. */
  readonly stored: StoredRecord | undefined;
  /** What generated values follow from; becomes part of a first record. */
  readonly kept: Kept;
  readonly listener: Listener;
  /** The user's interrupt. */
  readonly signal: AbortSignal;
  /** Who delivers, for others to see. */
  readonly holder: string;
  readonly takeOver: boolean;
  /** How many components at a time. */
  readonly parallel: number;
  /** How long one component may take. */
  readonly timeoutSeconds: number;
  /** When a component is done: `ready` when left out. `accepted` is for a server without controllers, where nothing ever gets ready. */
  readonly until?: 'ready' | 'accepted';
}

export type Outcome =
  | { readonly kind: 'done' }
  /** Some components failed; the same command continues. */
  | {
      readonly kind: 'incomplete';
      readonly failures: readonly { readonly component: string; readonly error: NaruError }[];
    }
  | { readonly kind: 'interrupted' };

/**
 * Carries out a plan, and adds no decision of its own. The only writer of platform objects.
 *
 * Holds the platform's lease meanwhile, and refuses with `PLAN_MOVED` when another delivery came between plan and lease.
 * Killed at any instant, the same command converges: every key is recorded before its object is created.
 */
export async function execute(plan: Plan, options: ExecuteOptions): Promise<Outcome> {
  const { client, listener } = options;
  const started = Date.now();
  const lease = await acquireLease(client, plan.platform, {
    holder: options.holder,
    takeOver: options.takeOver,
    onWait: (holder) => listener({ type: 'held', platform: plan.platform, holder }),
    signal: options.signal,
  });
  let outcome: Outcome;
  try {
    outcome = await deliver(plan, options, lease);
  } finally {
    await lease.release();
  }
  if (outcome.kind === 'done' && plan.installs.length === 0) await removeSystemNamespace(client);
  listener({ type: 'delivery-finished', outcome: outcome.kind, elapsedMs: Date.now() - started });
  return outcome;
}

async function deliver(plan: Plan, options: ExecuteOptions, lease: Lease): Promise<Outcome> {
  const { client, listener, timeoutSeconds } = options;
  await refuseMoved(plan, options);
  const signal = AbortSignal.any([options.signal, lease.lost]);
  const ledger = openLedger(client, {
    record: recordOf(plan, options),
    resourceVersion: options.stored?.resourceVersion,
    signal,
    timeoutSeconds,
    onTaken: () => lease.confirm(),
  });
  const delivery: Delivery = {
    client,
    ledger,
    emit: listener,
    signal,
    until: options.until ?? 'ready',
    timeoutSeconds,
  };
  const absent = await absentEntries(plan, delivery);
  listener(startOf(plan));
  // The graph of the platform must be known before its first object is: a delete after a crash needs it.
  await ledger.change((entries) => {
    for (const key of absent) entries.delete(key);
  });
  const outcome = await runAll(plan, delivery, options.parallel);
  lease.lost.throwIfAborted();
  if (outcome.kind === 'done') await finish(plan, delivery);
  return outcome;
}

function startOf(plan: Plan): ApplyEvent {
  const components = [...plan.installs, ...plan.removals].map(({ component }) => component);
  return {
    type: 'delivery-started',
    platform: plan.platform,
    site: plan.site,
    components: [...new Set(components)],
    steps: writes(plan).length,
  };
}

async function refuseMoved(plan: Plan, { client, stored }: ExecuteOptions): Promise<void> {
  const now = await readRecord(client, plan.platform);
  if (now?.resourceVersion !== stored?.resourceVersion) throw new NaruError('PLAN_MOVED', { platform: plan.platform });
}

/**
 * What the record holds and no step speaks of was neither wanted nor there when the plan was made: a delivery was killed
 * before it made it, or after it had deleted it. Throws `PLAN_MOVED` when it has come to life since.
 */
async function absentEntries(
  { platform, installs, removals }: Plan,
  { client, ledger, signal }: Delivery,
): Promise<readonly ObjectKey[]> {
  const planned = new Set([...installs, ...removals].flatMap(({ steps }) => steps.map(({ key }) => key)));
  const others = [...ledger.record.inventory.entries.values()].filter(({ key }) => !planned.has(key));
  const { objects } = await findObjects(client, others, signal);
  const applied = others.filter(({ claim }) => claim === undefined);
  const ours = applied.filter(({ key, appliedHash }) => {
    const object = objects.get(key);
    return object !== undefined && (appliedHash !== undefined || appliedHashOf(object) !== undefined);
  });
  if (ours.length > 0) throw new NaruError('PLAN_MOVED', { platform });
  // A recorded claim that is still there belongs to a StatefulSet that the plan keeps.
  const gone = others.filter(({ key, claim }) => claim !== undefined && objects.get(key)?.metadata.uid !== claim.uid);
  return [...applied, ...gone].map(({ key }) => key);
}

function recordOf(plan: Plan, { stored, kept }: ExecuteOptions): PlatformRecord {
  const installs = plan.installs.map(({ component, after }) => [component, after] as const);
  const before = stored?.record.inventory;
  // While something leaves, the whole old graph stays: what leaves may stand on each other through what has left.
  const leaving = plan.removals.length === 0 ? [] : (before?.standsOn ?? []);
  return {
    platform: plan.platform,
    site: plan.site,
    version: plan.version,
    revision: plan.revision,
    kept,
    inventory: {
      entries: before?.entries ?? new Map<ObjectKey, InventoryEntry>(),
      standsOn: new Map([...leaving, ...installs]),
    },
  };
}

async function runAll(plan: Plan, delivery: Delivery, parallel: number): Promise<Outcome> {
  const failures: { component: string; error: NaruError }[] = [];
  const pass = async (plans: readonly ComponentPlan[], work: typeof installComponent): Promise<boolean> => {
    const byName = new Map(plans.map((component) => [component.component, component]));
    for (const { component } of plans) delivery.emit({ type: 'component', component, phase: 'waiting' });
    const nodes = plans.map(({ component, after }) => ({ name: component, after }));
    const endings = await runGraph(nodes, (name) => workOn(delivery, byName.get(name), work), {
      parallel,
      signal: delivery.signal,
    });
    for (const [component, ending] of endings) tellEnding(delivery, component, ending, failures);
    return [...endings.values()].every(({ kind }) => kind === 'done');
  };
  const installed = await pass(plan.installs, installComponent);
  // Deletes come last: what replaces an object must be ready before it goes.
  const complete = installed && (await pass(plan.removals, removeComponent));
  if (complete) return { kind: 'done' };
  return failures.length === 0 ? { kind: 'interrupted' } : { kind: 'incomplete', failures };
}

async function workOn(
  delivery: Delivery,
  plan: ComponentPlan | undefined,
  work: typeof installComponent,
): Promise<void> {
  if (plan === undefined) return;
  await work(delivery, plan);
  delivery.emit({ type: 'component', component: plan.component, phase: 'done' });
}

function tellEnding(
  { emit, signal }: Delivery,
  component: string,
  ending: Ending,
  failures: { component: string; error: NaruError }[],
): void {
  if (ending.kind === 'done') return;
  if (ending.kind === 'blocked') {
    emit({ type: 'component', component, phase: 'blocked' });
    return;
  }
  const { error } = ending;
  // What an abort tears down is no failure of the component.
  if (signal.aborted && (error === signal.reason || isAbort(error))) return;
  if (!(error instanceof NaruError)) throw error;
  failures.push({ component, error });
  emit({ type: 'component', component, phase: 'failed', error });
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

/**
 * A platform that left nothing behind leaves no record either. One that left data keeps it: the data was made with
 * passwords that follow from the record's seed, and the next install must make the same ones.
 */
async function finish(plan: Plan, { client, ledger }: Delivery): Promise<void> {
  const holdsData = plan.removals.some(({ steps }) => steps.some(({ action }) => action === 'retain'));
  if (plan.installs.length === 0 && !holdsData && ledger.record.inventory.entries.size === 0) {
    await deleteRecord(client, plan.platform);
    return;
  }
  if (plan.removals.length === 0) return;
  await ledger.change((entries, standsOn) => {
    const left = new Set([...plan.installs, ...entries.values()].map(({ component }) => component));
    for (const component of [...standsOn.keys()].filter((name) => !left.has(name))) standsOn.delete(component);
  });
}
