import type { ObjectKey } from '../object/object-key.ts';
import type { RevisionObject } from '../revision/revision.ts';
import type { ClusterView } from './cluster-view.ts';

/** Whose a live object is: ours when it stands in the inventory, whatever its labels say. */
export type Ownership = 'absent' | 'ours' | 'foreign';

/**
 * An object that is recorded but was never seen applied may have been made by somebody else after we wrote its key
 * ahead; it is ours only when the server knows us as a manager.
 */
export function ownershipOf(key: ObjectKey, { inventory, live }: ClusterView): Ownership {
  const object = live.get(key);
  if (object === undefined) return 'absent';
  const entry = inventory.entries.get(key);
  if (entry === undefined) return 'foreign';
  if (entry.claim !== undefined) return object.manifest.metadata.uid === entry.claim.uid ? 'ours' : 'foreign';
  return entry.appliedHash !== undefined || object.appliedHash !== undefined ? 'ours' : 'foreign';
}

/**
 * Whether nothing can have changed: we want what we wanted last, and our entry in the live object's `managedFields` is
 * the one that our last apply left. Under server-side apply a field that another manager changes leaves our entry.
 */
export function isProvenCurrent(object: RevisionObject, { inventory, live }: ClusterView): boolean {
  const entry = inventory.entries.get(object.key);
  const appliedHash = live.get(object.key)?.appliedHash;
  return (
    entry !== undefined &&
    appliedHash !== undefined &&
    entry.desiredHash === object.hash &&
    entry.appliedHash === appliedHash
  );
}

/** The objects for which only the server can tell what an apply would do. */
export function dryRunsNeeded(objects: readonly RevisionObject[], view: ClusterView): readonly RevisionObject[] {
  return objects.filter((object) => ownershipOf(object.key, view) === 'ours' && !isProvenCurrent(object, view));
}

/** The identity of the live object; undefined when there is none. */
export function uidOf({ live }: ClusterView, key: ObjectKey): string | undefined {
  return live.get(key)?.manifest.metadata.uid;
}
