import { NaruError } from '../error/naru-error.ts';
import { type Finding, findingOf } from '../finding/finding.ts';
import { isRecord, type Manifest } from '../object/manifest.ts';
import { groupOf } from '../object/object-key.ts';
import type { Revision, RevisionComponent, RevisionObject } from '../revision/revision.ts';
import type { ClusterView } from './cluster-view.ts';
import { diffFields } from './field-diff.ts';
import { isProvenCurrent, ownershipOf, uidOf } from './ownership.ts';
import type { ComponentPlan, FieldChange, Plan, Reason, Risk, Step } from './plan.ts';
import { planRemovals } from './plan-removals.ts';

export interface PlanOptions {
  /** Volumes and what holds them are deleted too, when they leave the platform. */
  readonly deleteData: boolean;
}

export interface Planning {
  readonly plan: Plan;
  /** What refuses the plan: objects of others, and what the server does not accept. */
  readonly findings: readonly Finding[];
}

/**
 * Decides what one delivery does, without doing it: a plan of an empty revision deletes the platform.
 *
 * Refuses to touch what is not ours: an object that is live but not in the inventory is a conflict, whatever its labels
 * say. Deletes come last, so that a rename never leaves a gap. The result does not depend on the order of components.
 */
export function planPlatform(revision: Revision, view: ClusterView, options: PlanOptions): Planning {
  const findings: Finding[] = [];
  const promised = promisedKinds(revision);
  const installs = revision.components.map((component): ComponentPlan => {
    const steps = component.objects.flatMap((object) => installStep(component, object, view, { promised, findings }));
    return { component: component.name, after: component.standsOn, steps };
  });
  const wanted = new Set(revision.components.flatMap(({ objects }) => objects.map(({ key }) => key)));
  const plan: Plan = {
    platform: revision.platform,
    version: revision.version,
    site: revision.site,
    revision: revision.digest,
    installs,
    removals: planRemovals(wanted, view, options),
  };
  return { plan, findings };
}

function installStep(
  component: RevisionComponent,
  object: RevisionObject,
  view: ClusterView,
  { promised, findings }: { readonly promised: ReadonlySet<string>; readonly findings: Finding[] },
): readonly Step[] {
  const { key, manifest, hash } = object;
  const step = (action: Step['action'], reason: Reason, changes: readonly FieldChange[] = []): readonly Step[] => [
    {
      action,
      key,
      apiVersion: manifest.apiVersion,
      component: component.name,
      reason,
      risks: risksOf(manifest.kind, changes),
      changes,
      manifest,
      uid: uidOf(view, key),
      desiredHash: hash,
    },
  ];
  const refuse = (error: NaruError): readonly Step[] => {
    findings.push(findingOf(error));
    return [];
  };
  if (view.unserved.has(key)) {
    if (promised.has(kindOf(manifest))) return step('create', 'missing');
    return refuse(new NaruError('KIND_UNKNOWN', { key, apiVersion: manifest.apiVersion }));
  }
  const ownership = ownershipOf(key, view);
  if (ownership === 'absent') return step('create', 'missing');
  if (ownership === 'foreign') {
    if (object.implied) return step('retain', 'shared');
    const managers = view.live.get(key)?.managers.join(', ') ?? '';
    return refuse(new NaruError('OBJECT_FOREIGN', { key, managers: managers === '' ? '?' : managers }));
  }
  if (isProvenCurrent(object, view)) return step('keep', 'unchanged');
  const dryRun = view.dryRuns.get(key);
  const live = view.live.get(key);
  if (dryRun === undefined || live === undefined) throw new TypeError(`no dry run of ${key}`);
  if ('refusal' in dryRun) return refuse(refusalOf(key, dryRun.refusal));
  const changes = diffFields(live.manifest, dryRun.after);
  if (changes.length === 0) return step('keep', 'unrecorded');
  return step('update', view.inventory.entries.get(key)?.desiredHash === hash ? 'drifted' : 'changed', changes);
}

/** `Kind.group` of every kind that a definition in the platform brings: it will be served when its turn comes. */
function promisedKinds({ components }: Revision): ReadonlySet<string> {
  const manifests = components.flatMap(({ objects }) => objects.map(({ manifest }) => manifest));
  return new Set(manifests.flatMap((manifest) => definedKind(manifest)));
}

function definedKind({ kind, spec }: Manifest): readonly string[] {
  if (kind !== 'CustomResourceDefinition' || !isRecord(spec) || !isRecord(spec['names'])) return [];
  return [`${String(spec['names']['kind'])}.${String(spec['group'])}`];
}

function kindOf({ apiVersion, kind }: Manifest): string {
  return `${kind}.${groupOf(apiVersion)}`;
}

/** What the server says when a field may not change, in the words of apimachinery's and of the workload validators. */
const IMMUTABLE =
  /field is immutable|updates to \w+ spec for fields other than|may not change|cannot be changed|is immutable/i;

function refusalOf(key: string, refusal: NaruError): NaruError {
  if (!IMMUTABLE.test(refusal.message)) return refusal;
  return new NaruError('OBJECT_IMMUTABLE', { key, reason: refusal.message }, { cause: refusal });
}

/** Kinds whose pods are replaced when their template changes. */
const ROLLING: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

function risksOf(kind: string, changes: readonly FieldChange[]): readonly Risk[] {
  const template = ROLLING.has(kind) && changes.some(({ path }) => path.startsWith('spec.template.'));
  return template ? ['restarts-pods'] : [];
}
