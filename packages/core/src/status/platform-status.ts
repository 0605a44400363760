import type { Manifest } from '../object/manifest.ts';
import type { ObjectKey } from '../object/object-key.ts';
import type { Inventory } from '../plan/cluster-view.ts';
import { objectStatus } from './object-status.ts';
import type { PodCause } from './pod-cause.ts';
import type { Status, StatusWord } from './status.ts';

export interface ObjectReport {
  readonly key: ObjectKey;
  readonly status: Status;
  /** Why the pods of a workload are not ready. */
  readonly causes: readonly PodCause[];
}

export interface ComponentReport {
  readonly component: string;
  /** The worst word among its objects. */
  readonly word: StatusWord;
  readonly current: number;
  readonly total: number;
  /** The objects that are not Current. */
  readonly troubled: readonly ObjectReport[];
}

/** From bad to good: what a person must know first. */
const WORST_FIRST: readonly StatusWord[] = ['Failed', 'NotFound', 'Unknown', 'Terminating', 'InProgress', 'Current'];

/** Whether each component of an inventory is healthy. `objects` are the live ones; what is missing is `NotFound`. */
export function platformStatus(
  { entries }: Inventory,
  objects: ReadonlyMap<ObjectKey, Manifest>,
  causes: ReadonlyMap<ObjectKey, readonly PodCause[]> = new Map(),
): readonly ComponentReport[] {
  const byComponent = new Map<string, ObjectReport[]>();
  for (const { key, component } of entries.values()) {
    const object = objects.get(key);
    const status: Status =
      object === undefined ? { word: 'NotFound', reason: { code: 'absent' } } : objectStatus(object);
    const report = { key, status, causes: causes.get(key) ?? [] };
    const reports = byComponent.get(component);
    if (reports === undefined) byComponent.set(component, [report]);
    else reports.push(report);
  }
  return [...byComponent]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([component, reports]) => componentReport(component, reports));
}

function componentReport(component: string, reports: readonly ObjectReport[]): ComponentReport {
  const troubled = reports.filter(({ status }) => status.word !== 'Current');
  const word = WORST_FIRST.find((candidate) => reports.some(({ status }) => status.word === candidate)) ?? 'Current';
  return { component, word, current: reports.length - troubled.length, total: reports.length, troubled };
}
