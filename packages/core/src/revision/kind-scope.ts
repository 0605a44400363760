import type { Manifest } from '../object/manifest.ts';
import { isRecord } from '../object/manifest.ts';
import { groupOf } from '../object/object-key.ts';

/** Kinds of Kubernetes itself that live outside namespaces, as `kubectl api-resources --namespaced=false` of 1.36 lists them. */
const CLUSTER_SCOPED: ReadonlySet<string> = new Set([
  'Namespace',
  'Node',
  'PersistentVolume',
  'ComponentStatus',
  'MutatingAdmissionPolicy.admissionregistration.k8s.io',
  'MutatingAdmissionPolicyBinding.admissionregistration.k8s.io',
  'MutatingWebhookConfiguration.admissionregistration.k8s.io',
  'ValidatingAdmissionPolicy.admissionregistration.k8s.io',
  'ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io',
  'ValidatingWebhookConfiguration.admissionregistration.k8s.io',
  'CustomResourceDefinition.apiextensions.k8s.io',
  'APIService.apiregistration.k8s.io',
  'CertificateSigningRequest.certificates.k8s.io',
  'ClusterTrustBundle.certificates.k8s.io',
  'FlowSchema.flowcontrol.apiserver.k8s.io',
  'PriorityLevelConfiguration.flowcontrol.apiserver.k8s.io',
  'IngressClass.networking.k8s.io',
  'IPAddress.networking.k8s.io',
  'ServiceCIDR.networking.k8s.io',
  'RuntimeClass.node.k8s.io',
  'ClusterRole.rbac.authorization.k8s.io',
  'ClusterRoleBinding.rbac.authorization.k8s.io',
  'DeviceClass.resource.k8s.io',
  'ResourceSlice.resource.k8s.io',
  'PriorityClass.scheduling.k8s.io',
  'CSIDriver.storage.k8s.io',
  'CSINode.storage.k8s.io',
  'StorageClass.storage.k8s.io',
  'VolumeAttachment.storage.k8s.io',
  'VolumeAttributesClass.storage.k8s.io',
]);

/** Tells whether a kind lives outside namespaces: Kubernetes' own kinds, and those that definitions in the platform bring. */
export function clusterScope(definitions: readonly Manifest[]): (manifest: Manifest) => boolean {
  const brought = new Set(definitions.flatMap((definition) => clusterKindOf(definition)));
  return ({ apiVersion, kind }) => {
    const group = groupOf(apiVersion);
    const name = group === '' ? kind : `${kind}.${group}`;
    return CLUSTER_SCOPED.has(name) || brought.has(name);
  };
}

function clusterKindOf({ kind, spec }: Manifest): readonly string[] {
  if (kind !== 'CustomResourceDefinition' || !isRecord(spec) || spec['scope'] !== 'Cluster') return [];
  const { names, group } = spec;
  return isRecord(names) && typeof names['kind'] === 'string' && typeof group === 'string'
    ? [`${names['kind']}.${group}`]
    : [];
}
