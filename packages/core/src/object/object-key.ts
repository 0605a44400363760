import type { Manifest } from './manifest.ts';

/** `Kind.group/namespace/name`; the group is absent for the core group, the namespace empty for cluster scope. */
export type ObjectKey = string & { readonly __key: unique symbol };

export interface ObjectIdentity {
  readonly kind: string;
  readonly group: string;
  readonly namespace: string;
  readonly name: string;
}

export function objectKey({ kind, group, namespace, name }: ObjectIdentity): ObjectKey {
  return `${kind}${group === '' ? '' : `.${group}`}/${namespace}/${name}` as ObjectKey;
}

/** The key of a manifest as it stands: its namespace is empty when it names none. The version does not count. */
export function keyOf(manifest: Manifest): ObjectKey {
  return objectKey({
    kind: manifest.kind,
    group: groupOf(manifest.apiVersion),
    namespace: manifest.metadata.namespace ?? '',
    name: manifest.metadata.name,
  });
}

export function parseObjectKey(key: ObjectKey): ObjectIdentity {
  const [type = '', namespace = '', ...name] = key.split('/');
  const dot = type.indexOf('.');
  return {
    kind: dot === -1 ? type : type.slice(0, dot),
    group: dot === -1 ? '' : type.slice(dot + 1),
    namespace,
    name: name.join('/'),
  };
}

/** `apps` of `apps/v1`; empty for `v1`. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash === -1 ? '' : apiVersion.slice(0, slash);
}
