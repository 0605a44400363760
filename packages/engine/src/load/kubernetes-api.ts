import type { KubernetesApiTable } from '@naru/core';

/** Reads what each version of Kubernetes serves. Not imported with the rest: most commands end before they need it. */
export async function loadKubernetesApi(): Promise<KubernetesApiTable> {
  const { default: table } = await import('@naru/core/kubernetes-api.json', { with: { type: 'json' } });
  return table;
}
