import { chmod, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ApiClient } from './api-client.ts';

/** The provisioner's name in StorageClasses and on volumes: it serves every class that names it. */
export const PROVISIONER = 'rehearsal.naru.dev/directory';

const RETRY_DELAY_MS = 250;

const CLASS = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'standard', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
  provisioner: PROVISIONER,
  volumeBindingMode: 'WaitForFirstConsumer',
  reclaimPolicy: 'Delete',
};

interface Claim {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly uid: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: {
    readonly accessModes: readonly string[];
    readonly storageClassName?: string;
    readonly volumeMode?: string;
    readonly resources: { readonly requests: { readonly storage: string } };
  };
  readonly status: { readonly phase?: string };
}

interface Volume {
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: { readonly persistentVolumeReclaimPolicy?: string };
  readonly status: { readonly phase?: string };
}

/**
 * Gives every claim of the default StorageClass `standard`, and of any class that names the same provisioner, a
 * directory of its own below `directory`, and removes it with the claim. `local` volumes, because the kubelet ignores
 * `fsGroup` on `hostPath` and databases then cannot write. Sizes are not enforced.
 *
 * It looks at all claims and volumes after every change instead of following events, so a lost event costs nothing.
 */
export async function provideStorage(client: ApiClient, directory: string, signal: AbortSignal): Promise<void> {
  await mkdir(directory, { mode: 0o755 });
  await client.create('/apis/storage.k8s.io/v1/storageclasses', CLASS);
  const settle = coalesce(async () => {
    if (signal.aborted) return;
    await Promise.all([bindClaims(client, directory), reclaimVolumes(client, directory)]);
  });
  void client.watch('/api/v1/persistentvolumeclaims', settle, signal);
  void client.watch('/api/v1/persistentvolumes', settle, signal);
}

async function bindClaims(client: ApiClient, directory: string): Promise<void> {
  const claims = await list<Claim>(client, '/api/v1/persistentvolumeclaims');
  await Promise.all(claims.filter(isWaiting).map((claim) => createVolume(client, directory, claim)));
}

/** The controller manager names the provisioner on a claim once it is our turn: when the pod has its node. */
function isWaiting({ metadata, status }: Claim): boolean {
  return (
    status.phase === 'Pending' && metadata.annotations?.['volume.kubernetes.io/storage-provisioner'] === PROVISIONER
  );
}

async function createVolume(client: ApiClient, directory: string, { metadata, spec }: Claim): Promise<void> {
  const name = `pvc-${metadata.uid}`;
  const path = join(directory, name);
  await mkdir(path, { recursive: true });
  await chmod(path, 0o777);
  await client.create('/api/v1/persistentvolumes', {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name, annotations: { 'pv.kubernetes.io/provisioned-by': PROVISIONER } },
    spec: {
      capacity: spec.resources.requests,
      accessModes: spec.accessModes,
      persistentVolumeReclaimPolicy: 'Delete',
      storageClassName: spec.storageClassName,
      volumeMode: spec.volumeMode,
      claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', ...pick(metadata) },
      local: { path },
      // `local` insists on naming nodes; every node of a rehearsal sees the same directory.
      nodeAffinity: {
        required: {
          nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/os', operator: 'In', values: ['linux'] }] }],
        },
      },
    },
  });
}

function pick({ name, namespace, uid }: Claim['metadata']): Pick<Claim['metadata'], 'name' | 'namespace' | 'uid'> {
  return { name, namespace, uid };
}

async function reclaimVolumes(client: ApiClient, directory: string): Promise<void> {
  const volumes = await list<Volume>(client, '/api/v1/persistentvolumes');
  const released = volumes.filter(
    ({ metadata, spec, status }) =>
      metadata.annotations?.['pv.kubernetes.io/provisioned-by'] === PROVISIONER &&
      status.phase === 'Released' &&
      spec.persistentVolumeReclaimPolicy === 'Delete',
  );
  for (const { metadata } of released) {
    // The directory is named by us, never by `spec.local.path`, which anybody with access may have written.
    await rm(join(directory, metadata.name), { recursive: true, force: true });
    await client.remove(`/api/v1/persistentvolumes/${metadata.name}`);
  }
}

async function list<T>(client: ApiClient, path: string): Promise<readonly T[]> {
  const answer = (await client.find(path)) as { readonly items: readonly T[] } | undefined;
  return answer?.items ?? [];
}

/** Runs `action` for every call, once for all calls that come while it runs. After a failure it tries again. */
function coalesce(action: () => Promise<void>): () => void {
  let running = false;
  let again = false;
  const run = async (): Promise<void> => {
    running = true;
    do {
      again = false;
      const done = await action().then(
        () => true,
        () => false,
      );
      if (!done) await delay(RETRY_DELAY_MS, undefined, { ref: false });
      again ||= !done;
    } while (again);
    running = false;
  };
  return () => {
    if (running) again = true;
    else void run();
  };
}
