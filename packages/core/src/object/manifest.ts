export interface ObjectMeta {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Given by the server: the identity of one object among all that ever had its name. */
  readonly uid?: string;
}

/** A Kubernetes object, as a template or a person wrote it or as the server has it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
  readonly [field: string]: unknown;
}

/** What keeps `value` from being a manifest, or undefined when it is one. */
export function manifestFault(value: unknown): string | undefined {
  if (!isRecord(value)) return 'it is not a map';
  if (typeof value['apiVersion'] !== 'string' || value['apiVersion'] === '') return 'apiVersion is missing';
  if (typeof value['kind'] !== 'string' || value['kind'] === '') return 'kind is missing';
  const { metadata } = value;
  if (!isRecord(metadata)) return 'metadata is missing';
  if (typeof metadata['name'] !== 'string' || metadata['name'] === '') return 'metadata.name is missing';
  const { namespace } = metadata;
  if (namespace !== undefined && namespace !== null && typeof namespace !== 'string')
    return 'metadata.namespace is not a string';
  // apimachinery's IsValidPathSegmentName: such a name could not stand in the address of the object.
  if (/^\.{1,2}$|[/%]/.test(metadata['name'])) return 'metadata.name cannot stand in an address';
  return undefined;
}

/** Narrows what `manifestFault` found nothing wrong with. */
export function isManifest(value: unknown): value is Manifest {
  return manifestFault(value) === undefined;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
