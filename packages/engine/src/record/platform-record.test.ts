import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { NaruError, type InventoryEntry, type ObjectKey } from '@naru/core';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packRecord, type PlatformRecord, unpackRecord } from './platform-record.ts';

const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/);
const digest = fc.stringMatching(/^[0-9a-f]{64}$/);
/** The reader makes plain objects; whether an object is one counts in a strict comparison. */
const PLAIN = { noNullPrototype: true };
const entry: fc.Arbitrary<InventoryEntry> = fc.record(
  {
    key: fc.tuple(name, name).map(([namespace, object]) => `Deployment.apps/${namespace}/${object}` as ObjectKey),
    apiVersion: fc.constantFrom('v1', 'apps/v1'),
    component: name,
    desiredHash: fc.oneof(digest, fc.constant('')),
    appliedHash: fc.option(digest, { nil: undefined }),
  },
  PLAIN,
);
const record: fc.Arbitrary<PlatformRecord> = fc.record(
  {
    platform: name,
    site: name,
    version: fc.option(fc.string(), { nil: undefined }),
    revision: digest,
    kept: fc.record({ seed: digest, bornAt: fc.nat() }, PLAIN),
    inventory: fc.record(
      {
        entries: fc.array(entry).map((entries) => new Map(entries.map((one) => [one.key, one]))),
        standsOn: fc.dictionary(name, fc.array(name)).map((edges) => new Map(Object.entries(edges))),
      },
      PLAIN,
    ),
  },
  PLAIN,
);

const packed = (value: unknown): string => gzipSync(JSON.stringify(value)).toString('base64');
const GOOD = {
  format: 1,
  platform: 'shop',
  site: 'here',
  revision: 'r',
  kept: { seed: '00'.repeat(32), bornAt: 0 },
  standsOn: {},
  entries: [],
};

describe('a record', () => {
  it('is read as it was written', async () => {
    await fc.assert(
      fc.asyncProperty(record, async (one) => {
        expect(await unpackRecord('r', await packRecord('r', one))).toStrictEqual(one);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    { fault: 'nothing', text: '' },
    { fault: 'text that is not base64', text: '%%%' },
    { fault: 'bytes that are not compressed', text: Buffer.from('{}').toString('base64') },
    { fault: 'half of a record', text: packed(GOOD).slice(0, 40) },
    { fault: 'a flipped bit', text: flipped(packed(GOOD)) },
    { fault: 'text that is not JSON', text: gzipSync('{').toString('base64') },
    { fault: 'a list', text: packed([]), reason: /expected object/ },
    { fault: 'null', text: packed(null), reason: /expected object/ },
    { fault: 'a later format', text: packed({ ...GOOD, format: 2 }), reason: /format 2 is not known/ },
    { fault: 'a seed that was cut', text: packed({ ...GOOD, kept: { seed: 'ab', bornAt: 0 } }), reason: /kept\.seed/ },
    {
      fault: 'an entry without a key',
      text: packed({ ...GOOD, entries: [{ apiVersion: 'v1' }] }),
      reason: /entries\.0\.key/,
    },
    { fault: 'a graph that is none', text: packed({ ...GOOD, standsOn: { a: 'b' } }), reason: /standsOn\.a/ },
  ])('is refused as corrupted: $fault', async ({ text, reason = /./ }) => {
    const error = await unpackRecord('shop.inventory', text).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NaruError);
    expect(error).toMatchObject({ code: 'RECORD_CORRUPTED', details: { record: 'shop.inventory' } });
    expect(error).toMatchObject({ details: { reason: expect.stringMatching(reason) } });
  });

  it('is refused when it would unpack to far more than any record', async () => {
    const bomb = gzipSync(Buffer.alloc(300 * 1024 * 1024)).toString('base64');
    expect(bomb.length).toBeLessThan(1_000_000);
    const before = process.memoryUsage().rss;
    await expect(unpackRecord('r', bomb)).rejects.toMatchObject({ code: 'RECORD_CORRUPTED' });
    expect(process.memoryUsage().rss - before).toBeLessThan(600 * 1024 * 1024);
  });

  const large = (objects: number): PlatformRecord => ({
    platform: 'large',
    site: 'here',
    version: '1.0.0',
    revision: randomBytes(32).toString('hex'),
    kept: { seed: randomBytes(32).toString('hex'), bornAt: 0 },
    inventory: {
      standsOn: new Map(),
      entries: new Map(
        Array.from({ length: objects }, (_, index) => {
          const key = `Deployment.apps/namespace-${index % 50}/component-${index}-deployment` as ObjectKey;
          const hash = (): string => randomBytes(32).toString('hex');
          const one = { key, apiVersion: 'apps/v1', component: `component-${index % 100}` };
          return [key, { ...one, desiredHash: hash(), appliedHash: hash() }];
        }),
      ),
    },
  });

  it('holds a platform of 5,000 objects', async () => {
    const { inventory } = await unpackRecord('large', await packRecord('large', large(5_000)));
    expect(inventory.entries.size).toBe(5_000);
  });

  it('is refused when the API server would not take it', async () => {
    await expect(packRecord('large', large(12_000))).rejects.toMatchObject({
      code: 'RECORD_TOO_LARGE',
      details: { record: 'large', limitBytes: 1_000_000 },
    });
  });
});

function flipped(text: string): string {
  const bytes = Buffer.from(text, 'base64');
  bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 1;
  return bytes.toString('base64');
}
