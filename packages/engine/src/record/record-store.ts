import { setTimeout as sleep } from 'node:timers/promises';
import { NaruError } from '@naru/core';
import type { KubeClient, RequestOptions } from '../kube/client.ts';
import type { KubeObject, ResourceType } from '../kube/kube-object.ts';
import { type PlatformRecord, packRecord, unpackRecord } from './platform-record.ts';

/** Where records live. */
export const SYSTEM_NAMESPACE = 'naru-system';
/** The one name under which Naru writes: fields of this manager are ours. */
export const FIELD_MANAGER = 'naru';

const TERMINATION_LOOK_MS = 500;
const RECORD_TYPE = 'naru.dev/record';
const PLATFORM_LABEL = 'naru.dev/platform';
const SECRETS: ResourceType = {
  group: '',
  version: 'v1',
  kind: 'Secret',
  plural: 'secrets',
  namespaced: true,
  verbs: [],
};
/** Who delivers stands in one Lease per platform, beside its record. */
export const LEASES: ResourceType = {
  group: 'coordination.k8s.io',
  version: 'v1',
  kind: 'Lease',
  plural: 'leases',
  namespaced: true,
  verbs: [],
};
const NAMESPACES: ResourceType = {
  group: '',
  version: 'v1',
  kind: 'Namespace',
  plural: 'namespaces',
  namespaced: false,
  verbs: [],
};

/** A record as it was read: writing it back succeeds only when nobody wrote in between. */
export interface StoredRecord {
  readonly record: PlatformRecord;
  readonly resourceVersion: string;
}

/** Reads a platform's record; undefined when the cluster has none. Throws `RECORD_CORRUPTED`. */
export async function readRecord(
  client: KubeClient,
  platform: string,
  options: RequestOptions = {},
): Promise<StoredRecord | undefined> {
  const name = recordName(platform);
  const secret = await client.get(SECRETS, { name, namespace: SYSTEM_NAMESPACE }, options);
  if (secret === undefined) return undefined;
  const record = await unpackRecord(name, packedIn(secret));
  if (record.platform !== platform) {
    throw new NaruError('RECORD_CORRUPTED', { record: name, reason: `it is the record of ${record.platform}` });
  }
  return { record, resourceVersion: secret.metadata.resourceVersion ?? '' };
}

/** Names of the platforms that the cluster has records of. */
export async function recordedPlatforms(client: KubeClient, options: RequestOptions = {}): Promise<readonly string[]> {
  const { items } = await client.list(SECRETS, {
    ...options,
    namespace: SYSTEM_NAMESPACE,
    labelSelector: PLATFORM_LABEL,
    metadataOnly: true,
  });
  return items.flatMap(({ metadata }) => metadata.labels?.[PLATFORM_LABEL] ?? []).toSorted();
}

/**
 * Writes a record and returns its new version. `previous` is the version that was read, undefined for a first record.
 *
 * Throws `OBJECT_CHANGED` or `OBJECT_PRESENT` when another delivery was faster.
 */
export async function writeRecord(
  client: KubeClient,
  record: PlatformRecord,
  previous: string | undefined,
): Promise<string> {
  const name = recordName(record.platform);
  const secret: KubeObject = {
    apiVersion: 'v1',
    kind: 'Secret',
    type: RECORD_TYPE,
    metadata: {
      name,
      namespace: SYSTEM_NAMESPACE,
      labels: { [PLATFORM_LABEL]: record.platform },
      ...(previous === undefined ? {} : { resourceVersion: previous }),
    },
    data: { record: Buffer.from(await packRecord(name, record)).toString('base64') },
  };
  const written =
    previous === undefined
      ? await client.create(secret, { fieldManager: FIELD_MANAGER })
      : await client.update(secret, { fieldManager: FIELD_MANAGER });
  return written.metadata.resourceVersion ?? '';
}

export async function deleteRecord(client: KubeClient, platform: string): Promise<void> {
  await client.delete(
    SECRETS,
    { name: recordName(platform), namespace: SYSTEM_NAMESPACE },
    { propagation: 'Background' },
  );
}

/** Makes the namespace of the records when it is not there, after one that is on its way out is gone. */
export async function ensureSystemNamespace(client: KubeClient, signal: AbortSignal): Promise<void> {
  for (;;) {
    const namespace = await client.get(NAMESPACES, { name: SYSTEM_NAMESPACE }, { signal });
    if (namespace !== undefined && namespace.metadata.deletionTimestamp === undefined) return;
    if (namespace === undefined && (await createSystemNamespace(client))) return;
    await sleep(TERMINATION_LOOK_MS, undefined, { signal });
  }
}

/** False when somebody else was faster. */
async function createSystemNamespace(client: KubeClient): Promise<boolean> {
  try {
    const metadata = { name: SYSTEM_NAMESPACE, labels: { 'app.kubernetes.io/managed-by': FIELD_MANAGER } };
    await client.create({ apiVersion: 'v1', kind: 'Namespace', metadata }, { fieldManager: FIELD_MANAGER });
    return true;
  } catch (error) {
    if (error instanceof NaruError && error.code === 'OBJECT_PRESENT') return false;
    throw error;
  }
}

/**
 * Marks the namespace as in use, which makes a removal that has begun to look fail. False when it is on its way out: then
 * what was written to it is lost.
 *
 * To be called with the lease held and before the first record: whoever removes the namespace looks at it, then at
 * records and leases, and deletes it only if it has not changed since.
 */
export async function claimSystemNamespace(client: KubeClient, holder: string): Promise<boolean> {
  const annotations = { 'naru.dev/last-delivery': `${new Date().toISOString()} ${holder}` };
  const body = { metadata: { annotations } };
  const patched = await client.patch(
    NAMESPACES,
    { name: SYSTEM_NAMESPACE },
    { kind: 'merge', body },
    { fieldManager: FIELD_MANAGER },
  );
  return patched.metadata.deletionTimestamp === undefined;
}

/** Removes the namespace of the records when it was made by Naru and no platform has anything there. */
export async function removeSystemNamespace(client: KubeClient): Promise<void> {
  const namespace = await client.get(NAMESPACES, { name: SYSTEM_NAMESPACE });
  if (namespace?.metadata.labels?.['app.kubernetes.io/managed-by'] !== FIELD_MANAGER) return;
  const inUse = await Promise.all(
    [SECRETS, LEASES].map((type) => client.list(type, { namespace: SYSTEM_NAMESPACE, metadataOnly: true })),
  );
  if (inUse.some(({ items }) => items.length > 0)) return;
  const { uid = '', resourceVersion = '' } = namespace.metadata;
  try {
    await client.delete(
      NAMESPACES,
      { name: SYSTEM_NAMESPACE },
      { propagation: 'Background', preconditions: { uid, resourceVersion } },
    );
  } catch (error) {
    // Somebody began a delivery meanwhile, and keeps the namespace.
    if (!(error instanceof NaruError) || error.code !== 'OBJECT_CHANGED') throw error;
  }
}

function recordName(platform: string): string {
  return `${platform}.inventory`;
}

function packedIn(secret: KubeObject): string {
  const { data, type } = secret as { data?: Readonly<Record<string, string>>; type?: string };
  const packed = data?.['record'];
  if (type !== RECORD_TYPE || packed === undefined) {
    throw new NaruError('RECORD_CORRUPTED', {
      record: secret.metadata.name,
      reason: `it is not a Secret of type ${RECORD_TYPE}`,
    });
  }
  return Buffer.from(packed, 'base64').toString('utf8');
}
