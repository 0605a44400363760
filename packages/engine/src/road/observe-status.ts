import {
  type ComponentReport,
  NaruError,
  type ObjectKey,
  parseObjectKey,
  type PodCause,
  platformStatus,
} from '@naru/core';
import { podCauses } from '../observe/pod-causes.ts';
import type { KubeClient } from '../kube/client.ts';
import { findObjects } from '../observe/list-kinds.ts';
import { readRecord, recordedPlatforms } from '../record/record-store.ts';

export interface PlatformStatus {
  readonly platform: string;
  readonly site: string;
  readonly version: string | undefined;
  readonly revision: string;
  readonly components: readonly ComponentReport[];
}

/** Whether a delivered platform is healthy, and if not, why. Throws `PLATFORM_UNKNOWN`. */
export async function observeStatus(
  client: KubeClient,
  platform: string,
  signal: AbortSignal,
): Promise<PlatformStatus> {
  const stored = await readRecord(client, platform, { signal });
  if (stored === undefined) {
    const known = await recordedPlatforms(client, { signal });
    throw new NaruError('PLATFORM_UNKNOWN', { platform, known: known.join(', ') || '—' });
  }
  const { site, version, revision, inventory } = stored.record;
  const { objects } = await findObjects(client, [...inventory.entries.values()], signal);
  const troubled = platformStatus(inventory, objects).flatMap((component) => component.troubled);
  const causes = await Promise.all(
    troubled.map(async ({ key }): Promise<readonly [ObjectKey, readonly PodCause[]]> => {
      return [key, await podCauses(client, parseObjectKey(key), signal)];
    }),
  );
  return { platform, site, version, revision, components: platformStatus(inventory, objects, new Map(causes)) };
}
