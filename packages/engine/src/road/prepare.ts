import { randomBytes } from 'node:crypto';
import {
  type Composition,
  check,
  compile,
  compose,
  DEFAULT_KUBERNETES_VERSION,
  type Finding,
  type Kept,
  kubernetesApi,
  NaruError,
  type Overrides,
  refuseErrors,
  type Revision,
  type Sources,
} from '@naru/core';
import { loadKubernetesApi } from '../load/kubernetes-api.ts';
import { load } from '../load/load-platform.ts';
import type { FetchOptions } from '../source/fetch-options.ts';

/** Everything that is decided about a platform at a site before a cluster is near. */
export interface Prepared {
  readonly sources: Sources;
  readonly composition: Composition;
  readonly revision: Revision;
  /** Warnings and notes; errors are thrown. */
  readonly findings: readonly Finding[];
}

export interface PrepareOptions {
  readonly folder: string;
  /** Folder of the components that come with Naru. */
  readonly catalogFolder: string;
  /** May be left out when the platform has one site. */
  readonly site: string | undefined;
  readonly overrides: Overrides;
  /** Where secrets that come from variables are looked up; none are set without it. */
  readonly variables?: Readonly<Record<string, string | undefined>>;
  /** How to fetch published charts; without it they come from the cache alone. */
  readonly fetching?: FetchOptions;
}

/**
 * The seed of everything that is compiled only to be looked at: generated values are masked wherever they are shown, and
 * equal folders give equal output on every machine. A delivery has a seed of its own, which the cluster keeps.
 */
export const DISPLAY_SEED: Kept = { seed: '00'.repeat(32), bornAt: Date.UTC(2026, 0, 1), isForShow: true };

/** A seed for a platform that no cluster knows yet. */
export function freshSeed(): Kept {
  return { seed: randomBytes(32).toString('hex'), bornAt: Date.now() };
}

/** Reads a platform folder. Throws `FOLDER_MISSING`, or a `Refusal` with every problem of every file. */
export async function loadSources({ folder, catalogFolder, fetching, variables }: PrepareOptions): Promise<Sources> {
  return await load(folder, catalogFolder, fetching, variables);
}

/** Composes, compiles and checks what was loaded. Throws a `Refusal` with all findings when one is an error. */
export async function prepare(sources: Sources, options: PrepareOptions, kept: Kept): Promise<Prepared> {
  const composing = compose(sources, siteOf(sources, options.site), options.overrides);
  const compiling = composing.composition === undefined ? undefined : compile(composing.composition, kept);
  const version = composing.composition?.site.kubernetesVersion ?? DEFAULT_KUBERNETES_VERSION;
  const findings = check(sources, composing, compiling, {
    api: kubernetesApi(await loadKubernetesApi(), version),
    today: new Date().toISOString().slice(0, 10),
  });
  refuseErrors(findings);
  if (composing.composition === undefined || compiling === undefined)
    throw new TypeError('nothing composed and nothing found');
  return { sources, composition: composing.composition, revision: compiling.revision, findings };
}

/** The site that was named, or the only one. Throws `SITE_UNNAMED`. */
export function siteOf({ sites }: Sources, named: string | undefined): string {
  if (named !== undefined) return named;
  const [only, another] = [...sites.keys()].toSorted();
  if (only === undefined || another !== undefined) {
    throw new NaruError('SITE_UNNAMED', { known: [...sites.keys()].toSorted().join(', ') });
  }
  return only;
}
