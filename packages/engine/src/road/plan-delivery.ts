import {
  type Inventory,
  EMPTY_INVENTORY,
  type Finding,
  type Kept,
  NaruError,
  type Plan,
  type PlanOptions,
  planPlatform,
  refuseErrors,
  type Revision,
} from '@naru/core';
import type { KubeClient } from '../kube/client.ts';
import { observe } from '../observe/observe.ts';
import { readRecord, recordedPlatforms, type StoredRecord } from '../record/record-store.ts';
import { freshSeed, loadSources, type Prepared, prepare, type PrepareOptions } from './prepare.ts';

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
 * Throws a `Refusal` with everything that stands in the way, from misspelt fields to objects of others.
 */
export async function planDelivery(
  client: KubeClient,
  options: PrepareOptions & PlanOptions,
  signal: AbortSignal,
): Promise<PlannedDelivery & { readonly prepared: Prepared }> {
  const sources = await loadSources(options);
  const stored = await readRecord(client, sources.platform.spec.metadata.name, { signal });
  const kept = stored?.record.kept ?? freshSeed();
  const prepared = prepare(sources, options, kept);
  const planned = await planRevision(client, prepared.revision, { stored, deleteData: options.deleteData, signal });
  return { ...planned, kept, prepared, findings: [...prepared.findings, ...planned.findings] };
}

/** Plans the exact reverse of an install. Throws `PLATFORM_UNKNOWN` when the cluster has no record of the platform. */
export async function planDeletion(
  client: KubeClient,
  platform: string,
  { deleteData, signal }: PlanOptions & { readonly signal: AbortSignal },
): Promise<PlannedDelivery> {
  const stored = await readRecord(client, platform, { signal });
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
}

/** The platform that is meant: the one that was named, or the only one of the cluster. Throws `PLATFORM_UNNAMED`. */
export async function platformOf(client: KubeClient, named: string | undefined, signal: AbortSignal): Promise<string> {
  if (named !== undefined) return named;
  const known = await recordedPlatforms(client, { signal });
  const [only, another] = known;
  if (only === undefined || another !== undefined) throw new NaruError('PLATFORM_UNNAMED', { known: known.join(', ') });
  return only;
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
