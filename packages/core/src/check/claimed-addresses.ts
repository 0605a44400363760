import type { Finding } from '../finding/finding.ts';
import { isRecord } from '../object/manifest.ts';
import { recordsIn, textOf } from './untyped.ts';
import { type Check, type Checking, objectFinding } from './checking.ts';
import type { PlacedObject } from './placed-object.ts';

/** What can be had once only: a host and path of an ingress class, a node port, a host port of every node. */
export const claimedAddresses: Check = (checking) => [
  ...twice(routeClaims(checking), (object, other, route) =>
    objectFinding(object, 'error', 'ROUTE_DUPLICATED', { key: object.key, other: other.key, route }),
  ),
  ...twice([...nodePortClaims(checking), ...hostPortClaims(checking)], (object, other, port) =>
    objectFinding(object, 'error', 'PORT_DUPLICATED', { key: object.key, other: other.key, port }),
  ),
];

interface Claim {
  readonly object: PlacedObject;
  /** What is claimed, as a person reads it; equal for equal claims. */
  readonly what: string;
  /** Tells claims of one text apart that do not meet, such as those of two ingress classes. */
  readonly scope: string;
}

function twice(
  claims: readonly Claim[],
  finding: (object: PlacedObject, other: PlacedObject, what: string) => Finding,
): readonly Finding[] {
  const holders = new Map<string, PlacedObject>();
  return claims.flatMap(({ object, what, scope }) => {
    const identity = `${scope}\0${what}`;
    const holder = holders.get(identity);
    if (holder === undefined) holders.set(identity, object);
    return holder === undefined || holder.key === object.key ? [] : [finding(object, holder, what)];
  });
}

function routeClaims({ objects }: Checking): readonly Claim[] {
  return objects.flatMap((object) => {
    const { kind, spec, metadata } = object.manifest;
    if (kind !== 'Ingress' || !isRecord(spec)) return [];
    // A canary of ingress-nginx shares the route of what it stands in for.
    if (metadata.annotations?.['nginx.ingress.kubernetes.io/canary'] === 'true') return [];
    const scope = textOf(spec['ingressClassName'], metadata.annotations?.['kubernetes.io/ingress.class']);
    return recordsIn(spec['rules']).flatMap((rule) => {
      const http = isRecord(rule['http']) ? rule['http'] : {};
      return recordsIn(http['paths']).map((path) => ({
        object,
        scope,
        what: `${textOf(rule['host'], '*')}${textOf(path['path'], '/')}`,
      }));
    });
  });
}

function nodePortClaims({ objects }: Checking): readonly Claim[] {
  return objects.flatMap((object) => {
    const { kind, spec } = object.manifest;
    if (kind !== 'Service' || !isRecord(spec)) return [];
    return recordsIn(spec['ports']).flatMap((port) =>
      port['nodePort'] === undefined || port['nodePort'] === null
        ? []
        : [{ object, scope: 'node port', what: portText(port['nodePort'], port['protocol']) }],
    );
  });
}

/** Of DaemonSets alone: the pods of other workloads may find different nodes. */
function hostPortClaims({ index }: Checking): readonly Claim[] {
  return index.pods
    .filter(({ owner }) => owner.manifest.kind === 'DaemonSet')
    .flatMap(({ owner, spec }) =>
      recordsIn(spec['containers'])
        .flatMap((container) => recordsIn(container['ports']))
        .flatMap((port) => {
          const taken = spec['hostNetwork'] === true ? (port['hostPort'] ?? port['containerPort']) : port['hostPort'];
          return taken === undefined || taken === null || taken === 0
            ? []
            : [
                {
                  object: owner,
                  scope: `host port ${textOf(port['hostIP'])}`,
                  what: portText(taken, port['protocol']),
                },
              ];
        }),
    );
}

function portText(port: unknown, protocol: unknown): string {
  return `port ${textOf(port)}/${textOf(protocol, 'TCP')}`;
}
