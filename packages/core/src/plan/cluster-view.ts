import type { NaruError } from '../error/naru-error.ts';
import type { Manifest } from '../object/manifest.ts';
import type { ObjectKey } from '../object/object-key.ts';

/**
 * A volume claim that a StatefulSet of ours made from its template. Nobody applied it, and it outlives the set, so it is
 * known by its identity alone.
 */
export interface ClaimOrigin {
  readonly set: ObjectKey;
  readonly uid: string;
}

/** One object that we own or are about to create, as the cluster's own record has it. */
export interface InventoryEntry {
  readonly key: ObjectKey;
  /** The version that it was applied with, to find its kind again. */
  readonly apiVersion: string;
  readonly component: string;
  /** Digest of the manifest that was wanted last. */
  readonly desiredHash: string;
  /** Digest of our entry in `managedFields` after it was applied; undefined until it was seen applied. */
  readonly appliedHash: string | undefined;
  /** Set for a claim whose StatefulSet leaves or has left, and for nothing else. */
  readonly claim?: ClaimOrigin;
}

/** What the cluster's record says about a platform. */
export interface Inventory {
  readonly entries: ReadonlyMap<ObjectKey, InventoryEntry>;
  /** The graph that the platform was installed with: what each component stands on. */
  readonly standsOn: ReadonlyMap<string, readonly string[]>;
}

export const EMPTY_INVENTORY: Inventory = { entries: new Map(), standsOn: new Map() };

/** An object as the server has it. */
export interface LiveObject {
  readonly manifest: Manifest;
  /** Digest of our entry in its `managedFields`; undefined when we have none. */
  readonly appliedHash: string | undefined;
  /** Everyone who manages fields of it. */
  readonly managers: readonly string[];
}

/** What the server says that an apply would do, without doing it. */
export type DryRun = { readonly after: Manifest } | { readonly refusal: NaruError };

/** What is there now, what we own, what drifted. */
export interface ClusterView {
  readonly inventory: Inventory;
  /** Live objects among those that are wanted or recorded. */
  readonly live: ReadonlyMap<ObjectKey, LiveObject>;
  /** Answers for the objects that `dryRunsNeeded` named. */
  readonly dryRuns: ReadonlyMap<ObjectKey, DryRun>;
  /** Wanted objects whose kind the cluster does not serve. */
  readonly unserved: ReadonlySet<ObjectKey>;
  /** Claims that StatefulSets of ours made, by StatefulSet: they hold data and outlive it. */
  readonly claims: ReadonlyMap<ObjectKey, readonly ObjectKey[]>;
  /** Objects of others in namespaces of ours, by namespace object: deleting the namespace would delete them. */
  readonly residents: ReadonlyMap<ObjectKey, readonly ObjectKey[]>;
}

/** A cluster in which nothing is. */
export const EMPTY_VIEW: ClusterView = {
  inventory: EMPTY_INVENTORY,
  live: new Map(),
  dryRuns: new Map(),
  unserved: new Set(),
  claims: new Map(),
  residents: new Map(),
};
