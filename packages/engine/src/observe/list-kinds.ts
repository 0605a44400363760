import type { ObjectKey } from '@naru/core';
import { keyOf, NaruError, objectKey, parseObjectKey } from '@naru/core';
import type { KubeClient, ObjectList } from '../kube/client.ts';
import type { KubeObject, ResourceType } from '../kube/kube-object.ts';

/** Objects to look for: their key, and the version to ask for them in. */
export interface Sought {
  readonly key: ObjectKey;
  readonly apiVersion: string;
}

export interface Seen {
  readonly objects: ReadonlyMap<ObjectKey, KubeObject>;
  /** Keys whose kind the cluster does not serve. */
  readonly unserved: ReadonlySet<ObjectKey>;
}

/**
 * Finds objects with one LIST per kind and namespace, whatever their number: a request per object would make an idle plan
 * of a large platform slow, and one list over all namespaces would need rights that a delivery should not have.
 */
export async function findObjects(client: KubeClient, sought: readonly Sought[], signal: AbortSignal): Promise<Seen> {
  const objects = new Map<ObjectKey, KubeObject>();
  const unserved = new Set<ObjectKey>();
  await Promise.all(
    [...groupByKind(sought).values()].map(async ({ apiVersion, kind, keys }) => {
      const type = await client.discovery.resourceFor({ apiVersion, kind }, { signal });
      const found = type === undefined ? undefined : await listWanted(client, type, { keys, signal });
      if (found === undefined) for (const key of keys) unserved.add(key);
      else for (const [key, object] of found) objects.set(key, object);
    }),
  );
  return { objects, unserved };
}

interface KindGroup {
  readonly apiVersion: string;
  readonly kind: string;
  readonly keys: ObjectKey[];
}

function groupByKind(sought: readonly Sought[]): ReadonlyMap<string, KindGroup> {
  const groups = new Map<string, KindGroup>();
  for (const { key, apiVersion } of sought) {
    const { kind } = parseObjectKey(key);
    const id = `${apiVersion}/${kind}`;
    const group = groups.get(id);
    if (group === undefined) groups.set(id, { apiVersion, kind, keys: [key] });
    else group.keys.push(key);
  }
  return groups;
}

async function listWanted(
  client: KubeClient,
  type: ResourceType,
  { keys, signal }: { readonly keys: readonly ObjectKey[]; readonly signal: AbortSignal },
): Promise<readonly (readonly [ObjectKey, KubeObject])[] | undefined> {
  const wanted = new Set<string>(keys);
  const namespaces = [...new Set(keys.map((key) => parseObjectKey(key).namespace))];
  const lists = await listEach(client, type, { namespaces, signal });
  return lists?.flatMap(({ items }) =>
    items.flatMap((object) => {
      const key = keyOf(object);
      return wanted.has(key) ? [[key, object] as const] : [];
    }),
  );
}

/** One list per namespace; undefined when the kind's definition has gone since discovery saw it. */
async function listEach(
  client: KubeClient,
  type: ResourceType,
  { namespaces, signal }: { readonly namespaces: readonly string[]; readonly signal: AbortSignal },
): Promise<readonly ObjectList[] | undefined> {
  try {
    return await Promise.all(
      namespaces.map((namespace) => client.list(type, type.namespaced ? { namespace, signal } : { signal })),
    );
  } catch (error) {
    if (error instanceof NaruError && error.code === 'KIND_UNSERVED') return undefined;
    throw error;
  }
}

/** The key of an object of a listed type. */
export function keyOfListed(type: ResourceType, { metadata }: KubeObject): ObjectKey {
  return objectKey({ kind: type.kind, group: type.group, namespace: metadata.namespace ?? '', name: metadata.name });
}
