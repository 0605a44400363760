import { suggest } from '../document/suggestion.ts';
import type { Finding } from '../finding/finding.ts';
import { fieldBelow } from '../object/field-path.ts';
import { isRecord, type Manifest } from '../object/manifest.ts';
import { type Check, type Checking, objectFinding } from './checking.ts';
import type { PlacedObject } from './placed-object.ts';
import { recordsIn } from './untyped.ts';

/** Kinds whose texts are read by programs: configuration, environment, arguments, custom resources. Not what describes APIs. */
const SILENT: ReadonlySet<string> = new Set(['CustomResourceDefinition', 'Service', 'Namespace']);

/**
 * Host names of Services, such as `db.shop.svc:5432`, that no Service of the platform has, and ports that the Service does not have.
 *
 * Only names in namespaces that the platform fills are judged: what lives elsewhere is the cluster's. Secrets that are encoded are
 * not read.
 */
export const serviceHosts: Check = (checking) => {
  const services = servicesOf(checking);
  return checking.objects
    .filter(({ manifest: { kind } }) => !SILENT.has(kind))
    .flatMap((object) => hostFindings(object, services));
};

/** What Kubernetes itself serves. */
const GIVEN: ReadonlySet<string> = new Set(['kubernetes.default', 'kube-dns.kube-system']);

type Services = ReadonlyMap<string, ReadonlyMap<string, readonly number[]>>;

/** Ports by name of each Service, by namespace. Namespaces with operators are left out: they make Services themselves. */
function servicesOf({ objects, index }: Checking): Services {
  const filled = new Map<string, Map<string, readonly number[]>>();
  for (const { manifest } of objects) {
    const { namespace, name } = manifest.metadata;
    if (namespace === undefined || index.operated.has(namespace)) continue;
    const services = filled.get(namespace) ?? new Map<string, readonly number[]>();
    if (manifest.kind === 'Service') services.set(name, portsOf(manifest));
    filled.set(namespace, services);
  }
  return filled;
}

function portsOf({ spec }: Manifest): readonly number[] {
  return isRecord(spec) ? recordsIn(spec['ports']).map(({ port }) => Number(port)) : [];
}

function hostFindings(object: PlacedObject, services: Services): readonly Finding[] {
  const told = new Set<string>();
  const findings: Finding[] = [];
  for (const { text, field } of textsIn(object.manifest, '')) {
    for (const mention of mentionsIn(text)) {
      const finding = judge(object, mention, { field, services });
      if (finding === undefined || told.has(finding.error.message)) continue;
      told.add(finding.error.message);
      findings.push(finding);
    }
  }
  return findings;
}

interface Mention {
  readonly host: string;
  readonly service: string;
  readonly namespace: string;
  readonly port: number | undefined;
}

/** `pod.service.namespace.svc` names a pod of a headless Service: the last label before the namespace is the Service. */
const HOST =
  /(?<![\w.-])((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*)([a-z](?:[a-z0-9-]*[a-z0-9])?)\.([a-z0-9](?:[a-z0-9-]*[a-z0-9])?)\.svc(?:\.cluster\.local)?(?![\w-])(?:\.?:(\d{1,5}))?/g;

/** A text longer than this is data, not configuration. */
const MOST_TEXT = 1_000_000;

function mentionsIn(text: string): readonly Mention[] {
  if (text.length > MOST_TEXT || !text.includes('.svc')) return [];
  return [...text.matchAll(HOST)].map(([, pods = '', service = '', namespace = '', port]) => ({
    host: `${pods}${service}.${namespace}.svc`,
    service,
    namespace,
    port: port === undefined ? undefined : Number(port),
  }));
}

function judge(
  object: PlacedObject,
  { host, service, namespace, port }: Mention,
  { field, services }: { readonly field: string; readonly services: Services },
): Finding | undefined {
  const there = services.get(namespace);
  if (there === undefined || GIVEN.has(`${service}.${namespace}`)) return undefined;
  const ports = there.get(service);
  const { key } = object;
  if (ports === undefined) {
    return objectFinding(object, 'warning', 'HOST_UNRESOLVED', {
      key,
      host,
      field,
      suggestion: suggest(service, there.keys()),
    });
  }
  // A Service without ports is an alias for another name; its ports are those of what it names.
  if (port === undefined || ports.length === 0 || ports.includes(port)) return undefined;
  return objectFinding(object, 'warning', 'HOST_PORT_UNKNOWN', { key, host, port, field, known: ports.join(', ') });
}

function* textsIn(value: unknown, path: string): Generator<{ readonly text: string; readonly field: string }> {
  if (typeof value === 'string') yield { text: value, field: path };
  else if (Array.isArray(value))
    for (const [index, item] of value.entries()) yield* textsIn(item, fieldBelow(path, index));
  else if (isRecord(value))
    for (const [name, item] of Object.entries(value)) yield* textsIn(item, fieldBelow(path, name));
}
