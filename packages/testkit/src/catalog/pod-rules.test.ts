import type { Manifest } from '@naru/core';
import { expect, it } from 'vitest';
import { podFaults, podTemplates, selects } from './pod-rules.ts';

function workload(kind: string, spec: Readonly<Record<string, unknown>>): Manifest {
  return { apiVersion: 'v1', kind, metadata: { name: 'web' }, spec };
}

it('names everything that a careless pod lacks', () => {
  const careless = workload('Deployment', { template: { spec: { containers: [{ name: 'nginx', image: 'nginx' }] } } });

  expect(podTemplates([careless]).flatMap(podFaults)).toEqual([
    'Deployment web may run as root',
    'Deployment web has no seccomp profile',
    'Deployment web gets a token of the API server and has no rights there',
    'Deployment web, container nginx can write to its root file system',
    'Deployment web, container nginx may gain privileges',
    'Deployment web, container nginx keeps capabilities',
    'Deployment web, container nginx has no memory limit',
    'Deployment web, container nginx requests no cpu',
    'Deployment web, container nginx requests no memory',
    'Deployment web, container nginx has no startupProbe',
    'Deployment web, container nginx has no readinessProbe',
    'Deployment web, container nginx has no livenessProbe',
  ]);
});

it('asks no probes of what runs to an end', () => {
  const template = { spec: { initContainers: [{ name: 'first' }], containers: [{ name: 'then' }] } };

  const faults = podTemplates([workload('Job', { template })]).flatMap(podFaults);

  expect(faults).toContain('Job web, container first keeps capabilities');
  expect(faults).toContain('Job web, container then keeps capabilities');
  expect(faults.filter((fault) => fault.endsWith('Probe'))).toEqual([]);
});

it('finds the pods of workloads, with their replicas, labels and claims', () => {
  const template = { metadata: { labels: { app: 'web' } }, spec: {} };
  const volumeClaimTemplates = [{ metadata: { name: 'data' } }];

  const found = podTemplates([
    workload('StatefulSet', { replicas: 3, template, volumeClaimTemplates }),
    workload('ConfigMap', {}),
  ]);

  expect(found).toEqual([
    {
      owner: 'StatefulSet web',
      kind: 'StatefulSet',
      replicas: 3,
      labels: { app: 'web' },
      spec: {},
      claims: ['data'],
      asksApi: false,
      hostAccess: undefined,
    },
  ]);
});

it('lets a pod have a token when its service account has rights', () => {
  const pod = workload('Deployment', { template: { spec: { serviceAccountName: 'web' } } });
  const bindingFor = (name: string): Manifest => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'web' },
    subjects: [{ kind: 'ServiceAccount', name }],
  });
  const tokenFaults = (manifests: readonly Manifest[]): readonly string[] =>
    podTemplates(manifests)
      .flatMap(podFaults)
      .filter((fault) => fault.includes('token'));

  expect(tokenFaults([pod, bindingFor('web')])).toEqual([]);
  expect(tokenFaults([pod, bindingFor('other')])).toHaveLength(1);
});

it('wants several replicas on several nodes', () => {
  const spread = [{ topologyKey: 'kubernetes.io/hostname' }];
  const faults = (replicas: number, topologySpreadConstraints: readonly object[]): readonly string[] =>
    podTemplates([workload('Deployment', { replicas, template: { spec: { topologySpreadConstraints } } })])
      .flatMap(podFaults)
      .filter((fault) => fault.includes('one node'));

  expect(faults(2, [])).toEqual(['Deployment web may have all its replicas on one node']);
  expect(faults(2, spread)).toEqual([]);
  expect(faults(1, [])).toEqual([]);
});

it('hears from a pod why it looks at the host', () => {
  const annotations = { 'naru.dev/host-access': 'It reads the disks.' };

  const [pod] = podTemplates([workload('DaemonSet', { template: { metadata: { annotations }, spec: {} } })]);

  expect(pod?.hostAccess).toBe('It reads the disks.');
});

it('selects by every label', () => {
  expect(selects({ app: 'web' }, { app: 'web', tier: 'front' })).toBe(true);
  expect(selects({ app: 'web', tier: 'back' }, { app: 'web', tier: 'front' })).toBe(false);
});
