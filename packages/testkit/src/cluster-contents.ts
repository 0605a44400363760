import type { ObjectKey } from '@naru/core';
import { objectKey } from '@naru/core';
import { connect } from '@naru/engine';

/** Kinds that Kubernetes keeps for itself: they come and go, and say nothing about a delivery. */
const NOISE: ReadonlySet<string> = new Set([
  'Event',
  'Lease',
  'Endpoints',
  'EndpointSlice',
  'ComponentStatus',
  'Node',
  'CSINode',
  'APIService',
  'IPAddress',
]);

/**
 * The keys of everything in a cluster that has no owner, sorted: two clusters that hold the same platform hold the same
 * keys. Objects with an owner follow from it and have random names.
 */
export async function clusterContents(kubeconfig: string): Promise<readonly ObjectKey[]> {
  const client = await connect({ kubeconfig, environment: {} });
  try {
    const types = (await client.discovery.resources()).filter(({ verbs, kind, plural }) => {
      return verbs.includes('list') && !plural.includes('/') && !NOISE.has(kind);
    });
    const lists = await Promise.all(
      types.map(async (type) => ({ type, list: await client.list(type, { metadataOnly: true }) })),
    );
    const keys = lists.flatMap(({ type: { kind, group }, list }) =>
      list.items
        .filter(({ metadata }) => (metadata.ownerReferences ?? []).length === 0)
        .map(({ metadata }) =>
          objectKey({ kind, group, namespace: metadata.namespace ?? '', name: stableName(metadata.name) }),
        ),
    );
    return [...new Set(keys)].toSorted();
  } finally {
    await client.close();
  }
}

/** A volume that is made for a claim is named after the claim's uid, which differs each time. */
function stableName(name: string): string {
  return name.replace(/^pvc-[0-9a-f-]{36}$/, 'pvc-<uid>');
}
