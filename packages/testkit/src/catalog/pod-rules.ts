import { isRecord, type Manifest } from '@naru/core';

/** A pod that an object of a chart makes. */
export interface PodTemplate {
  /** Kind and name of the object that makes it. */
  readonly owner: string;
  readonly kind: string;
  readonly replicas: number;
  readonly labels: Readonly<Record<string, unknown>>;
  readonly spec: Readonly<Record<string, unknown>>;
  /** Names of the volumes that a StatefulSet adds from its claim templates. */
  readonly claims: readonly string[];
  /** Whether a role is bound to its service account: only then has a token of the API server a use. */
  readonly asksApi: boolean;
  /** Why it must see the host that it runs on; undefined for pods that keep to the level `restricted`. */
  readonly hostAccess: string | undefined;
}

/** The annotation by which a pod says why it cannot keep to the level `restricted` of Pod Security. */
const HOST_ACCESS = 'naru.dev/host-access';

const PROBES = ['startupProbe', 'readinessProbe', 'livenessProbe'];

/** The pods that `manifests` make; CronJobs are not among the catalog's kinds yet. */
export function podTemplates(manifests: readonly Manifest[]): readonly PodTemplate[] {
  const bound = new Set(manifests.flatMap(boundAccounts));
  return manifests.flatMap((manifest): readonly PodTemplate[] => {
    const { spec } = manifest;
    const template = isRecord(spec) ? spec['template'] : undefined;
    if (!isRecord(spec) || !isRecord(template) || !isRecord(template['spec'])) return [];
    const metadata = child(template, 'metadata');
    const reason = child(metadata, 'annotations')[HOST_ACCESS];
    const replicas = typeof spec['replicas'] === 'number' ? spec['replicas'] : Number(spec['replicas'] ?? 1);
    const owner = `${manifest.kind} ${manifest.metadata.name}`;
    const claims = items(spec['volumeClaimTemplates']).map((claim) => String(child(claim, 'metadata')['name']));
    return [
      {
        owner,
        kind: manifest.kind,
        replicas,
        labels: child(metadata, 'labels'),
        spec: template['spec'],
        claims,
        asksApi: bound.has(template['spec']['serviceAccountName']),
        hostAccess: typeof reason === 'string' ? reason : undefined,
      },
    ];
  });
}

/** Names of the service accounts that a binding of a role is for. */
function boundAccounts({ kind, subjects }: Manifest): readonly unknown[] {
  if (kind !== 'RoleBinding' && kind !== 'ClusterRoleBinding') return [];
  return items(subjects)
    .filter((subject) => subject['kind'] === 'ServiceAccount')
    .map(({ name }) => name);
}

/**
 * What a pod of the catalog lacks of what every one must have: rights dropped, resources said, probes for what keeps
 * running, no token that it does not use. One sentence for each fault.
 */
export function podFaults(pod: PodTemplate): readonly string[] {
  const { owner, spec, kind } = pod;
  const security = child(spec, 'securityContext');
  const faults: string[] = [];
  if (security['runAsNonRoot'] !== true) faults.push(`${owner} may run as root`);
  if (child(security, 'seccompProfile')['type'] !== 'RuntimeDefault') faults.push(`${owner} has no seccomp profile`);
  if (spec['automountServiceAccountToken'] !== false && !pod.asksApi) {
    faults.push(`${owner} gets a token of the API server and has no rights there`);
  }
  if (pod.replicas > 1 && items(spec['topologySpreadConstraints']).length === 0) {
    faults.push(`${owner} may have all its replicas on one node`);
  }
  for (const list of ['initContainers', 'containers']) {
    for (const container of items(spec[list])) {
      const name = `${owner}, container ${String(container['name'])}`;
      faults.push(...containerFaults(container).map((fault) => `${name} ${fault}`));
      if (list === 'initContainers' || kind === 'Job') continue;
      const missing = PROBES.filter((probe) => !isRecord(container[probe]));
      faults.push(...missing.map((probe) => `${name} has no ${probe}`));
    }
  }
  return faults;
}

function containerFaults(container: Readonly<Record<string, unknown>>): readonly string[] {
  const security = child(container, 'securityContext');
  const resources = child(container, 'resources');
  const dropped = child(security, 'capabilities')['drop'];
  const faults: string[] = [];
  if (security['readOnlyRootFilesystem'] !== true) faults.push('can write to its root file system');
  if (security['allowPrivilegeEscalation'] !== false) faults.push('may gain privileges');
  if (!(Array.isArray(dropped) && dropped.includes('ALL'))) faults.push('keeps capabilities');
  if (child(resources, 'limits')['memory'] === undefined) faults.push('has no memory limit');
  for (const resource of ['cpu', 'memory']) {
    if (child(resources, 'requests')[resource] === undefined) faults.push(`requests no ${resource}`);
  }
  return faults;
}

/** Whether every label of `selector` is among `labels`. */
export function selects(
  selector: Readonly<Record<string, unknown>>,
  labels: Readonly<Record<string, unknown>>,
): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

/** A map inside a map; empty when there is none. */
export function child(parent: Readonly<Record<string, unknown>>, key: string): Readonly<Record<string, unknown>> {
  const value = parent[key];
  return isRecord(value) ? value : {};
}

function items(list: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(list) ? list.filter(isRecord) : [];
}
