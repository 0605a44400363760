import type { ObjectList, WatchEvent } from './client.ts';
import type { KubeObject } from './kube-object.ts';
import type { WatchLine } from './watch-line.ts';

/** What a watch has told so far: enough to say what a fresh list changes. */
export interface WatchState {
  /** Tells one change; `undefined` when it was told before, as happens when a connection is resumed. */
  take(line: Extract<WatchLine, { readonly object: KubeObject }>): WatchEvent | undefined;
  /**
   * Tells how a list differs from what was told. What went without a word comes first: its name may stand for a new object by now.
   * A `DELETED` of this kind carries the object as it was last told.
   */
  reconcile(list: ObjectList): readonly WatchEvent[];
}

export function createWatchState(): WatchState {
  const told = new Map<string, KubeObject>();
  return {
    take: ({ type, object }) => {
      const key = keyOf(object);
      const before = told.get(key);
      if (type === 'DELETED') {
        told.delete(key);
        return before === undefined ? undefined : { type, object };
      }
      told.set(key, object);
      if (before === undefined) return { type: 'ADDED', object };
      return sameVersion(before, object) ? undefined : { type: 'MODIFIED', object };
    },
    reconcile: ({ items }) => {
      const present = new Set(items.map(keyOf));
      const events: WatchEvent[] = [];
      for (const [key, object] of told) {
        if (present.has(key)) continue;
        told.delete(key);
        events.push({ type: 'DELETED', object });
      }
      for (const object of items) {
        const before = told.get(keyOf(object));
        told.set(keyOf(object), object);
        if (before === undefined) events.push({ type: 'ADDED', object });
        else if (!sameVersion(before, object)) events.push({ type: 'MODIFIED', object });
      }
      return events;
    },
  };
}

/** An object that was deleted and made again between two lists is another one, though its name is the same. */
function keyOf({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}/${metadata.uid ?? ''}`;
}

function sameVersion(one: KubeObject, other: KubeObject): boolean {
  return one.metadata.resourceVersion !== undefined && one.metadata.resourceVersion === other.metadata.resourceVersion;
}
