import { orderOf } from '../compose/order.ts';
import { type ObjectKey, parseObjectKey } from '../object/object-key.ts';
import { installRank } from '../revision/kind-order.ts';
import type { ClusterView, InventoryEntry } from './cluster-view.ts';
import { ownershipOf, uidOf } from './ownership.ts';
import type { ComponentPlan, Reason, Step } from './plan.ts';

/** Kinds that hold data: they stay unless the user says that data may go. */
const DATA: ReadonlySet<string> = new Set(['PersistentVolumeClaim', 'PersistentVolume']);

/**
 * The deletes of everything that is recorded and no longer wanted: components in the reverse of the recorded order,
 * kinds in the reverse of the install order. What holds data, or objects of others, is retained and listed.
 */
export function planRemovals(
  wanted: ReadonlySet<ObjectKey>,
  view: ClusterView,
  { deleteData }: { readonly deleteData: boolean },
): readonly ComponentPlan[] {
  const { inventory } = view;
  const leaving = new Map<string, InventoryEntry[]>();
  // Recorded ahead, and then somebody else was faster: such an object is no more ours than one that is not recorded.
  const foreign = new Set<string>();
  const claimed = new Set([...view.claims.values()].flat());
  for (const entry of inventory.entries.values()) {
    const ownership = ownershipOf(entry.key, view);
    if (ownership === 'foreign' && !claimed.has(entry.key)) foreign.add(parseObjectKey(entry.key).namespace);
    if (wanted.has(entry.key) || ownership !== 'ours') continue;
    // Its StatefulSet is back, or still there, and uses it.
    if (entry.claim !== undefined && wanted.has(entry.claim.set)) continue;
    const entries = leaving.get(entry.component);
    if (entries === undefined) leaving.set(entry.component, [entry]);
    else entries.push(entry);
  }
  const retained = namespacesWithData(leaving, view, deleteData);
  const graph = graphOf(leaving, inventory.standsOn);
  const { order } = orderOf(graph);
  // A record with a circle is damaged: its components go in any order rather than wait for each other for ever.
  const above = order === undefined ? new Map<string, readonly string[]>() : reversed(graph);
  return [...(order ?? [...graph.keys()].sort())].reverse().map((component) => {
    const entries = leaving.get(component) ?? [];
    const steps = entries
      .toSorted((a, b) => byRemovalOrder(a.key, b.key))
      .flatMap((entry) => removalSteps(entry, { view, deleteData, retained, foreign }));
    return { component, after: above.get(component) ?? [], steps };
  });
}

/** Who must be gone before each component goes: those that stood on it. */
function reversed(graph: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, readonly string[]> {
  const above = new Map<string, string[]>([...graph.keys()].map((name) => [name, []]));
  for (const [name, below] of graph) for (const base of below) above.get(base)?.push(name);
  return above;
}

function removalSteps(
  entry: InventoryEntry,
  {
    view,
    deleteData,
    retained,
    foreign,
  }: {
    readonly view: ClusterView;
    readonly deleteData: boolean;
    /** Namespaces in which data stays. */
    readonly retained: ReadonlySet<string>;
    /** Namespaces that hold objects of others under recorded keys. */
    readonly foreign: ReadonlySet<string>;
  },
): readonly Step[] {
  const { kind, name } = parseObjectKey(entry.key);
  const claims = (view.claims.get(entry.key) ?? []).flatMap((claim): readonly Step[] => {
    // A claim that the platform itself declared, or that is recorded already, has a step of its own, or stays. A record of
    // an older claim of that name says nothing about this one.
    const recorded = view.inventory.entries.get(claim);
    const isStale = recorded?.claim !== undefined && ownershipOf(claim, view) !== 'ours';
    if (recorded !== undefined && !isStale) return [];
    const claimEntry = {
      ...entry,
      key: claim,
      apiVersion: 'v1',
      claim: { set: entry.key, uid: uidOf(view, claim) ?? '' },
    };
    return [deleteData ? removal('delete', 'removed', claimEntry, view) : removal('retain', 'data', claimEntry, view)];
  });
  if (DATA.has(kind) && !deleteData) return [removal('retain', 'data', entry, view)];
  if (kind === 'Namespace' && (foreign.has(name) || (view.residents.get(entry.key) ?? []).length > 0))
    return [removal('retain', 'occupied', entry, view)];
  if (kind === 'Namespace' && retained.has(name)) return [removal('retain', 'data', entry, view)];
  return [removal('delete', 'removed', entry, view), ...claims];
}

function removal(action: 'delete' | 'retain', reason: Reason, entry: InventoryEntry, view: ClusterView): Step {
  const { key, apiVersion, component, desiredHash, claim } = entry;
  const losesData = action === 'delete' && DATA.has(parseObjectKey(key).kind);
  return {
    action,
    key,
    apiVersion,
    component,
    reason,
    risks: losesData ? ['loses-data'] : [],
    changes: [],
    manifest: undefined,
    uid: uidOf(view, key),
    ...(claim === undefined ? {} : { claim }),
    desiredHash,
  };
}

/** Namespaces in which a claim stays: deleting them would delete it. */
function namespacesWithData(
  leaving: ReadonlyMap<string, readonly InventoryEntry[]>,
  view: ClusterView,
  deleteData: boolean,
): ReadonlySet<string> {
  if (deleteData) return new Set();
  const keys = [...leaving.values()].flat().flatMap(({ key }) => [key, ...(view.claims.get(key) ?? [])]);
  const holders = keys.map(parseObjectKey).filter(({ kind }) => DATA.has(kind));
  return new Set(holders.map(({ namespace }) => namespace));
}

/**
 * The recorded graph among the components that lose objects. A component that stands on another through one that loses
 * nothing still stands on it.
 */
function graphOf(
  leaving: ReadonlyMap<string, unknown>,
  standsOn: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, readonly string[]> {
  const below = (name: string): readonly string[] => {
    const found = new Set<string>();
    const seen = new Set([name]);
    const open = [...(standsOn.get(name) ?? [])];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      if (leaving.has(next)) found.add(next);
      else open.push(...(standsOn.get(next) ?? []));
    }
    return [...found].sort();
  };
  return new Map([...leaving.keys()].sort().map((name) => [name, below(name)]));
}

function byRemovalOrder(a: ObjectKey, b: ObjectKey): number {
  const rank = installRank(parseObjectKey(b).kind) - installRank(parseObjectKey(a).kind);
  if (rank !== 0) return rank;
  if (a === b) return 0;
  return a < b ? 1 : -1;
}
