import type { ObjectKind, ObjectName, ResourceType } from './kube-object.ts';

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** The path of a kind, of all its objects in one namespace, or of one object. */
export function resourcePath(type: ResourceType, name: Partial<ObjectName> = {}, subresource?: string): string {
  const base = type.group === '' ? `/api/${type.version}` : `/apis/${type.group}/${type.version}`;
  const scope = type.namespaced && name.namespace !== undefined ? `/namespaces/${encode(name.namespace)}` : '';
  const one = name.name === undefined ? '' : `/${encode(name.name)}`;
  return `${base}${scope}/${type.plural}${one}${subresource === undefined ? '' : `/${subresource}`}`;
}

/** `path` with those parameters that have a value; `false` counts as none, as every Kubernetes parameter is off by default. */
export function withQuery(path: string, query: Query): string {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== false && value !== '') parameters.set(key, String(value));
  }
  const text = parameters.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** The kind of a type as manifests write it. */
export function kindOf(type: ResourceType): ObjectKind {
  return { apiVersion: type.group === '' ? type.version : `${type.group}/${type.version}`, kind: type.kind };
}

/** How a person is told about an object: `Deployment shop/web`. */
export function describeObject(kind: string, name: ObjectName): string {
  return `${kind} ${name.namespace === undefined ? '' : `${name.namespace}/`}${name.name}`;
}

/** Kubernetes refuses the names `.` and `..` too; however they are encoded, a URL climbs out of its path with them. */
function encode(segment: string): string {
  if (/^\.{0,2}$/.test(segment)) throw new TypeError(`an object cannot have the name "${segment}"`);
  return encodeURIComponent(segment);
}
