import type { ApiDocument, ApiSchema } from './api-document.ts';

/** One minor version's API: kinds by `group/version Kind`, types by short name. */
export interface Api {
  readonly kinds: ReadonlyMap<string, ApiKind>;
  readonly types: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

export interface ApiKind {
  readonly type: string;
  readonly namespaced: boolean;
}

/** Types whose content Kubernetes does not describe field by field. */
const SCALARS: Readonly<Record<string, string>> = {
  'resource.Quantity': 'q',
  'intstr.IntOrString': 'x',
  'runtime.RawExtension': 'o',
  'meta.v1.FieldsV1': 'o',
  'meta.v1.Time': 's',
  'meta.v1.MicroTime': 's',
  'meta.v1.Patch': 'o',
  'apiextensions.v1.JSON': 'o',
  'apiextensions.v1.JSONSchemaPropsOrArray': 'o',
  'apiextensions.v1.JSONSchemaPropsOrBool': 'o',
  'apiextensions.v1.JSONSchemaPropsOrStringArray': 'o',
  'apiextensions.v1.CustomResourceSubresourceStatus': 'o',
};

/** Reads the kinds that can be created, and every type that they reach. */
export function readApi(documents: readonly ApiDocument[]): Api {
  const schemas = new Map<string, ApiSchema>();
  for (const { components } of documents)
    for (const [name, schema] of Object.entries(components?.schemas ?? {})) schemas.set(shortName(name), schema);
  const kinds = new Map(documents.flatMap((document) => createdKinds(document)));
  const types = new Map<string, ReadonlyMap<string, string>>();
  const waiting = [...kinds.values()].map(({ type }) => type);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (types.has(name)) continue;
    const fields = fieldsOf(schemas.get(name));
    types.set(name, fields);
    for (const field of fields.values())
      waiting.push(...[...field.matchAll(/@([\w.]+)/g)].map(([, found = '']) => found));
  }
  return { kinds, types };
}

function createdKinds({ paths = {} }: ApiDocument): readonly (readonly [string, ApiKind])[] {
  return Object.entries(paths).flatMap(([path, { post }]) => {
    const kind = post?.['x-kubernetes-group-version-kind'];
    const body = post?.requestBody?.content['*/*']?.schema.$ref;
    // A path that goes on after a name creates something about an object (a binding, an eviction), not an object.
    if (kind === undefined || body === undefined || /\{name\}/.test(path)) return [];
    const group = kind.group === '' ? kind.version : `${kind.group}/${kind.version}`;
    return [
      [`${group} ${kind.kind}`, { type: shortName(body), namespaced: path.includes('/namespaces/{namespace}/') }],
    ];
  });
}

function fieldsOf(schema: ApiSchema | undefined): ReadonlyMap<string, string> {
  const required = new Set(schema?.required ?? []);
  return new Map(
    Object.entries(schema?.properties ?? {})
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, field]) => [`${name}${required.has(name) ? '!' : ''}`, typeOf(field)]),
  );
}

function typeOf(schema: ApiSchema): string {
  const reference = schema.$ref ?? schema.allOf?.[0]?.$ref;
  if (reference !== undefined) {
    const name = shortName(reference);
    return SCALARS[name] ?? `@${name}`;
  }
  if (schema.type === 'array') {
    const keys = schema['x-kubernetes-list-map-keys'];
    return `[${typeOf(schema.items ?? {})}]${keys === undefined ? '' : `(${keys.join(',')})`}`;
  }
  if (schema.type === 'object')
    return schema.additionalProperties === undefined ? 'o' : `{${typeOf(schema.additionalProperties)}}`;
  const letters: Readonly<Record<string, string>> = { string: 's', integer: 'i', number: 'n', boolean: 'b' };
  return letters[schema.type ?? ''] ?? 'o';
}

/** `io.k8s.api.apps.v1.Deployment` is `apps.v1.Deployment`; machinery loses its package path. */
function shortName(reference: string): string {
  return (reference.split('/').at(-1) ?? '')
    .replace(/^io\.k8s\.api\./, '')
    .replace(/^io\.k8s\.(?:[\w-]+\.)+?pkg\.(?:api|apis|util)\./, '')
    .replace(/^io\.k8s\.apimachinery\.pkg\./, '');
}
