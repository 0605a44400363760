import { isRecord, type Manifest } from '../object/manifest.ts';
import { groupOf } from '../object/object-key.ts';
import { podTemplateOf } from '../revision/pod-template.ts';
import type { PlacedObject } from './placed-object.ts';

/** The pods that an object makes. */
export interface Pods {
  readonly owner: PlacedObject;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly spec: Readonly<Record<string, unknown>>;
  /** Where the pod specification stands in the owner, as in `spec.template.spec`. */
  readonly path: string;
}

/** The objects of a platform by what checks look them up for. */
export interface ObjectIndex {
  /** By `Kind/namespace/name`; the group is left out, as references leave it out. */
  readonly named: ReadonlyMap<string, PlacedObject>;
  readonly pods: readonly Pods[];
  readonly podsIn: ReadonlyMap<string, readonly Pods[]>;
  /** Namespaces that hold custom resources: their operators make objects and pods that nobody sees beforehand. */
  readonly operated: ReadonlySet<string>;
  /** Every text in the custom resources of a namespace, as `namespace/text`: an operator may make what it names. */
  readonly promised: ReadonlySet<string>;
}

export function indexObjects(objects: readonly PlacedObject[]): ObjectIndex {
  const named = new Map(
    objects.map((object) => [
      nameIn(object.manifest.kind, namespaceOf(object.manifest), object.manifest.metadata.name),
      object,
    ]),
  );
  const pods = objects.flatMap((owner) => podsOf(owner));
  const custom = objects.filter(({ manifest }) => isCustom(manifest));
  const operated = new Set(custom.map(({ manifest }) => namespaceOf(manifest)));
  const promised = new Set(
    custom.flatMap(({ manifest }) => textsIn(manifest).map((text) => `${namespaceOf(manifest)}/${text}`)),
  );
  return { named, pods, podsIn: Map.groupBy(pods, ({ namespace }) => namespace), operated, promised };
}

export function nameIn(kind: string, namespace: string, name: string): string {
  return `${kind}/${namespace}/${name}`;
}

export function namespaceOf({ metadata }: Manifest): string {
  return metadata.namespace ?? '';
}

function podsOf(owner: PlacedObject): readonly Pods[] {
  const template = podTemplateOf(owner.manifest);
  return template === undefined ? [] : [{ owner, namespace: namespaceOf(owner.manifest), ...template }];
}

/** Kubernetes' own groups are bare words or end with `.k8s.io`, which the project's extensions outside the core do too. */
function isCustom({ apiVersion, kind }: Manifest): boolean {
  const group = groupOf(apiVersion);
  if (kind === 'CustomResourceDefinition' || !group.includes('.')) return false;
  return !group.endsWith('.k8s.io') || /^(gateway\.networking|snapshot\.storage|metrics)\./.test(group);
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isRecord(value) ? Object.values(value).flatMap(textsIn) : [];
}
