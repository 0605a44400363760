import { describe, expect, it } from 'vitest';
import type { Manifest } from '../object/manifest.ts';
import { keyOf } from '../object/object-key.ts';
import { type Inventory, type InventoryEntry } from '../plan/cluster-view.ts';
import { platformStatus } from './platform-status.ts';

function object(name: string, status: Readonly<Record<string, unknown>> = {}, metadata = {}): Manifest {
  return { apiVersion: 'example.org/v1', kind: 'Thing', metadata: { name, namespace: 'shop', ...metadata }, status };
}

const conditioned = (type: string, status: string): Readonly<Record<string, unknown>> => ({
  conditions: [{ type, status, message: `${type} is ${status}` }],
});
const current = object('current');
const waiting = object('waiting', conditioned('Ready', 'False'));
const failed = object('failed', conditioned('Stalled', 'True'));
const leaving = object('leaving', {}, { deletionTimestamp: '2026-11-21T10:00:00Z' });
const absent = object('absent');

function statusOf(components: Readonly<Record<string, readonly Manifest[]>>): ReturnType<typeof platformStatus> {
  const entries = Object.entries(components).flatMap(([component, objects]) =>
    objects.map((manifest): InventoryEntry => {
      const { apiVersion } = manifest;
      return { key: keyOf(manifest), apiVersion, component, desiredHash: '', appliedHash: undefined };
    }),
  );
  const inventory: Inventory = { entries: new Map(entries.map((entry) => [entry.key, entry])), standsOn: new Map() };
  const live = [current, waiting, failed, leaving].map((manifest) => [keyOf(manifest), manifest] as const);
  const causes = [{ pod: 'waiting-0', reason: 'Unschedulable', message: 'no node' }];
  return platformStatus(inventory, new Map(live), new Map([[keyOf(waiting), causes]]));
}

describe('platformStatus', () => {
  it.each([
    ['Current', [current]],
    ['InProgress', [current, waiting]],
    ['Terminating', [waiting, leaving]],
    ['NotFound', [leaving, absent, current]],
    ['Failed', [absent, failed, waiting]],
  ])('is %s by the worst of its objects', (word, objects) => {
    expect(statusOf({ web: objects })[0]?.word).toBe(word);
  });

  it('counts, lists what is not Current with the causes that are known, and sorts components by name', () => {
    expect(statusOf({ web: [current, waiting], db: [absent] })).toEqual([
      {
        component: 'db',
        word: 'NotFound',
        current: 0,
        total: 1,
        troubled: [{ key: keyOf(absent), status: { word: 'NotFound', reason: { code: 'absent' } }, causes: [] }],
      },
      {
        component: 'web',
        word: 'InProgress',
        current: 1,
        total: 2,
        troubled: [
          {
            key: keyOf(waiting),
            status: { word: 'InProgress', reason: { code: 'told', text: 'Ready is False' } },
            causes: [{ pod: 'waiting-0', reason: 'Unschedulable', message: 'no node' }],
          },
        ],
      },
    ]);
  });

  it('has nothing to say about an empty platform', () => {
    expect(statusOf({})).toEqual([]);
  });
});
