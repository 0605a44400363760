import type { Manifest } from '@naru/core';
import { connect, type KubeClient } from '@naru/engine';
import { afterAll, describe, expect, it } from 'vitest';
import { useControlPlane } from '../control-plane.ts';
import { catalogCases, manifestsOf, renderCatalogChart } from './catalog-chart.ts';
import { podTemplates, type PodTemplate } from './pod-rules.ts';

const NAMESPACE = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'platform', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
};

const controlPlane = useControlPlane('api');
let connected: KubeClient | undefined;
afterAll(() => connected?.close());

/** Asks the server what it would say to `object`, fields it does not know included. */
async function tryOut(object: Manifest): Promise<void> {
  const options = { fieldManager: 'test', fieldValidation: 'Strict', force: true } as const;
  if (connected === undefined) {
    connected = await connect({ kubeconfig: controlPlane().kubeconfigPath, environment: {} });
    await connected.apply(NAMESPACE, options);
  }
  await connected.apply(inNamespace(object), { ...options, dryRun: true });
}

describe.each(catalogCases())('$component, $name', ({ component, values }) => {
  it('is accepted by an API server, field by field', async () => {
    const known = manifestsOf(renderCatalogChart(component, values)).filter(
      // The server of the tests has no Gateway API.
      ({ apiVersion }) => !apiVersion.startsWith('gateway.networking.k8s.io/'),
    );

    for (const manifest of known) await tryOut(manifest);
  });

  it('runs in a namespace that enforces the level `restricted` of Pod Security, or says why not', async () => {
    for (const pod of podTemplates(manifestsOf(renderCatalogChart(component, values)))) {
      if (pod.hostAccess === undefined) await tryOut(podOf(pod));
      else await expect(tryOut(podOf(pod))).rejects.toThrow(/PodSecurity/);
    }
  });
});

it('would notice a pod that asks for too much', async () => {
  const pods = podTemplates(manifestsOf(renderCatalogChart('postgresql', {})));

  expect(pods).toHaveLength(1);
  for (const pod of pods) {
    await expect(tryOut(podOf({ ...pod, spec: { ...pod.spec, hostNetwork: true } }))).rejects.toThrow(/PodSecurity/);
  }
});

it('would notice a misspelt field', async () => {
  const misspelt = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { prots: [] } };

  await expect(tryOut(misspelt)).rejects.toThrow(/prots/);
});

/** The pod itself: Pod Security only warns about templates. */
function podOf({ labels, spec, claims }: PodTemplate): Manifest {
  const declared: readonly unknown[] = Array.isArray(spec['volumes']) ? spec['volumes'] : [];
  const volumes = [...declared, ...claims.map((name) => ({ name, persistentVolumeClaim: { claimName: name } }))];
  const metadata = { name: 'pod', labels: Object.fromEntries(Object.entries(labels).map(([k, v]) => [k, String(v)])) };
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec: { ...spec, volumes } };
}

function inNamespace(object: Manifest): Manifest {
  return { ...object, metadata: { ...object.metadata, namespace: NAMESPACE.metadata.name } };
}
