import { type Inventory, NaruError, type ObjectKey } from '@naru/core';
import type { KubeClient } from '../kube/client.ts';
import type { KubeObject, ResourceType } from '../kube/kube-object.ts';
import { keyOfListed } from './list-kinds.ts';

/** What Kubernetes itself puts into every namespace, or keeps there as a trace of other objects. */
const FURNITURE: ReadonlySet<string> = new Set([
  'Event.',
  'Event.events.k8s.io',
  'Endpoints.',
  'EndpointSlice.discovery.k8s.io',
  'Lease.coordination.k8s.io',
]);
const DEFAULTS: ReadonlySet<string> = new Set(['ConfigMap/kube-root-ca.crt', 'ServiceAccount/default']);

export interface ResidentsOptions {
  /** Objects of ours that leave the platform. */
  readonly leaving: readonly (readonly [ObjectKey, KubeObject])[];
  readonly inventory: Inventory;
  readonly claims: ReadonlyMap<ObjectKey, readonly ObjectKey[]>;
  readonly signal: AbortSignal;
}

/**
 * Objects of others in namespaces that are about to go. Objects that have an owner go with it and do not count; neither
 * do claims of our own StatefulSets, which the plan retains or deletes by itself.
 */
export async function findResidents(
  client: KubeClient,
  { leaving, inventory, claims, signal }: ResidentsOptions,
): Promise<ReadonlyMap<ObjectKey, readonly ObjectKey[]>> {
  const namespaces = leaving.filter(([, { kind, apiVersion }]) => kind === 'Namespace' && apiVersion === 'v1');
  if (namespaces.length === 0) return new Map();
  const ours = new Set<ObjectKey>([...inventory.entries.keys(), ...[...claims.values()].flat()]);
  const types = (await client.discovery.resources({ signal })).filter(isSearchable);
  const found = await Promise.all(
    namespaces.map(async ([key, { metadata }]) => {
      const lists = await Promise.all(
        types.map(async (type) => ({
          type,
          items: await itemsOf(client, type, { namespace: metadata.name, signal }),
        })),
      );
      const foreign = lists.flatMap(({ type, items }) =>
        items.filter((object) => isForeign(type, object)).map((object) => keyOfListed(type, object)),
      );
      return [key, foreign.filter((resident) => !ours.has(resident))] as const;
    }),
  );
  return new Map(found);
}

/** A kind whose definition has gone meanwhile has no objects. */
async function itemsOf(
  client: KubeClient,
  type: ResourceType,
  { namespace, signal }: { readonly namespace: string; readonly signal: AbortSignal },
): Promise<readonly KubeObject[]> {
  try {
    return (await client.list(type, { namespace, metadataOnly: true, signal })).items;
  } catch (error) {
    if (error instanceof NaruError && error.code === 'KIND_UNSERVED') return [];
    throw error;
  }
}

function isSearchable({ kind, group, namespaced, verbs, plural }: ResourceType): boolean {
  return (
    namespaced &&
    verbs.includes('list') &&
    verbs.includes('delete') &&
    !plural.includes('/') &&
    !FURNITURE.has(`${kind}.${group}`)
  );
}

function isForeign({ kind }: ResourceType, { metadata }: KubeObject): boolean {
  if ((metadata.ownerReferences ?? []).length > 0) return false;
  return !DEFAULTS.has(`${kind}/${metadata.name}`);
}
