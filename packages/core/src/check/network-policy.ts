import { isRecord, type Manifest } from '../object/manifest.ts';
import type { Pods } from './object-index.ts';
import { recordsIn } from './untyped.ts';
import { labelSelector } from './selector.ts';

/** One end of a connection. */
export interface End {
  readonly pods: Pods;
  /** Labels of its namespace. */
  readonly namespaceLabels: Readonly<Record<string, string>>;
}

export interface Connection {
  readonly from: End;
  readonly to: End;
  /** The port of the pod that is reached, and its name there; undefined when it cannot be known. */
  readonly port: { readonly number: number | undefined; readonly name: string | undefined };
}

export type Direction = 'Ingress' | 'Egress';

/** Whether a policy has a say about the pods of one end in one direction. */
export function governs(policy: Manifest, direction: Direction, { pods }: End): boolean {
  const { spec, metadata } = policy;
  if (!isRecord(spec) || metadata.namespace !== pods.namespace) return false;
  // Without `policyTypes` a policy governs ingress, and egress when it has rules for it: the default of the API server.
  const types = Array.isArray(spec['policyTypes'])
    ? spec['policyTypes']
    : ['Ingress', ...(Array.isArray(spec['egress']) ? ['Egress'] : [])];
  return types.includes(direction) && (labelSelector(spec['podSelector'])?.matches(pods.labels) ?? true);
}

/** Whether one rule of a policy that governs lets the connection pass. Address blocks are taken to pass: pods have no address yet. */
export function permits(policy: Manifest, direction: Direction, connection: Connection): boolean {
  const { spec, metadata } = policy;
  const rules = isRecord(spec) ? recordsIn(spec[direction === 'Ingress' ? 'ingress' : 'egress']) : [];
  const peer = direction === 'Ingress' ? connection.from : connection.to;
  return rules.some(
    (rule) =>
      peerPasses(rule[direction === 'Ingress' ? 'from' : 'to'], peer, metadata.namespace ?? '') &&
      portPasses(rule['ports'], connection.port),
  );
}

function peerPasses(peers: unknown, { pods, namespaceLabels }: End, home: string): boolean {
  const list = recordsIn(peers);
  if (list.length === 0) return true;
  return list.some((peer) => {
    if (peer['ipBlock'] !== undefined) return true;
    const namespaces = labelSelector(peer['namespaceSelector']);
    const inNamespace = namespaces === undefined ? pods.namespace === home : namespaces.matches(namespaceLabels);
    return inNamespace && (labelSelector(peer['podSelector'])?.matches(pods.labels) ?? true);
  });
}

function portPasses(ports: unknown, { number, name }: Connection['port']): boolean {
  const list = recordsIn(ports);
  if (list.length === 0 || (number === undefined && name === undefined)) return true;
  return list.some(({ port, endPort }) => {
    if (port === undefined || port === null) return true;
    if (typeof port === 'string') return port === name || name === undefined;
    const last = typeof endPort === 'number' ? endPort : Number(port);
    return number === undefined || (Number(port) <= number && number <= last);
  });
}
