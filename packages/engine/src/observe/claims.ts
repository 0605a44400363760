import { isRecord, keyOf, type ObjectKey } from '@naru/core';
import type { KubeClient } from '../kube/client.ts';
import type { KubeObject, ResourceType } from '../kube/kube-object.ts';

const CLAIMS: ResourceType = {
  group: '',
  version: 'v1',
  kind: 'PersistentVolumeClaim',
  plural: 'persistentvolumeclaims',
  namespaced: true,
  verbs: [],
};

export interface Claims {
  readonly byOwner: ReadonlyMap<ObjectKey, readonly ObjectKey[]>;
  readonly objects: readonly { readonly key: ObjectKey; readonly object: KubeObject }[];
}

/**
 * The claims that StatefulSets made from their templates. Kubernetes names them `<template>-<set>-<ordinal>` and lets them
 * outlive the set (kubernetes.io/docs/concepts/workloads/controllers/statefulset, Stable Storage).
 */
export async function findClaims(
  client: KubeClient,
  objects: readonly (readonly [ObjectKey, KubeObject])[],
  signal: AbortSignal,
): Promise<Claims> {
  const byOwner = new Map<ObjectKey, ObjectKey[]>();
  const found: { key: ObjectKey; object: KubeObject }[] = [];
  const sets = objects.filter(([, { kind }]) => kind === 'StatefulSet');
  const namespaces = [...new Set(sets.map(([, { metadata }]) => metadata.namespace ?? ''))];
  for (const namespace of namespaces) {
    const { items } = await client.list(CLAIMS, { namespace, signal });
    for (const [owner, set] of sets.filter(([, { metadata }]) => metadata.namespace === namespace)) {
      const names = templateNames(set).map((template) => `${template}-${set.metadata.name}-`);
      const mine = items.filter(({ metadata }) => names.some((prefix) => isOrdinal(metadata.name, prefix)));
      byOwner.set(
        owner,
        mine.map((claim) => keyOf(claim)),
      );
      found.push(...mine.map((object) => ({ key: keyOf(object), object })));
    }
  }
  return { byOwner, objects: found };
}

function templateNames(set: KubeObject): readonly string[] {
  const spec = isRecord(set['spec']) ? set['spec'] : {};
  const templates: unknown = spec['volumeClaimTemplates'];
  if (!Array.isArray(templates)) return [];
  return templates.flatMap((template: unknown) => {
    const metadata = isRecord(template) && isRecord(template['metadata']) ? template['metadata'] : {};
    return typeof metadata['name'] === 'string' ? [metadata['name']] : [];
  });
}

function isOrdinal(name: string, prefix: string): boolean {
  return name.startsWith(prefix) && /^\d+$/.test(name.slice(prefix.length));
}
