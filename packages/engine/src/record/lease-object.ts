import { isRecord } from '@naru/core';
import type { KubeObject } from '../kube/kube-object.ts';
import { SYSTEM_NAMESPACE } from './record-store.ts';

/** How long a lease that is not renewed keeps others out. */
export const DURATION_SECONDS = 15;

export function leaseName(platform: string): { readonly name: string; readonly namespace: string } {
  return { name: platform, namespace: SYSTEM_NAMESPACE };
}

/** Undefined when there is no lease, or nobody holds it. */
export function holderOf(lease: KubeObject | undefined): string | undefined {
  const spec = lease?.['spec'];
  const holder = isRecord(spec) ? spec['holderIdentity'] : undefined;
  return typeof holder === 'string' && holder !== '' ? holder : undefined;
}

/** The lease as `holder` writes it; with the version of `current`, so that of two who write one succeeds. */
export function leaseObject(platform: string, holder: string, current: KubeObject | undefined): KubeObject {
  // The API wants microseconds.
  const now = new Date().toISOString().replace('Z', '000Z');
  const before = isRecord(current?.['spec']) ? current['spec'] : {};
  const resourceVersion = current?.metadata.resourceVersion;
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { ...leaseName(platform), ...(resourceVersion === undefined ? {} : { resourceVersion }) },
    spec: {
      holderIdentity: holder,
      leaseDurationSeconds: DURATION_SECONDS,
      acquireTime: holderOf(current) === holder ? (before['acquireTime'] ?? now) : now,
      renewTime: now,
    },
  };
}
