import type { KubeClient } from '../kube/client.ts';
import type { KubeObject } from '../kube/kube-object.ts';
import { PROVISIONER } from '../rehearsal/storage.ts';
import { loadSources, type PrepareOptions, siteOf } from './prepare.ts';

/**
 * Gives a throw-away cluster what the site has before anything is delivered: its storage and ingress classes. They are
 * not part of the platform, and the platform would wait for them for ever.
 */
export async function furnishSite(client: KubeClient, options: PrepareOptions): Promise<void> {
  const sources = await loadSources(options);
  const { storage, ingress } = sources.sites.get(siteOf(sources, options.site))?.spec.spec ?? {};
  const classes = [...new Set([storage?.class, storage?.sharedClass])].flatMap((name) =>
    name === undefined ? [] : [storageClass(name)],
  );
  const controllers = ingress?.class === undefined ? [] : [ingressClass(ingress.class)];
  for (const object of [...classes, ...controllers]) {
    await client.apply(object, { fieldManager: 'naru-rehearsal', force: true });
  }
}

function storageClass(name: string): KubeObject {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name },
    provisioner: PROVISIONER,
    volumeBindingMode: 'WaitForFirstConsumer',
    reclaimPolicy: 'Delete',
  };
}

function ingressClass(name: string): KubeObject {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    metadata: { name },
    spec: { controller: 'rehearsal.naru.dev/none' },
  };
}
