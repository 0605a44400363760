import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Inventory,
  EMPTY_INVENTORY,
  type Finding,
  type Kept,
  NaruError,
  type Plan,
  type PlanOptions,
  planPlatform,
  Refusal,
  refuseErrors,
  type Revision,
} from '@naru/core';
import type { KubeClient } from '../kube/client.ts';
import { observe } from '../observe/observe.ts';
import { readRecord, recordedPlatforms, type StoredRecord } from '../record/record-store.ts';
import { freshSeed, loadSources, type Prepared, prepare, type PrepareOptions } from './prepare.ts';

const STEADY_LOOK_MS = 500;
const STEADY_LIMIT_MS = 30_000;

/** A plan, and what it was made from. */
export interface PlannedDelivery {
  readonly plan: Plan;
  readonly stored: StoredRecord | undefined;
  readonly kept: Kept;
  readonly findings: readonly Finding[];
}

/**
 * Plans the delivery of a folder to a cluster. Reads the cluster and writes nothing.
 *
 * Throws a `Refusal` with everything that stands in the way, from misspelt fields to objects of others, and `PLAN_MOVED`
 * when another delivery never leaves the record alone.
 */
export async function planDelivery(
  client: KubeClient,
  options: PrepareOptions & PlanOptions,
  signal: AbortSignal,
): Promise<PlannedDelivery & { readonly prepared: Prepared }> {
  const sources = await loadSources(options);
  return await planSteadily(client, sources.platform.spec.metadata.name, signal, async (stored) => {
    const kept = stored?.record.kept ?? freshSeed();
    const prepared = await prepare(sources, options, kept);
    const planned = await planRevision(client, prepared.revision, { stored, deleteData: options.deleteData, signal });
    return { ...planned, kept, prepared, findings: [...prepared.findings, ...planned.findings] };
  });
}

/** Plans the exact reverse of an install. Throws `PLATFORM_UNKNOWN` when the cluster has no record of the platform. */
export async function planDeletion(
  client: KubeClient,
  platform: string,
  { deleteData, signal }: PlanOptions & { readonly signal: AbortSignal },
): Promise<PlannedDelivery> {
  return await planSteadily(client, platform, signal, async (stored) => {
    if (stored === undefined) {
      const known = await recordedPlatforms(client, { signal });
      throw new NaruError('PLATFORM_UNKNOWN', { platform, known: known.join(', ') || '—' });
    }
    const { record } = stored;
    const nothing: Revision = {
      platform,
      version: record.version,
      site: record.site,
      digest: record.revision,
      components: [],
    };
    return { ...(await planRevision(client, nothing, { stored, deleteData, signal })), kept: record.kept };
  });
}

/** The platform that is meant: the one that was named, or the only one of the cluster. Throws `PLATFORM_UNNAMED`. */
export async function platformOf(client: KubeClient, named: string | undefined, signal: AbortSignal): Promise<string> {
  if (named !== undefined) return named;
  const known = await recordedPlatforms(client, { signal });
  const [only, another] = known;
  if (only === undefined || another !== undefined) throw new NaruError('PLATFORM_UNNAMED', { known: known.join(', ') });
  return only;
}

/**
 * Makes a plan from a record. What another delivery makes between our reading of the record and our look at the cluster would
 * look like somebody else's: a refusal counts only when the record is still the one that was read.
 */
async function planSteadily<T>(
  client: KubeClient,
  platform: string,
  signal: AbortSignal,
  plan: (stored: StoredRecord | undefined) => Promise<T>,
): Promise<T> {
  const started = performance.now();
  for (;;) {
    const stored = await readRecord(client, platform, { signal });
    try {
      return await plan(stored);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const now = await readRecord(client, platform, { signal });
      if (now?.resourceVersion === stored?.resourceVersion) throw error;
    }
    if (performance.now() - started > STEADY_LIMIT_MS) throw new NaruError('PLAN_MOVED', { platform });
    await sleep(STEADY_LOOK_MS, undefined, { signal });
  }
}

async function planRevision(
  client: KubeClient,
  revision: Revision,
  {
    stored,
    deleteData,
    signal,
  }: PlanOptions & { readonly stored: StoredRecord | undefined; readonly signal: AbortSignal },
): Promise<Omit<PlannedDelivery, 'kept'>> {
  const inventory: Inventory = stored?.record.inventory ?? EMPTY_INVENTORY;
  const view = await observe(client, { revision, inventory, signal });
  const { plan, findings } = planPlatform(revision, view, { deleteData });
  refuseErrors(findings);
  return { plan, stored, findings };
}
