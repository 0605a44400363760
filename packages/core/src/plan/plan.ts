import type { Manifest } from '../object/manifest.ts';
import type { ObjectKey } from '../object/object-key.ts';
import type { ClaimOrigin } from './cluster-view.ts';

export type Action = 'create' | 'update' | 'keep' | 'delete' | 'retain';

/**
 * Why a step is what it is. `missing`: not there; `changed`: the platform says something else than before; `drifted`: somebody
 * else changed it; `unchanged`; `shared`: there before us, used and left alone; `removed`: no longer part of the platform;
 * `data`: it holds data; `occupied`: it holds objects of others; `unrecorded`: as wanted, only our record was behind.
 */
export type Reason =
  | 'missing'
  | 'changed'
  | 'drifted'
  | 'unchanged'
  | 'shared'
  | 'removed'
  | 'data'
  | 'occupied'
  | 'unrecorded';

export type Risk = 'restarts-pods' | 'loses-data';

/** One field that an update changes; `undefined` for a field that is not there. Secrets are masked. */
export interface FieldChange {
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

export interface Step {
  readonly action: Action;
  readonly key: ObjectKey;
  readonly apiVersion: string;
  readonly component: string;
  readonly reason: Reason;
  readonly risks: readonly Risk[];
  readonly changes: readonly FieldChange[];
  /** What is applied, for `create`, `update` and `keep`. */
  readonly manifest: Manifest | undefined;
  /** The live object that the plan saw: a delete must not hit one that was made since. */
  readonly uid: string | undefined;
  /** Set for a claim that a StatefulSet made: it must be recorded before its set goes, or nobody would find it again. */
  readonly claim?: ClaimOrigin;
  /** Digest of the manifest, for the inventory. */
  readonly desiredHash: string;
}

/** The steps of one component, and the components whose steps must be finished before. */
export interface ComponentPlan {
  readonly component: string;
  readonly after: readonly string[];
  readonly steps: readonly Step[];
}

/** What one delivery will do. A value: it can be saved, shown and replayed. */
export interface Plan {
  readonly platform: string;
  readonly version: string | undefined;
  readonly site: string;
  readonly revision: string;
  /** Creates, updates and keeps, in install order. */
  readonly installs: readonly ComponentPlan[];
  /** Deletes, in the reverse of the order in which the components were installed. They run after all installs. */
  readonly removals: readonly ComponentPlan[];
}

/** The steps that write to the cluster. */
export function writes(plan: Plan): readonly Step[] {
  return [...plan.installs, ...plan.removals]
    .flatMap(({ steps }) => steps)
    .filter(({ action }) => action === 'create' || action === 'update' || action === 'delete');
}
