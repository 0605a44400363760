import {
  type ClusterView,
  type DryRun,
  dryRunsNeeded,
  type Inventory,
  type LiveObject,
  NaruError,
  type ObjectKey,
  type Revision,
  type RevisionObject,
} from '@naru/core';
import type { KubeClient } from '../kube/client.ts';
import type { KubeObject } from '../kube/kube-object.ts';
import { FIELD_MANAGER } from '../record/record-store.ts';
import { appliedHashOf, managersOf } from './applied-hash.ts';
import { findClaims } from './claims.ts';
import { findObjects, type Sought } from './list-kinds.ts';
import { findResidents } from './residents.ts';

/**
 * Looks at everything that a plan needs to know, and writes nothing.
 *
 * An idle platform costs one LIST per kind and namespace. Only objects that may differ are asked about by a dry run, and
 * only namespaces that would be deleted are searched for objects of others.
 */
export async function observe(
  client: KubeClient,
  {
    revision,
    inventory,
    signal,
  }: { readonly revision: Revision; readonly inventory: Inventory; readonly signal: AbortSignal },
): Promise<ClusterView> {
  const wanted = revision.components.flatMap(({ objects }) => objects);
  const { objects, unserved } = await findObjects(client, soughtFor(wanted, inventory), signal);
  const live = new Map([...objects].map(([key, object]) => [key, liveObject(object)]));
  const wantedKeys = new Set(wanted.map(({ key }) => key));
  const leaving = [...objects].filter(([key]) => inventory.entries.has(key) && !wantedKeys.has(key));
  const claims = await findClaims(client, leaving, signal);
  for (const claim of claims.objects) live.set(claim.key, liveObject(claim.object));
  const residents = await findResidents(client, { leaving, inventory, claims: claims.byOwner, signal });
  const view: ClusterView = { inventory, live, unserved, claims: claims.byOwner, residents, dryRuns: new Map() };
  return { ...view, dryRuns: await dryRun(client, dryRunsNeeded(wanted, view), signal) };
}

function soughtFor(wanted: readonly RevisionObject[], { entries }: Inventory): readonly Sought[] {
  const sought = new Map<ObjectKey, Sought>();
  for (const { key, apiVersion } of entries.values()) sought.set(key, { key, apiVersion });
  for (const { key, manifest } of wanted) sought.set(key, { key, apiVersion: manifest.apiVersion });
  return [...sought.values()];
}

function liveObject(object: KubeObject): LiveObject {
  return {
    manifest: { ...object, metadata: { ...object.metadata } },
    appliedHash: appliedHashOf(object),
    managers: managersOf(object),
  };
}

async function dryRun(
  client: KubeClient,
  objects: readonly RevisionObject[],
  signal: AbortSignal,
): Promise<ReadonlyMap<ObjectKey, DryRun>> {
  const answers = await Promise.all(
    objects.map(async ({ key, manifest }): Promise<readonly [ObjectKey, DryRun]> => {
      try {
        const after = await client.apply(manifest, { fieldManager: FIELD_MANAGER, force: true, dryRun: true, signal });
        return [key, { after }];
      } catch (error) {
        // An answer about this object belongs into the plan; a server that cannot answer ends the planning.
        if (!(error instanceof NaruError) || error.retry === 'backoff' || error.exitCode === 3) throw error;
        return [key, { refusal: error }];
      }
    }),
  );
  return new Map(answers);
}
