import { isRecord, type PodCause, podCause } from '@naru/core';
import type { KubeClient } from '../kube/client.ts';
import type { KubeObject, ResourceType } from '../kube/kube-object.ts';

const PODS: ResourceType = { group: '', version: 'v1', kind: 'Pod', plural: 'pods', namespaced: true, verbs: [] };
const OWNERS: Readonly<Record<string, string>> = {
  Deployment: 'apps/v1',
  StatefulSet: 'apps/v1',
  DaemonSet: 'apps/v1',
  ReplicaSet: 'apps/v1',
  Job: 'batch/v1',
};

/** Why the pods of a workload are not ready, in the words of the scheduler and the kubelet. Empty for other kinds. */
export async function podCauses(
  client: KubeClient,
  owner: { readonly kind: string; readonly namespace: string; readonly name: string },
  signal: AbortSignal,
): Promise<readonly PodCause[]> {
  const apiVersion = OWNERS[owner.kind];
  if (apiVersion === undefined) return [];
  const type = await client.discovery.resourceFor({ apiVersion, kind: owner.kind }, { signal });
  const object = type === undefined ? undefined : await client.get(type, owner, { signal });
  const labelSelector = object === undefined ? undefined : selectorOf(object);
  if (labelSelector === undefined) return [];
  const { items } = await client.list(PODS, { namespace: owner.namespace, labelSelector, signal });
  return items.flatMap((pod) => podCause(pod) ?? []);
}

/** The equality part of a workload's selector, which is what charts write. */
function selectorOf(object: KubeObject): string | undefined {
  const spec = isRecord(object['spec']) ? object['spec'] : {};
  const selector = isRecord(spec['selector']) ? spec['selector'] : {};
  const labels = isRecord(selector['matchLabels']) ? selector['matchLabels'] : {};
  const terms = Object.entries(labels).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${key}=${value}`] : [],
  );
  return terms.length === 0 ? undefined : terms.join(',');
}
