import { type Finding, NaruError, writes } from '@naru/core';
import type { Listener } from '../apply/event.ts';
import { type ExecuteOptions, execute } from '../apply/execute.ts';
import type { KubeClient } from '../kube/client.ts';
import { connect } from '../kube/connect.ts';
import { readRecord } from '../record/record-store.ts';
import type { ControlPlane, ControlPlaneOptions, Level } from '../rehearsal/control-plane.ts';
import { startControlPlane } from '../rehearsal/start-control-plane.ts';
import { observeStatus } from './observe-status.ts';
import { type PlannedDelivery, planDeletion, planDelivery } from './plan-delivery.ts';
import type { PrepareOptions } from './prepare.ts';
import { furnishSite } from './site-furniture.ts';

/** What a rehearsal proves, in order. */
export type RehearsalStage =
  | 'control-plane'
  | 'plan'
  | 'install'
  | 'accept'
  | 'status'
  | 'idle-plan'
  | 'delete'
  | 'leftovers';

export interface RehearseOptions extends PrepareOptions, ControlPlaneOptions {
  readonly signal: AbortSignal;
  readonly holder: string;
  readonly parallel: number;
  readonly timeoutSeconds: number;
  readonly listener: Listener;
  /** Called when a stage is proven, with the time that it took. */
  readonly onStage: (stage: RehearsalStage, elapsedMs: number) => void;
}

export interface Rehearsal {
  readonly platform: string;
  readonly site: string;
  readonly level: Level;
  readonly kubernetesVersion: string;
  readonly objects: number;
  readonly findings: readonly Finding[];
}

/**
 * Walks the whole delivery against a throw-away control plane: plan, install until ready, plan again and find nothing to
 * do, delete in reverse order with all data, and find nothing left. The control plane ends with the rehearsal.
 *
 * At level `api` nothing acts on objects, so none gets ready and none with a finalizer is ever gone: there the server must
 * accept everything, and a second plan must find nothing to do.
 *
 * Throws what a delivery throws, and what keeps a control plane from being had.
 */
export async function rehearse(options: RehearseOptions): Promise<Rehearsal> {
  const timed = stopwatch(options.onStage);
  const controlPlane = await timed('control-plane', () => startControlPlane(options));
  let client: KubeClient | undefined;
  try {
    client = await connect({ kubeconfig: controlPlane.kubeconfigPath, environment: {} });
    return await walk(client, controlPlane, options);
  } finally {
    await client?.close();
    await controlPlane.stop();
  }
}

async function walk(client: KubeClient, controlPlane: ControlPlane, options: RehearseOptions): Promise<Rehearsal> {
  const { level, kubernetesVersion } = controlPlane;
  const timed = stopwatch(options.onStage);
  const first = await timed('plan', async () => {
    await furnishSite(client, options);
    return await planDelivery(client, { ...options, deleteData: false }, options.signal);
  });
  if (level === 'api') await walkStored(client, first, options);
  else await walkLife(client, first, options);
  return {
    platform: first.plan.platform,
    site: first.plan.site,
    level,
    kubernetesVersion,
    objects: first.plan.installs.reduce((sum, { steps }) => sum + steps.length, 0),
    findings: first.findings,
  };
}

/** What can be proven where objects are stored and nothing acts on them. */
async function walkStored(client: KubeClient, first: PlannedDelivery, options: RehearseOptions): Promise<void> {
  const timed = stopwatch(options.onStage);
  await timed('accept', () => deliver(client, first, { ...options, until: 'accepted' }));
  await timed('idle-plan', () => findNothingToDo(client, options));
}

async function walkLife(client: KubeClient, first: PlannedDelivery, options: RehearseOptions): Promise<void> {
  const { signal } = options;
  const { platform } = first.plan;
  const timed = stopwatch(options.onStage);
  await timed('install', () => deliver(client, first, { ...options, until: 'ready' }));
  await timed('status', async () => {
    const { components } = await observeStatus(client, platform, signal);
    refuseStages(components.filter(({ word }) => word !== 'Current').map(({ component }) => component));
  });
  await timed('idle-plan', () => findNothingToDo(client, options));
  await timed('delete', async () => {
    const deletion = await planDeletion(client, platform, { deleteData: true, signal });
    await deliver(client, deletion, { ...options, until: 'ready' });
  });
  await timed('leftovers', async () => {
    const left = await readRecord(client, platform);
    refuseStages(left === undefined ? [] : [...left.record.inventory.entries.keys()]);
  });
}

async function deliver(
  client: KubeClient,
  planned: PlannedDelivery,
  options: RehearseOptions & Pick<ExecuteOptions, 'until'>,
): Promise<void> {
  completed(await execute(planned.plan, { ...options, ...planned, client, takeOver: false }), 'naru rehearse');
}

async function findNothingToDo(client: KubeClient, options: RehearseOptions): Promise<void> {
  const { plan } = await planDelivery(client, { ...options, deleteData: false }, options.signal);
  refuseStages(writes(plan).map(({ key }) => key));
}

/** Turns an outcome that is not `done` into what a person must know: every failure, and how to continue. */
export function completed(outcome: Awaited<ReturnType<typeof execute>>, command: string): void {
  if (outcome.kind === 'done') return;
  if (outcome.kind === 'interrupted') throw new DOMException('interrupted', 'AbortError');
  const failed = outcome.failures.map(({ component }) => component).join(', ');
  throw new NaruError('DELIVERY_INCOMPLETE', { failed, command }, { cause: outcome.failures[0]?.error });
}

function refuseStages(offenders: readonly string[]): void {
  if (offenders.length === 0) return;
  throw new NaruError('REHEARSAL_UNPROVEN', { offenders: offenders.join(', ') });
}

function stopwatch(
  onStage: RehearseOptions['onStage'],
): <T>(stage: RehearsalStage, work: () => Promise<T>) => Promise<T> {
  return async (stage, work) => {
    const started = performance.now();
    const result = await work();
    onStage(stage, performance.now() - started);
    return result;
  };
}
