import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Cluster,
  EMPTY_CLUSTER,
  liveObject,
  observe,
  type Part,
  play,
  revisionOf,
} from '../../testing/cluster.ts';
import { orderOf } from '../compose/order.ts';
import type { Manifest } from '../object/manifest.ts';
import { keyOf, type ObjectKey, parseObjectKey } from '../object/object-key.ts';
import { installRank } from '../revision/kind-order.ts';
import type { ComponentPlan, Plan } from './plan.ts';
import { planPlatform } from './plan-platform.ts';

const NAMES = ['a', 'b', 'c', 'd', 'e'];
const KINDS = [
  ['v1', 'ConfigMap'],
  ['v1', 'PersistentVolumeClaim'],
  ['v1', 'PersistentVolume'],
  ['v1', 'Namespace'],
  ['apps/v1', 'StatefulSet'],
  ['apps/v1', 'Deployment'],
  ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
] as const;
const CLUSTER_SCOPED = new Set(['Namespace', 'PersistentVolume', 'CustomResourceDefinition']);
const NAMESPACES = ['n1', 'n2'];
const DELETE = { deleteData: true };
const KEEP = { deleteData: false };

const manifest = fc
  .record({
    kind: fc.constantFrom(...KINDS),
    name: fc.constantFrom(...NAMESPACES, 'x'),
    namespace: fc.constantFrom(...NAMESPACES),
    value: fc.nat(2),
    claims: fc.boolean(),
  })
  .map(({ kind: [apiVersion, kind], name, namespace, value, claims }): Manifest => {
    const metadata = CLUSTER_SCOPED.has(kind) ? { name } : { name, namespace };
    const templates = claims && kind === 'StatefulSet' ? { volumeClaimTemplates: ['data'] } : {};
    return { apiVersion, kind, metadata, spec: { value, ...templates } };
  });

/** A platform of up to five components over disjoint objects; edges go to earlier names, so there is no circle. */
const parts = fc
  .record({
    objects: fc.uniqueArray(manifest, { selector: keyOf, maxLength: 12 }),
    owners: fc.array(fc.nat(4), { minLength: 12, maxLength: 12 }),
    edges: fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { maxLength: 8 }),
    absent: fc.subarray(NAMES, { maxLength: 3 }),
  })
  .map(({ objects, owners, edges, absent }): readonly Part[] =>
    NAMES.map((name, index) => ({
      name,
      standsOn: [...new Set(edges.flatMap(([from, to]) => (from === index && to < from ? [NAMES[to] ?? ''] : [])))]
        .filter((base) => !absent.includes(base))
        .toSorted(),
      objects: objects.filter((_, at) => owners[at] === index),
    })).filter(({ name }) => !absent.includes(name)),
  );

/** As a compiled platform is: every namespace that objects live in is declared, by a component or by the implied one. */
function housed(platform: readonly Part[]): readonly Part[] {
  const objects = platform.flatMap((part) => part.objects ?? []);
  const declared = new Set(objects.flatMap(({ kind, metadata }) => (kind === 'Namespace' ? metadata.name : [])));
  const needed = new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? []));
  const implied = [...needed].filter((name) => !declared.has(name)).toSorted();
  if (implied.length === 0) return platform;
  const manifests = implied.map((name): Manifest => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
  const homes = { name: '(namespaces)', implied: true, objects: manifests };
  return [
    homes,
    ...platform.map((part) => {
      const lives = (part.objects ?? []).some(({ metadata }) => implied.includes(metadata.namespace ?? ''));
      return lives ? { ...part, standsOn: [homes.name, ...(part.standsOn ?? [])] } : part;
    }),
  ];
}

/** What happened since our last delivery: somebody else changed, deleted or made objects. */
const meddling = fc.record({
  drifted: fc.subarray(NAMESPACES.concat('x')),
  deleted: fc.subarray(NAMESPACES.concat('x')),
  made: fc.uniqueArray(manifest, { selector: keyOf, maxLength: 4 }),
});

const world = fc.record({ before: parts, after: parts, meddling }).map(({ before, after, meddling: by }) => {
  const old = revisionOf(housed(before));
  const installed = play(EMPTY_CLUSTER, planPlatform(old, observe(EMPTY_CLUSTER, old), KEEP).plan);
  const revision = revisionOf(housed(after));
  return { cluster: meddled(installed, by), revision };
});
type World = typeof world extends fc.Arbitrary<infer W> ? W : never;

function meddled(
  { live, entries, standsOn }: Cluster,
  by: { drifted: string[]; deleted: string[]; made: Manifest[] },
): Cluster {
  const after = new Map(live);
  for (const [key, object] of live) {
    const { name, kind } = parseObjectKey(key);
    if (by.drifted.includes(name) && entries.has(key))
      after.set(key, { ...object, manifest: { ...object.manifest, spec: 'drifted' }, appliedHash: 'less than before' });
    if (by.deleted.includes(name) && kind === 'ConfigMap') after.delete(key);
  }
  // Labels are easily copied: they say nothing about whose an object is.
  const labels = { 'app.kubernetes.io/managed-by': 'naru', 'app.kubernetes.io/part-of': 'shop' };
  for (const made of by.made) {
    const key = keyOf(made);
    if (!after.has(key))
      after.set(key, liveObject({ ...made, metadata: { ...made.metadata, labels } }, ['helm', 'kubectl']));
  }
  return { live: after, entries, standsOn };
}

function planned({ cluster, revision }: World, options = KEEP): ReturnType<typeof planPlatform> {
  return planPlatform(revision, observe(cluster, revision), options);
}

/** Live objects that are not recorded, and those that were recorded ahead and then made by somebody else. */
function foreignKeys({ live, entries }: Cluster): readonly ObjectKey[] {
  return [...live]
    .filter(([key, { appliedHash }]) => appliedHash === undefined && entries.get(key)?.appliedHash === undefined)
    .map(([key]) => key);
}

const isData = (key: ObjectKey): boolean =>
  ['PersistentVolumeClaim', 'PersistentVolume'].includes(parseObjectKey(key).kind);
const stepsOf = (plan: Plan): ReturnType<typeof all> => all([...plan.installs, ...plan.removals]);
const all = (components: readonly ComponentPlan[]) => components.flatMap(({ steps }) => steps);

describe('a plan', () => {
  it('converges: when it is carried out, a second plan changes nothing', () => {
    fc.assert(
      fc.property(world, fc.boolean(), (given, deleteData) => {
        const { plan, findings } = planned(given, { deleteData });
        fc.pre(findings.length === 0);

        const next = play(given.cluster, plan);
        const second = planned({ ...given, cluster: next }, { deleteData });

        expect(second.findings).toEqual([]);
        expect(stepsOf(second.plan).filter(({ action }) => action !== 'keep' && action !== 'retain')).toEqual([]);
        for (const { objects } of given.revision.components) {
          const recorded = objects.filter(({ key, implied }) => !implied || next.entries.has(key));
          for (const { key, hash } of recorded) expect(next.entries.get(key)?.desiredHash).toBe(hash);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('deletes and changes nothing that is not ours, not even by deleting the namespace around it', () => {
    fc.assert(
      fc.property(world, fc.boolean(), (given, deleteData) => {
        const { plan } = planned(given, { deleteData });
        const next = play(given.cluster, plan);

        const claims = new Set([...observe(given.cluster, given.revision).claims.values()].flat());
        for (const key of foreignKeys(given.cluster).filter((foreign) => !claims.has(foreign)))
          expect(next.live.get(key)).toBe(given.cluster.live.get(key));
      }),
      { numRuns: 400 },
    );
  });

  it('deletes no data unless told to, not even by deleting the namespace around it', () => {
    fc.assert(
      fc.property(world, (given) => {
        const { plan } = planned(given);
        const next = play(given.cluster, plan);

        for (const key of given.cluster.live.keys()) if (isData(key)) expect(next.live.has(key)).toBe(true);
        expect(stepsOf(plan).flatMap(({ risks }) => risks)).not.toContain('loses-data');
      }),
      { numRuns: 400 },
    );
  });

  it('finds all data again that an earlier delete left, when data may go', () => {
    fc.assert(
      fc.property(parts, (before) => {
        const old = revisionOf(housed(before));
        const installed = play(EMPTY_CLUSTER, planPlatform(old, observe(EMPTY_CLUSTER, old), KEEP).plan);
        const nothing = revisionOf([]);

        const left = play(installed, planned({ cluster: installed, revision: nothing }).plan);
        const gone = play(left, planned({ cluster: left, revision: nothing }, DELETE).plan);

        expect([...installed.live.keys()].filter(isData)).toEqual([...left.live.keys()].filter(isData));
        expect([...gone.live.keys()]).toEqual([]);
        expect([...gone.entries.keys()]).toEqual([]);
      }),
    );
  });

  it('marks every delete of data as a risk', () => {
    fc.assert(
      fc.property(world, (given) => {
        const deletes = stepsOf(planned(given, DELETE).plan).filter(({ action }) => action === 'delete');
        for (const { key, risks } of deletes) expect(risks.includes('loses-data')).toBe(isData(key));
      }),
    );
  });

  it('refuses each wanted object that is somebody else’s, whatever its labels say, and has no step for it', () => {
    fc.assert(
      fc.property(world, (given) => {
        const { plan, findings } = planned(given);
        const wanted = given.revision.components.flatMap(({ objects }) =>
          objects.flatMap(({ key, implied }) => (implied ? [] : key)),
        );
        const foreign = new Set(foreignKeys(given.cluster));

        const conflicts = wanted.filter((key) => foreign.has(key)).toSorted();

        expect(findings.map(({ error }) => error.code)).toEqual(conflicts.map(() => 'OBJECT_FOREIGN'));
        const keys = new Set(stepsOf(plan).map(({ key }) => key));
        for (const key of conflicts) expect(keys.has(key)).toBe(false);
      }),
    );
  });

  it('plans each object once', () => {
    fc.assert(
      fc.property(world, fc.boolean(), (given, deleteData) => {
        const keys = stepsOf(planned(given, { deleteData }).plan).map(({ key }) => key);
        expect(keys.toSorted()).toEqual([...new Set(keys)].toSorted());
      }),
    );
  });

  it('does not depend on the order of its input', () => {
    fc.assert(
      fc.property(world, fc.boolean(), (given, deleteData) => {
        const view = observe(given.cluster, given.revision);
        const { entries, standsOn } = view.inventory;
        const turned = {
          ...view,
          inventory: { entries: turn(entries), standsOn: turn(standsOn) },
          live: turn(view.live),
          dryRuns: turn(view.dryRuns),
          claims: turn(view.claims),
          residents: turn(view.residents),
        };
        const revision = { ...given.revision, components: given.revision.components.toReversed() };

        const there = planPlatform(given.revision, view, { deleteData });
        const back = planPlatform(revision, turned, { deleteData });

        expect(back.plan.installs.toReversed()).toEqual(there.plan.installs);
        expect(back.plan.removals).toEqual(there.plan.removals);
        expect(new Set(back.findings.map(({ error }) => error.message))).toEqual(
          new Set(there.findings.map(({ error }) => error.message)),
        );
      }),
    );
  });
});

describe('the order of a plan', () => {
  it('installs each component after all it stands on', () => {
    fc.assert(
      fc.property(world, (given) => {
        for (const [index, { component, after }] of planned(given).plan.installs.entries()) {
          const { name, standsOn } = given.revision.components[index] ?? { name: '', standsOn: [] };
          expect([component, after]).toEqual([name, standsOn]);
        }
      }),
    );
  });

  it('removes in the exact reverse: whoever stood on a component, however indirectly, is gone before it goes', () => {
    fc.assert(
      fc.property(world, (given) => {
        const { removals } = planned(given, DELETE).plan;
        const names = removals.map(({ component }) => component);
        const waits = new Map(removals.map(({ component, after }) => [component, after]));
        for (const name of names) {
          for (const base of names.filter((other) => reaches(given.cluster.standsOn, name, other))) {
            expect(names.indexOf(name)).toBeLessThan(names.indexOf(base));
            expect(reaches(waits, base, name)).toBe(true);
          }
        }
        for (const [name, after] of waits)
          for (const first of after) expect(reaches(given.cluster.standsOn, first, name)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('removes a whole platform in the reverse of the order in which it was installed', () => {
    fc.assert(
      fc.property(parts, (before) => {
        const full = before.map((part) => ({ ...part, objects: [...(part.objects ?? []), marker(part.name)] }));
        const old = revisionOf(full);
        const installed = play(EMPTY_CLUSTER, planPlatform(old, observe(EMPTY_CLUSTER, old), KEEP).plan);
        const { plan } = planned({ cluster: installed, revision: revisionOf([]) }, DELETE);

        const order = orderOf(new Map(full.map(({ name, standsOn = [] }) => [name, standsOn]))).order ?? [];
        expect(plan.removals.map(({ component }) => component)).toEqual(order.toReversed());
        expect(play(installed, plan).entries.size).toBe(0);
      }),
    );
  });

  it('removes the objects of a component in the reverse of the install order of kinds', () => {
    fc.assert(
      fc.property(world, (given) => {
        for (const { steps } of planned(given).plan.removals) {
          const recorded = steps.filter(({ key }) => given.cluster.entries.has(key));
          const ranks = recorded.map(({ key }) => installRank(parseObjectKey(key).kind));
          expect(ranks).toEqual(ranks.toSorted((a, b) => b - a));
        }
      }),
    );
  });

  it('lets the components of a damaged record go in any order, rather than wait for each other', () => {
    const cluster = play(
      EMPTY_CLUSTER,
      planPlatform(
        revisionOf([
          { name: 'a', objects: [marker('a')] },
          { name: 'b', objects: [marker('b')] },
        ]),
        observe(EMPTY_CLUSTER, revisionOf([])),
        KEEP,
      ).plan,
    );
    const damaged = {
      ...cluster,
      standsOn: new Map([
        ['a', ['b']],
        ['b', ['a']],
      ]),
    };

    const { plan } = planned({ cluster: damaged, revision: revisionOf([]) });

    expect(plan.removals.map(({ component, after }) => [component, after])).toEqual([
      ['b', []],
      ['a', []],
    ]);
  });
});

function marker(name: string): Manifest {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: 'elsewhere' } };
}

function turn<K, V>(map: ReadonlyMap<K, V>): ReadonlyMap<K, V> {
  return new Map([...map].toReversed());
}

/** Whether edges lead from one name to another, over at least one of them. */
function reaches(edges: ReadonlyMap<string, readonly string[]>, from: string, to: string): boolean {
  const seen = new Set<string>();
  const open = [...(edges.get(from) ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === to) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    open.push(...(edges.get(next) ?? []));
  }
  return false;
}
