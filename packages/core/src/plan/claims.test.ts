import { expect, it } from 'vitest';
import type { Manifest } from '../object/manifest.ts';
import { keyOf, type ObjectKey } from '../object/object-key.ts';
import { type ClusterView, EMPTY_VIEW, type InventoryEntry, type LiveObject } from './cluster-view.ts';
import { planRemovals } from './plan-removals.ts';

const SET = object('apps/v1', 'StatefulSet', 'db', 'set-uid');
const CLAIM = object('v1', 'PersistentVolumeClaim', 'data-db-0', 'claim-uid');
const [SET_KEY, CLAIM_KEY] = [keyOf(SET), keyOf(CLAIM)];

it('records the origin of a claim before its StatefulSet goes', () => {
  const steps = stepsOf(view({ recorded: [applied(SET)], live: [SET, CLAIM], claims: [CLAIM_KEY] }), {
    deleteData: false,
  });

  expect(steps).toEqual([
    expect.objectContaining({ action: 'delete', key: SET_KEY }),
    expect.objectContaining({
      action: 'retain',
      key: CLAIM_KEY,
      reason: 'data',
      claim: { set: SET_KEY, uid: 'claim-uid' },
    }),
  ]);
});

it('deletes a recorded claim whose StatefulSet has gone, when data may go', () => {
  const left = view({ recorded: [claimed('claim-uid')], live: [CLAIM] });

  expect(stepsOf(left, { deleteData: true })).toEqual([
    expect.objectContaining({ action: 'delete', key: CLAIM_KEY, risks: ['loses-data'], uid: 'claim-uid' }),
  ]);
  expect(stepsOf(left, { deleteData: false })).toEqual([expect.objectContaining({ action: 'retain', key: CLAIM_KEY })]);
});

it('does not touch another claim of the same name', () => {
  expect(stepsOf(view({ recorded: [claimed('an older one')], live: [CLAIM] }), { deleteData: true })).toEqual([]);
});

it('takes the claim of a StatefulSet for what it is, whatever an older record of its name says', () => {
  const renewed = view({ recorded: [applied(SET), claimed('an older one')], live: [SET, CLAIM], claims: [CLAIM_KEY] });

  expect(stepsOf(renewed, { deleteData: true })).toEqual([
    expect.objectContaining({ action: 'delete', key: SET_KEY }),
    expect.objectContaining({ action: 'delete', key: CLAIM_KEY, claim: { set: SET_KEY, uid: 'claim-uid' } }),
  ]);
});

it("deletes the namespace of a renewed claim with it, and keeps that of somebody else's", () => {
  const shop: Manifest = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', uid: 'shop-uid' } };
  const recorded = [applied(SET), applied(shop), claimed('an older one')];
  const actionOn = (seen: ClusterView): unknown =>
    planRemovals(new Set(), seen, { deleteData: true })
      .flatMap(({ steps }) => steps)
      .find(({ key }) => key === keyOf(shop))?.action;

  expect(actionOn(view({ recorded, live: [SET, shop, CLAIM], claims: [CLAIM_KEY] }))).toBe('delete');
  expect(actionOn(view({ recorded: recorded.slice(1), live: [shop, CLAIM] }))).toBe('retain');
});

it('leaves a recorded claim alone whose StatefulSet is wanted again', () => {
  const back = view({ recorded: [applied(SET), claimed('claim-uid')], live: [SET, CLAIM] });

  expect(planRemovals(new Set([SET_KEY]), back, { deleteData: true })).toEqual([]);
});

function stepsOf(seen: ClusterView, options: { readonly deleteData: boolean }): readonly unknown[] {
  return planRemovals(new Set(), seen, options).flatMap(({ steps }) => steps);
}

function object(apiVersion: string, kind: string, name: string, uid: string): Manifest {
  return { apiVersion, kind, metadata: { name, namespace: 'shop', uid } };
}

function applied(manifest: Manifest): InventoryEntry {
  return { key: keyOf(manifest), apiVersion: manifest.apiVersion, component: 'db', desiredHash: 'a', appliedHash: 'b' };
}

function claimed(uid: string): InventoryEntry {
  const origin = { set: SET_KEY, uid };
  return { key: CLAIM_KEY, apiVersion: 'v1', component: 'db', desiredHash: '', appliedHash: undefined, claim: origin };
}

function view(given: {
  readonly recorded: readonly InventoryEntry[];
  readonly live: readonly Manifest[];
  readonly claims?: readonly ObjectKey[];
}): ClusterView {
  const live = given.live.map((manifest): readonly [ObjectKey, LiveObject] => {
    const appliedHash = manifest.kind === 'PersistentVolumeClaim' ? undefined : 'b';
    return [keyOf(manifest), { manifest, appliedHash, managers: [] }];
  });
  return {
    ...EMPTY_VIEW,
    inventory: { entries: new Map(given.recorded.map((entry) => [entry.key, entry])), standsOn: new Map() },
    live: new Map(live),
    claims: new Map([[SET_KEY, given.claims ?? []]]),
  };
}
