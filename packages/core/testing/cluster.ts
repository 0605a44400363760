import type { NaruError } from '../src/error/naru-error.ts';
import { canonicalJson, digestOf } from '../src/object/canonical.ts';
import { isRecord, type Manifest } from '../src/object/manifest.ts';
import { keyOf, type ObjectKey, objectKey, parseObjectKey } from '../src/object/object-key.ts';
import type { ClusterView, DryRun, InventoryEntry, LiveObject } from '../src/plan/cluster-view.ts';
import { dryRunsNeeded } from '../src/plan/ownership.ts';
import type { Plan, Step } from '../src/plan/plan.ts';
import { installRank } from '../src/revision/kind-order.ts';
import type { Revision, RevisionObject } from '../src/revision/revision.ts';

/** The smallest cluster in which a delivery can be played: what is there, and our record of it. */
export interface Cluster {
  readonly live: ReadonlyMap<ObjectKey, LiveObject>;
  readonly entries: ReadonlyMap<ObjectKey, InventoryEntry>;
  readonly standsOn: ReadonlyMap<string, readonly string[]>;
}

export const EMPTY_CLUSTER: Cluster = { live: new Map(), entries: new Map(), standsOn: new Map() };

export interface Part {
  readonly name: string;
  readonly standsOn?: readonly string[];
  readonly objects?: readonly Manifest[];
  /** Whether its objects are namespaces that Naru adds. */
  readonly implied?: boolean;
}

export function revisionOf(parts: readonly Part[]): Revision {
  const components = parts.map(({ name, standsOn = [], objects = [], implied = false }) => ({
    name,
    namespace: 'shop',
    version: undefined,
    standsOn,
    notes: '',
    objects: objects
      .map(
        (manifest): RevisionObject => ({
          key: keyOf(manifest),
          manifest,
          source: undefined,
          images: [],
          hash: digestOf(manifest),
          implied,
        }),
      )
      .toSorted((a, b) => installRank(a.manifest.kind) - installRank(b.manifest.kind) || (a.key < b.key ? -1 : 1)),
  }));
  return { platform: 'shop', version: undefined, site: 'dev', digest: digestOf(components), components };
}

export function liveObject(manifest: Manifest, managers: readonly string[] = ['naru']): LiveObject {
  const appliedHash = managers.includes('naru') ? digestOf(manifest) : undefined;
  return {
    manifest: { ...manifest, metadata: { ...manifest.metadata, uid: `uid-${keyOf(manifest)}` } },
    appliedHash,
    managers,
  };
}

/** What a plan for `revision` sees. `refusals` are what the server answers to dry runs. */
export function observe(
  { live, entries, standsOn }: Cluster,
  revision: Revision,
  refusals: ReadonlyMap<ObjectKey, NaruError> = new Map(),
): ClusterView {
  const wanted = revision.components.flatMap(({ objects }) => objects);
  const claims = new Map(
    [...live].map(([key, { manifest }]) => [key, claimsOf(key, manifest).filter((claim) => live.has(claim))]),
  );
  const ours = new Set([...entries.keys(), ...[...claims.values()].flat()]);
  const inside = (namespace: string): readonly ObjectKey[] =>
    [...live.keys()].filter((key) => parseObjectKey(key).namespace === namespace && !ours.has(key));
  const residents = [...live.keys()]
    .filter((key) => parseObjectKey(key).kind === 'Namespace')
    .map((key) => [key, inside(parseObjectKey(key).name)] as const);
  const inventory = { entries, standsOn };
  const view = {
    inventory,
    live,
    claims,
    residents: new Map(residents),
    unserved: new Set<ObjectKey>(),
    dryRuns: new Map(),
  };
  const dryRuns = dryRunsNeeded(wanted, view).map(({ key, manifest }): readonly [ObjectKey, DryRun] => {
    const refusal = refusals.get(key);
    return [key, refusal === undefined ? { after: manifest } : { refusal }];
  });
  return { ...view, dryRuns: new Map(dryRuns) };
}

/** The cluster after every step of a plan. A namespace takes all that is in it with it; a StatefulSet makes its claims. */
export function play({ live, entries }: Cluster, plan: Plan): Cluster {
  const after = { live: new Map(live), entries: new Map(entries) };
  for (const step of [...plan.installs, ...plan.removals].flatMap(({ steps }) => steps)) playStep(after, step);
  const standsOn = new Map(plan.installs.map((part) => [part.component, part.after]));
  return { ...after, standsOn };
}

interface Played {
  readonly live: Map<ObjectKey, LiveObject>;
  readonly entries: Map<ObjectKey, InventoryEntry>;
}

function playStep({ live, entries }: Played, step: Step): void {
  const { action, reason, key, manifest, apiVersion, component, desiredHash, claim } = step;
  if (claim !== undefined)
    entries.set(key, { key, apiVersion, component, desiredHash: '', appliedHash: undefined, claim });
  if (action === 'retain') return;
  if (action === 'delete') {
    const { kind, name } = parseObjectKey(key);
    live.delete(key);
    entries.delete(key);
    if (kind !== 'Namespace') return;
    for (const inside of live.keys()) if (parseObjectKey(inside).namespace === name) live.delete(inside);
    return;
  }
  if (manifest !== undefined && (action !== 'keep' || reason === 'unrecorded')) {
    live.set(key, liveObject(manifest));
    for (const claim of claimsOf(key, manifest))
      if (!live.has(claim)) live.set(claim, liveObject(claimManifest(claim), ['kcm']));
  }
  entries.set(key, { key, apiVersion, component, desiredHash, appliedHash: live.get(key)?.appliedHash });
}

/** One claim per template, as the first replica of a StatefulSet makes them. */
function claimsOf(key: ObjectKey, { kind, spec }: Manifest): readonly ObjectKey[] {
  const templates = kind === 'StatefulSet' && isRecord(spec) ? spec['volumeClaimTemplates'] : undefined;
  if (!Array.isArray(templates)) return [];
  const { namespace, name } = parseObjectKey(key);
  return templates.map((template: unknown) =>
    objectKey({
      kind: 'PersistentVolumeClaim',
      group: '',
      namespace,
      name: `${canonicalJson(template).replaceAll('"', '')}-${name}-0`,
    }),
  );
}

function claimManifest(key: ObjectKey): Manifest {
  const { kind, namespace, name } = parseObjectKey(key);
  return { apiVersion: 'v1', kind, metadata: { name, namespace } };
}
