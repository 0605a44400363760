import { isDeepStrictEqual } from 'node:util';
import { type InventoryEntry, NaruError, type ObjectKey } from '@naru/core';
import type { KubeClient } from '../kube/client.ts';
import type { PlatformRecord } from '../record/platform-record.ts';
import { readRecord, writeRecord } from '../record/record-store.ts';
import { persist } from './persist.ts';

export type Change = (entries: Map<ObjectKey, InventoryEntry>, standsOn: Map<string, readonly string[]>) => void;

/** The record of a platform during a delivery: components change it one after the other, though they run at once. */
export interface Ledger {
  readonly record: PlatformRecord;
  /** Changes the record in the cluster. Changes that are asked for while a write is under way share the next write. */
  change(change: Change): Promise<void>;
}

export interface OpenLedger {
  readonly record: PlatformRecord;
  /** The version in the cluster; undefined for a first record, which is written at the first change. */
  readonly resourceVersion: string | undefined;
  /** Ends the waiting for a server that is away; what is under way is finished. */
  readonly signal: AbortSignal;
  readonly timeoutSeconds: number;
  /** Called when somebody else wrote the record, before the change is refused. */
  readonly onTaken: () => Promise<void>;
}

/** Opens the record for changes. A change throws `PLAN_MOVED` when somebody else wrote the record. */
export function openLedger(client: KubeClient, opened: OpenLedger): Ledger {
  const { signal, timeoutSeconds, onTaken } = opened;
  let { record, resourceVersion } = opened;
  let writing: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  const write = async (): Promise<void> => {
    next = undefined;
    const wanted = record;
    const deadline = Date.now() + timeoutSeconds * 1000;
    resourceVersion = await persist(() => writeOnce(client, wanted, { resourceVersion, onTaken }), {
      deadline,
      signal,
    });
  };
  return {
    get record() {
      return record;
    },
    change: (change) => {
      const inventory = { entries: new Map(record.inventory.entries), standsOn: new Map(record.inventory.standsOn) };
      change(inventory.entries, inventory.standsOn);
      record = { ...record, inventory };
      if (next === undefined) {
        next = writing.then(write);
        // A failed write fails those who asked for it; the next one tries anew.
        writing = next.catch(() => undefined);
      }
      return next;
    },
  };
}

/**
 * An answer may be lost after the server has written, and the same write then meets its own result: that is told apart from
 * somebody else's by looking.
 */
async function writeOnce(
  client: KubeClient,
  record: PlatformRecord,
  { resourceVersion, onTaken }: Pick<OpenLedger, 'resourceVersion' | 'onTaken'>,
): Promise<string> {
  try {
    return await writeRecord(client, record, resourceVersion);
  } catch (error) {
    if (!(error instanceof NaruError) || (error.code !== 'OBJECT_CHANGED' && error.code !== 'OBJECT_PRESENT'))
      throw error;
    const stored = await readRecord(client, record.platform);
    if (stored !== undefined && isDeepStrictEqual(stored.record, record)) return stored.resourceVersion;
    await onTaken();
    throw new NaruError('PLAN_MOVED', { platform: record.platform }, { cause: error });
  }
}
