import type { Binding } from '../compose/composition.ts';
import type { Finding } from '../finding/finding.ts';
import { isRecord } from '../object/manifest.ts';
import { type Check, type Checking, objectFinding } from './checking.ts';
import { type Connection, type Direction, type End, governs, permits } from './network-policy.ts';
import { nameIn, namespaceOf, type Pods } from './object-index.ts';
import type { PlacedObject } from './placed-object.ts';
import { recordsIn, textOf } from './untyped.ts';
import { mapSelector } from './selector.ts';

/**
 * Bindings that NetworkPolicies of the platform cut: none of the consumer's pods may reach a pod behind the Service that the binding names in
 * its outputs `host` and `port`, or `url`.
 */
export const reachableBindings: Check = (checking) => {
  const policies = checking.objects.filter(({ manifest }) => manifest.kind === 'NetworkPolicy');
  if (policies.length === 0) return [];
  const policiesIn = Map.groupBy(policies, ({ manifest }) => namespaceOf(manifest));
  const podsOf = Map.groupBy(checking.index.pods, ({ owner }) => owner.component);
  const labels = namespaceLabels(checking);
  return checking.composition.components.flatMap((component) => {
    const consumers = endsOf(podsOf.get(component.name) ?? [], labels);
    return component.bindings.flatMap((binding): readonly Finding[] => {
      const connections = connectionsTo(binding, consumers, { checking, labels });
      const cuts = connections.map((connection) => cutBy(connection, policiesIn));
      const policy = cuts.find((cut) => cut !== undefined);
      if (policy === undefined || !cuts.every((cut) => cut !== undefined)) return [];
      const details = {
        component: component.name,
        alias: binding.alias,
        provider: binding.provider ?? binding.capability,
        policy: policy.key,
      };
      return [objectFinding(component, 'error', 'BINDING_CUT', details)];
    });
  });
};

type NamespaceLabels = (namespace: string) => Readonly<Record<string, string>>;

function namespaceLabels({ objects }: Checking): NamespaceLabels {
  const declared = new Map(
    objects
      .filter(({ manifest }) => manifest.kind === 'Namespace')
      .map(({ manifest: { metadata } }) => [metadata.name, metadata.labels ?? {}]),
  );
  return (namespace) => ({ 'kubernetes.io/metadata.name': namespace, ...declared.get(namespace) });
}

function endsOf(pods: readonly Pods[], labels: NamespaceLabels): readonly End[] {
  return pods.map((item) => ({ pods: item, namespaceLabels: labels(item.namespace) }));
}

function connectionsTo(
  { outputs }: Binding,
  consumers: readonly End[],
  { checking: { index }, labels }: { readonly checking: Checking; readonly labels: NamespaceLabels },
): readonly Connection[] {
  const address = addressIn(outputs);
  const service =
    address === undefined ? undefined : index.named.get(nameIn('Service', address.namespace, address.service));
  const spec = service?.manifest.spec;
  const selector = isRecord(spec) ? mapSelector(spec['selector']) : undefined;
  if (address === undefined || selector === undefined) return [];
  const providers = (index.podsIn.get(address.namespace) ?? []).filter((pods) => selector.matches(pods.labels));
  return endsOf(providers, labels).flatMap((to) =>
    consumers.map((from) => ({ from, to, port: podPort(spec, address.port, to.pods) })),
  );
}

interface Address {
  readonly service: string;
  readonly namespace: string;
  readonly port: number | undefined;
}

function addressIn({ host, port, url }: Readonly<Record<string, unknown>>): Address | undefined {
  const text = typeof host === 'string' ? `${host}:${textOf(port)}` : textOf(url);
  const found = /(?:^|\/\/|@)([a-z0-9-]+)\.([a-z0-9-]+)\.svc(?:\.cluster\.local)?(?::(\d+))?/.exec(text);
  if (found === null) return undefined;
  const [, service = '', namespace = '', number] = found;
  return { service, namespace, port: number === undefined ? undefined : Number(number) };
}

function podPort(service: unknown, port: number | undefined, { spec }: Pods): Connection['port'] {
  const ports = isRecord(service) ? recordsIn(service['ports']) : [];
  const entry = ports.find((item) => item['port'] === port);
  const target = entry === undefined ? port : (entry['targetPort'] ?? entry['port']);
  const containerPorts = recordsIn(spec['containers']).flatMap((container) => recordsIn(container['ports']));
  const held = containerPorts.find((item) => item['name'] === target || item['containerPort'] === target);
  return {
    number: typeof target === 'number' ? target : asNumber(held?.['containerPort']),
    name: typeof target === 'string' ? target : asText(held?.['name']),
  };
}

function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The policy that cuts a connection; undefined when it passes. Pods that no policy governs are open to everybody. */
function cutBy(
  connection: Connection,
  policiesIn: ReadonlyMap<string, readonly PlacedObject[]>,
): PlacedObject | undefined {
  const cut = (direction: Direction, end: End): PlacedObject | undefined => {
    const near = policiesIn.get(end.pods.namespace) ?? [];
    const governing = near.filter(({ manifest }) => governs(manifest, direction, end));
    return governing.some(({ manifest }) => permits(manifest, direction, connection)) ? undefined : governing[0];
  };
  return cut('Ingress', connection.to) ?? cut('Egress', connection.from);
}
