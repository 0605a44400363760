import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseYaml } from '@naru/chart';
import {
  type Cluster,
  EMPTY_CLUSTER,
  liveObject,
  observe,
  type Part,
  play,
  revisionOf,
} from '../../testing/cluster.ts';
import { formatFindings, goldenCases } from '../../testing/golden.ts';
import { NaruError } from '../error/naru-error.ts';
import type { Manifest } from '../object/manifest.ts';
import { keyOf, type ObjectKey } from '../object/object-key.ts';
import type { ComponentPlan, Plan, Step } from './plan.ts';
import { writes } from './plan.ts';
import { planPlatform } from './plan-platform.ts';

/** What a case says: two platforms, and what happened to the cluster since the first was delivered. */
interface Case {
  readonly before?: readonly Part[];
  readonly after?: readonly Part[];
  /** Live objects that others changed: as they are now. */
  readonly changed?: readonly Manifest[];
  readonly gone?: readonly ObjectKey[];
  /** Objects that others made. */
  readonly foreign?: readonly Manifest[];
  /** Keys that were recorded before a crash; nobody saw them applied. */
  readonly ahead?: readonly ObjectKey[];
  /** What the server says to dry runs. */
  readonly refusals?: Readonly<Record<ObjectKey, string>>;
  readonly unserved?: readonly ObjectKey[];
  readonly deleteData?: boolean;
}

describe('planPlatform', () => {
  it.each(goldenCases('plan'))('$name', async ({ folder }) => {
    const given = parseYaml(readFileSync(`${folder}/input.yaml`, 'utf8')) as Case;

    const { plan, findings } = planned(given);

    await expect(`${formatPlan(plan)}${formatFindings(findings)}`).toMatchFileSnapshot(`${folder}/expected.txt`);
  });

  it('names the steps that write', () => {
    const config = (name: string): Manifest => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, namespace: 'n' },
    });
    const { plan } = planned({
      before: [{ name: 'a', objects: [config('kept'), config('old')] }],
      after: [{ name: 'a', objects: [config('kept'), config('new')] }],
    });

    expect(writes(plan).map(({ action, key }) => [action, key])).toEqual([
      ['create', 'ConfigMap/n/new'],
      ['delete', 'ConfigMap/n/old'],
    ]);
  });

  it('says which live object a step means, so that it never hits one that was made since', () => {
    const config: Manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'n' } };
    const { plan } = planned({ before: [{ name: 'a', objects: [config] }] });

    expect(plan.removals[0]?.steps[0]?.uid).toBe('uid-ConfigMap/n/a');
  });

  it('throws when it is asked without the dry run that it needs: that is a bug of the caller', () => {
    const config: Manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'n' } };
    const cluster = delivered([{ name: 'a', objects: [config] }]);
    const revision = revisionOf([{ name: 'a', objects: [{ ...config, data: { b: '1' } }] }]);
    const view = { ...observe(cluster, revision), dryRuns: new Map() };

    expect(() => planPlatform(revision, view, { deleteData: false })).toThrow('no dry run of ConfigMap/n/a');
  });
});

function delivered(parts: readonly Part[]): Cluster {
  const revision = revisionOf(parts);
  const view = observe(EMPTY_CLUSTER, revision);
  return play(EMPTY_CLUSTER, planPlatform(revision, view, { deleteData: false }).plan);
}

function planned(given: Case): ReturnType<typeof planPlatform> {
  const cluster = since(delivered(given.before ?? []), given);
  const revision = revisionOf(given.after ?? []);
  const refusals = Object.entries(given.refusals ?? {}).map(
    ([key, reason]) =>
      [key as ObjectKey, new NaruError('REQUEST_REFUSED', { request: `apply ${key}`, reason })] as const,
  );
  const view = observe(cluster, revision, new Map(refusals));
  const unserved = new Set(given.unserved);
  return planPlatform(revision, { ...view, unserved }, { deleteData: given.deleteData ?? false });
}

function since(cluster: Cluster, { changed = [], gone = [], foreign = [], ahead = [] }: Case): Cluster {
  const live = new Map(cluster.live);
  const entries = new Map(cluster.entries);
  for (const manifest of changed) live.set(keyOf(manifest), { ...liveObject(manifest), appliedHash: 'another' });
  for (const key of gone) live.delete(key);
  for (const manifest of foreign) live.set(keyOf(manifest), liveObject(manifest, ['helm']));
  for (const key of ahead)
    entries.set(key, { key, apiVersion: 'v1', component: 'web', desiredHash: '', appliedHash: undefined });
  return { ...cluster, live, entries };
}

function formatPlan({ installs, removals }: Plan): string {
  return `${formatComponents('install', installs)}${formatComponents('remove', removals)}`;
}

function formatComponents(what: string, components: readonly ComponentPlan[]): string {
  return components
    .map(
      ({ component, after, steps }) =>
        `${what} ${component} after [${after.join(', ')}]\n${steps.map(formatStep).join('')}`,
    )
    .join('');
}

function formatStep({ action, key, reason, risks, changes }: Step): string {
  const risk = risks.length === 0 ? '' : ` !${risks.join(' !')}`;
  const lines = changes.map(
    ({ path, before, after }) => `    ${path}: ${JSON.stringify(before) ?? '-'} → ${JSON.stringify(after) ?? '-'}\n`,
  );
  return `  ${action} ${key} (${reason})${risk}\n${lines.join('')}`;
}
