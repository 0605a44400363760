import type { Finding } from '../finding/finding.ts';
import { isRecord } from '../object/manifest.ts';
import { type Check, type Checking, objectFinding } from './checking.ts';
import { namespaceOf, nameIn, type Pods } from './object-index.ts';
import { podReferences, type Reference } from './pod-references.ts';

/**
 * Names in pods, Ingresses and scalers that nothing in the platform answers to, and keys that a Secret or ConfigMap of the platform does
 * not have.
 *
 * A Secret, ConfigMap or claim may well be in the cluster before the platform, so its absence is a warning; a key that is missing in what
 * the platform itself makes is an error.
 */
export const references: Check = (checking) => [
  ...checking.index.pods.flatMap((pods) =>
    podReferences(pods).flatMap((reference) => resolve(pods, reference, checking)),
  ),
  ...checking.objects.flatMap((object) =>
    objectReferences(object.manifest.spec, object.manifest.kind).flatMap((reference) =>
      resolve({ owner: object, namespace: namespaceOf(object.manifest) }, reference, checking),
    ),
  ),
];

/** What Kubernetes makes in every namespace. */
const GIVEN: ReadonlySet<string> = new Set(['ServiceAccount/default', 'ConfigMap/kube-root-ca.crt']);

function resolve(
  { owner, namespace }: Pick<Pods, 'owner' | 'namespace'>,
  { kind, name, field, entry }: Reference,
  { index, composition: { site } }: Checking,
): readonly Finding[] {
  const target = nameIn(kind, namespace, name);
  const found = index.named.get(target);
  if (found === undefined) {
    // The site says that these are there, and every pod names them.
    const isGiven = GIVEN.has(`${kind}/${name}`) || (kind === 'Secret' && site.registry.pullSecrets.includes(name));
    const comes = isGiven || index.promised.has(`${namespace}/${name}`);
    const severity = kind === 'ServiceAccount' ? 'error' : 'warning';
    return comes ? [] : [objectFinding(owner, severity, 'REFERENCE_UNRESOLVED', { key: owner.key, target, field })];
  }
  if (entry === undefined) return [];
  const known = keysOf(found.manifest);
  if (known.includes(entry) || index.promised.has(`${namespace}/${name}`)) return [];
  const details = { key: owner.key, target, entry, known: known.join(', ') };
  return [objectFinding(owner, 'error', 'REFERENCE_KEY_MISSING', details)];
}

function keysOf(manifest: Readonly<Record<string, unknown>>): readonly string[] {
  return ['data', 'stringData', 'binaryData'].flatMap((field) => {
    const content = manifest[field];
    return isRecord(content) ? Object.keys(content) : [];
  });
}

function objectReferences(spec: unknown, kind: string): readonly Reference[] {
  if (!isRecord(spec)) return [];
  if (kind === 'HorizontalPodAutoscaler' && isRecord(spec['scaleTargetRef'])) {
    const { kind: target, name } = spec['scaleTargetRef'];
    return [{ kind: String(target), name: String(name), field: 'spec.scaleTargetRef', entry: undefined }];
  }
  if (kind !== 'Ingress') return [];
  return backends(spec).map((name) => ({ kind: 'Service', name, field: 'spec.rules', entry: undefined }));
}

function backends(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(backends);
  if (!isRecord(value)) return [];
  const { service } = value;
  const own = isRecord(service) && typeof service['name'] === 'string' ? [service['name']] : [];
  return [...own, ...Object.values(value).flatMap(backends)];
}
