import { describe, expect, it } from 'vitest';
import type { Manifest } from '../object/manifest.ts';
import { installRank } from './kind-order.ts';
import { clusterScope } from './kind-scope.ts';

describe('installRank', () => {
  it('puts definitions and namespaces before all, then Helm’s order, then unknown kinds, then webhooks', () => {
    const order = [
      'CustomResourceDefinition',
      'Namespace',
      'PriorityClass',
      'NetworkPolicy',
      'ServiceAccount',
      'Secret',
      'ConfigMap',
      'PersistentVolumeClaim',
      'ClusterRole',
      'RoleBinding',
      'Service',
      'DaemonSet',
      'Deployment',
      'StatefulSet',
      'Job',
      'Ingress',
      'APIService',
      'Database',
      'ValidatingWebhookConfiguration',
    ];

    expect(order.toReversed().toSorted((a, b) => installRank(a) - installRank(b))).toEqual(order);
    expect(installRank('MutatingWebhookConfiguration')).toBe(installRank('ValidatingWebhookConfiguration'));
    expect(installRank('Anything')).toBe(installRank('Else'));
  });
});

describe('clusterScope', () => {
  const definition = (scope: string, spec: Readonly<Record<string, unknown>> = {}): Manifest => ({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'x' },
    spec: { scope, group: 'example.org', names: { kind: 'Tenant' }, ...spec },
  });
  const object = (apiVersion: string, kind: string): Manifest => ({ apiVersion, kind, metadata: { name: 'x' } });

  it.each([
    ['v1', 'Namespace', true],
    ['v1', 'PersistentVolume', true],
    ['v1', 'ConfigMap', false],
    ['apps/v1', 'Deployment', false],
    ['rbac.authorization.k8s.io/v1', 'ClusterRole', true],
    ['rbac.authorization.k8s.io/v1', 'Role', false],
    ['example.org/v1', 'ClusterRole', false],
    ['example.org/v1', 'Namespace', false],
    ['storage.k8s.io/v1', 'StorageClass', true],
    ['apiextensions.k8s.io/v1', 'CustomResourceDefinition', true],
    ['example.org/v1', 'Tenant', false],
  ])('%s %s is cluster-wide: %s', (apiVersion, kind, expected) => {
    expect(clusterScope([])(object(apiVersion, kind))).toBe(expected);
  });

  it.each([
    ['a definition for the cluster', [definition('Cluster')], true],
    ['a definition for namespaces', [definition('Namespaced')], false],
    ['a definition of another group', [definition('Cluster', { group: 'example.com' })], false],
    ['a definition without names', [definition('Cluster', { names: {} })], false],
    ['a definition without a specification', [{ ...definition('Cluster'), spec: undefined }], false],
    ['no definition but something like it', [{ ...definition('Cluster'), kind: 'ConfigMap' }], false],
  ])('learns from %s', (_, definitions, expected) => {
    expect(clusterScope(definitions)(object('example.org/v2', 'Tenant'))).toBe(expected);
  });
});
