import { gunzip, gzip } from 'node:zlib';
import { promisify } from 'node:util';
import { type Inventory, type InventoryEntry, isRecord, type Kept, NaruError, type ObjectKey } from '@naru/core';
import { z } from 'zod';

/** What the cluster remembers about a platform: the only memory there is. */
export interface PlatformRecord {
  readonly platform: string;
  readonly site: string;
  readonly version: string | undefined;
  /** Digest of the revision that was delivered last, whether or not the delivery was finished. */
  readonly revision: string;
  readonly kept: Kept;
  readonly inventory: Inventory;
}

/** What an API server takes for one object is about 1 MiB (etcd's request limit is 1.5 MiB); the rest of the Secret needs room too. */
const RECORD_LIMIT_BYTES = 1_000_000;
/** A record unpacks to about ten times its size; far more is not ours. */
const UNPACKED_LIMIT_BYTES = 256 * 1024 * 1024;

const Stored = z.object({
  format: z.literal(1),
  platform: z.string(),
  site: z.string(),
  version: z.string().optional(),
  revision: z.string(),
  kept: z.object({ seed: z.string().regex(/^[0-9a-f]{64}$/), bornAt: z.number() }),
  standsOn: z.record(z.string(), z.array(z.string())),
  entries: z.array(
    z.object({
      key: z.string(),
      apiVersion: z.string(),
      component: z.string(),
      desiredHash: z.string(),
      appliedHash: z.string().optional(),
      claim: z.object({ set: z.string(), uid: z.string() }).optional(),
    }),
  ),
});

/** Packs a record as base64 of compressed JSON. Throws `RECORD_TOO_LARGE`. */
export async function packRecord(name: string, record: PlatformRecord): Promise<string> {
  const { platform, site, version, revision, kept, inventory } = record;
  const stored: z.infer<typeof Stored> = {
    format: 1,
    platform,
    site,
    ...(version === undefined ? {} : { version }),
    revision,
    kept: { ...kept },
    standsOn: Object.fromEntries([...inventory.standsOn].map(([component, below]) => [component, [...below]])),
    entries: [...inventory.entries.values()].map(({ appliedHash, ...entry }) =>
      appliedHash === undefined ? entry : { ...entry, appliedHash },
    ),
  };
  const packed = (await promisify(gzip)(JSON.stringify(stored))).toString('base64');
  if (packed.length > RECORD_LIMIT_BYTES) {
    throw new NaruError('RECORD_TOO_LARGE', { record: name, bytes: packed.length, limitBytes: RECORD_LIMIT_BYTES });
  }
  return packed;
}

/** Reads what `packRecord` wrote. Throws `RECORD_CORRUPTED` for anything else: a record is never guessed at. */
export async function unpackRecord(name: string, packed: string): Promise<PlatformRecord> {
  const { platform, site, version, revision, kept, standsOn, entries } = await parse(name, packed);
  const byKey = entries.map((entry): readonly [ObjectKey, InventoryEntry] => {
    const key = entry.key as ObjectKey;
    const { claim, ...rest } = entry;
    const origin = claim === undefined ? {} : { claim: { set: claim.set as ObjectKey, uid: claim.uid } };
    return [key, { ...rest, ...origin, key, appliedHash: entry.appliedHash }];
  });
  return {
    platform,
    site,
    version,
    revision,
    kept,
    inventory: { entries: new Map(byKey), standsOn: new Map(Object.entries(standsOn)) },
  };
}

async function parse(name: string, packed: string): Promise<z.infer<typeof Stored>> {
  const corrupted = (reason: string, cause?: unknown): NaruError =>
    new NaruError('RECORD_CORRUPTED', { record: name, reason }, { cause });
  let value: unknown;
  try {
    const unpacked = await promisify(gunzip)(Buffer.from(packed, 'base64'), { maxOutputLength: UNPACKED_LIMIT_BYTES });
    value = JSON.parse(unpacked.toString('utf8'));
  } catch (error) {
    throw corrupted(error instanceof Error ? error.message : String(error), error);
  }
  if (isRecord(value) && value['format'] !== 1)
    throw corrupted(`format ${String(value['format'])} is not known to this version of Naru`);
  const parsed = Stored.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw corrupted(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`, parsed.error);
}
