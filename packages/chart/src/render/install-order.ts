/** Kinds in the order in which Helm installs them (helm.sh/helm/v4 pkg/release/v1/util/kind_sorter.go, InstallOrder). */
export const INSTALL_ORDER: readonly string[] = [
  'PriorityClass',
  'Namespace',
  'NetworkPolicy',
  'ResourceQuota',
  'LimitRange',
  'PodSecurityPolicy',
  'PodDisruptionBudget',
  'ServiceAccount',
  'Secret',
  'SecretList',
  'ConfigMap',
  'StorageClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'CustomResourceDefinition',
  'ClusterRole',
  'ClusterRoleList',
  'ClusterRoleBinding',
  'ClusterRoleBindingList',
  'Role',
  'RoleList',
  'RoleBinding',
  'RoleBindingList',
  'Service',
  'DaemonSet',
  'Pod',
  'ReplicationController',
  'ReplicaSet',
  'Deployment',
  'HorizontalPodAutoscaler',
  'StatefulSet',
  'Job',
  'CronJob',
  'IngressClass',
  'Ingress',
  'APIService',
  'MutatingWebhookConfiguration',
  'ValidatingWebhookConfiguration',
];

const RANK: ReadonlyMap<string, number> = new Map(INSTALL_ORDER.map((kind, rank) => [kind, rank]));

/** Orders kinds as Helm installs them; kinds that Helm does not know come last, by name. */
export function compareKinds(a: string, b: string): number {
  const [rankA, rankB] = [RANK.get(a), RANK.get(b)];
  if (rankA === undefined && rankB === undefined) return a < b ? -1 : a > b ? 1 : 0;
  return (rankA ?? INSTALL_ORDER.length) - (rankB ?? INSTALL_ORDER.length);
}
