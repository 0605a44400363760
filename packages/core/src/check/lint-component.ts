import { type KubernetesApiTable, kubernetesApi } from '../api/kubernetes-api.ts';
import { ChartError } from '@naru/chart';
import { compose } from '../compose/compose.ts';
import type { ComponentSource, Sources, Written } from '../compose/sources.ts';
import { readDocument } from '../document/document.ts';
import { NaruError, type Place } from '../error/naru-error.ts';
import { type Finding, findingOf, sortFindings } from '../finding/finding.ts';
import { compile } from '../revision/compile.ts';
import type { Component } from '../spec/component.ts';
import { API_VERSION, Platform } from '../spec/platform.ts';
import { readSpec } from '../spec/read-spec.ts';
import { Site } from '../spec/site.ts';
import { check } from './check.ts';
import { SAMPLE, sampleOutputs } from './sample-outputs.ts';

/** A file that nobody wrote: what is found there is told about the component. */
const PRETENDED = '(lint)';
const KEPT = { seed: '00'.repeat(32), bornAt: Date.UTC(2026, 0, 1) };

export interface LintedComponent extends ComponentSource {
  readonly descriptor: Written<Component>;
}

/**
 * What is wrong with a component by itself: it is composed and compiled alone, in a bare platform and in one that gives it everything that it asks
 * for, for the oldest and the newest Kubernetes that Naru knows, and checked as a platform is. Whoever provides its needs is a sample.
 */
export function lintComponent(component: LintedComponent, table: KubernetesApiTable): readonly Finding[] {
  const versions = [table.versions.at(-1), table.versions[0]].filter((version) => version !== undefined);
  const found = new Map<string, Finding>();
  for (const finding of describedFindings(component)) found.set(identity(finding), finding);
  for (const isFull of [false, true]) {
    for (const [index, version] of versions.entries()) {
      const tried = tryOut(component, { isFull, version, table });
      // A chart may ask for a newer Kubernetes than the oldest that Naru knows.
      if (index > 0 && tried.some(refusesVersion)) continue;
      for (const finding of tried) found.set(identity(finding), finding);
    }
  }
  return sortFindings([...found.values()]);
}

function refusesVersion({ error }: Finding): boolean {
  return error.code === 'CHART_REFUSED' && chartCode(error) === 'CHART_VERSION_UNSUPPORTED';
}

/** What the chart engine called it; a finding that was placed anew has the first one as its cause. */
function chartCode({ cause }: Error): string | undefined {
  if (cause instanceof ChartError) return cause.code;
  return cause instanceof Error ? chartCode(cause) : undefined;
}

interface Trial {
  readonly isFull: boolean;
  readonly version: string;
  readonly table: KubernetesApiTable;
}

function tryOut(component: LintedComponent, { isFull, version, table }: Trial): readonly Finding[] {
  const sources = pretend(component, isFull, `${version}.0`);
  const composing = compose(sources, 'lint');
  const compiling = composing.composition && compile(composing.composition, KEPT);
  return check(sources, composing, compiling, { api: kubernetesApi(table, `${version}.0`) })
    .filter(({ error }) => !isOfSample(error))
    .map((finding) => aboutComponent(finding, component.descriptor));
}

/** A Secret of a sample is nowhere, and custom resources are defined by whoever else is in the cluster. */
function isOfSample(error: NaruError): boolean {
  if (error.code === 'DEFINITION_MISSING') return true;
  const { code, details } = error;
  return code === 'REFERENCE_UNRESOLVED' && 'target' in details && details.target.endsWith(`/${SAMPLE}`);
}

function aboutComponent(finding: Finding, { document }: Written<Component>): Finding {
  const { code, details, place } = finding.error;
  if (place !== undefined && place.file !== PRETENDED) return finding;
  const here: Place = document.placeOf(['metadata', 'name']);
  return { ...finding, error: new NaruError(code, details, { place: here, cause: finding.error }) };
}

function identity({ error }: Finding): string {
  return `${error.code}\0${error.messageIn('en')}\0${JSON.stringify(error.place)}`;
}

/** Somebody chooses a setting by what is written about it. */
function describedFindings({ descriptor: { spec, document } }: LintedComponent): readonly Finding[] {
  const settings = Object.entries(spec.spec.settings ?? {}).filter(([, { description }]) => description === undefined);
  const bare = spec.spec.description === undefined ? [['spec', 'description']] : [];
  const paths = [...bare, ...settings.map(([name]) => ['spec', 'settings', name, 'description'])];
  return paths.map((path) => {
    const place = document.placeOf(path.slice(0, -1));
    return findingOf(new NaruError('COMPONENT_UNDESCRIBED', { field: path.join('.') }, { place }), 'warning');
  });
}

function pretend(component: LintedComponent, isFull: boolean, version: string): Sources {
  const { spec, document } = component.descriptor;
  const { name } = spec.metadata;
  const needs = Object.entries(spec.spec.needs ?? {})
    .filter(([, { optional }]) => isFull || optional !== true)
    .map(([alias, { capability }]) => [
      alias,
      { external: sampleOutputs(alias, capability, { asked: askedOf(alias, document.text), isFull }) },
    ]);
  const platform = written(Platform, 'Platform', SAMPLE, {
    components: { [name]: { needs: Object.fromEntries(needs) } },
  });
  const everything = {
    domain: `${SAMPLE}.example.org`,
    storage: { class: SAMPLE, sharedClass: SAMPLE },
    ingress: { class: SAMPLE },
  };
  const site = written(Site, 'Site', 'lint', { kubernetes: { version }, ...(isFull ? everything : {}) });
  return {
    folder: PRETENDED,
    platform,
    sites: new Map([['lint', site]]),
    profiles: new Map(),
    components: new Map([[name, component]]),
    siteComponents: new Map(),
    secrets: new Map(),
    valuesFiles: new Map(),
    catalog: [],
  };
}

/** The outputs of a need that expressions name, as in `needs.db.host`. */
function askedOf(alias: string, text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(new RegExp(`\\bneeds\\.${alias}\\.(\\w+)`, 'g'))].map(([, output = '']) => output));
}

function written<S extends typeof Platform | typeof Site>(
  schema: S,
  kind: string,
  name: string,
  spec: object,
): Written<ReturnType<S['parse']>> {
  const text = JSON.stringify({ apiVersion: API_VERSION, kind, metadata: { name }, spec });
  const { document } = readDocument(PRETENDED, text);
  const reading = document && readSpec(schema, document);
  if (document === undefined || reading?.spec === undefined)
    throw new TypeError(`what lint pretends is refused: ${text}`);
  return { spec: reading.spec as ReturnType<S['parse']>, document };
}
