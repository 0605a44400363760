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
    'Deployment web gets a token of the API server',
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
    { owner: 'StatefulSet web', kind: 'StatefulSet', replicas: 3, labels: { app: 'web' }, spec: {}, claims: ['data'] },
  ]);
});

it('selects by every label', () => {
  expect(selects({ app: 'web' }, { app: 'web', tier: 'front' })).toBe(true);
  expect(selects({ app: 'web', tier: 'back' }, { app: 'web', tier: 'front' })).toBe(false);
});
