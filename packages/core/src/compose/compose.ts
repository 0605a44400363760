import type { Path } from '../document/document.ts';
import { suggest } from '../document/suggestion.ts';
import { NaruError, type Place } from '../error/naru-error.ts';
import { type Finding, findingOf } from '../finding/finding.ts';
import type { Site } from '../spec/site.ts';
import { composeComponent } from './component.ts';
import type { ComposedComponent, Composition } from './composition.ts';
import type { Scope } from './expression.ts';
import { type Candidate, type Match, matchNeeds, providersAmong } from './needs.ts';
import { orderOf } from './order.ts';
import { capabilityFindings } from './outputs.ts';
import { chooseProfiles, profileWords } from './profiles.ts';
import { secretFindings } from './secrets.ts';
import { proxyFindings, siteFacts, siteScope } from './site-facts.ts';
import type { ProfileSource, Sources, Written } from './sources.ts';
import type { Traced } from './traced.ts';

/** A composition, and what was found on the way. It is undefined when an error leaves nothing to go on with. */
export interface Composing {
  readonly composition: Composition | undefined;
  readonly findings: readonly Finding[];
}

/** Values from the command line, which win over every file: by component. */
export type Overrides = ReadonlyMap<string, Traced>;

/**
 * Decides what one site receives: which components, in which order, bound to whom, with which settings.
 *
 * Every problem of the platform is a finding. The result does not depend on the order of components in the files.
 * Linear in components, edges and leaves, but for sorting names.
 */
export function compose(sources: Sources, siteName: string, overrides: Overrides = new Map()): Composing {
  const site = sources.sites.get(siteName);
  if (site === undefined) {
    const known = [...sources.sites.keys()].sort().join(', ');
    return { composition: undefined, findings: [findingOf(new NaruError('SITE_UNKNOWN', { site: siteName, known }))] };
  }
  const profiles = chooseProfiles(sources, site);
  const candidates = enabledComponents(sources, site, profiles.chosen);
  const findings = [
    ...capabilityFindings(sources.platform),
    ...secretFindings(sources),
    ...proxyFindings(site),
    ...profiles.findings,
    ...undeclared(sources, site, { overrides, profiles: profiles.chosen }),
  ];
  const matches = new Map<string, readonly Match[]>();
  const edges = new Map<string, readonly string[]>();
  const providersOf = providersAmong(candidates);
  for (const candidate of candidates.values()) {
    const matched = matchNeeds(candidate, providersOf, sources.catalog);
    const after = afterOf(candidate, candidates);
    findings.push(...matched.findings, ...after.findings);
    matches.set(candidate.name, matched.matches);
    const providers = matched.matches.flatMap(({ provider }) => (provider === undefined ? [] : [provider]));
    edges.set(candidate.name, [...new Set([...providers, ...after.names])].sort());
  }
  const { order, cycle } = orderOf(edges);
  if (order === undefined) {
    const place = candidates.get(cycle[0] ?? '')?.placeOf();
    findings.push(findingOf(new NaruError('COMPONENT_CYCLE', { path: cycle.join(' → ') }, { place })));
    return { composition: undefined, findings };
  }
  const components: ComposedComponent[] = [];
  const outputs = new Map<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>();
  for (const name of order) {
    const candidate = candidates.get(name);
    if (candidate === undefined) continue;
    const result = composeComponent({
      candidate,
      matches: matches.get(name) ?? [],
      standsOn: edges.get(name) ?? [],
      sources,
      site,
      profiles: profiles.chosen,
      scope: scopeOf(sources, site),
      outputs,
      override: overrides.get(name),
    });
    findings.push(...result.findings);
    outputs.set(name, result.outputs);
    components.push(result.component);
  }
  return { composition: { ...headOf(sources, site), secrets: sources.secrets, components }, findings };
}

function headOf(sources: Sources, site: Written<Site>): Pick<Composition, 'platform' | 'site'> {
  const { metadata, spec } = sources.platform.spec;
  return { platform: { name: metadata.name, version: spec.version }, site: siteFacts(site) };
}

function scopeOf(sources: Sources, site: Written<Site>): Pick<Scope, 'platform' | 'site'> {
  const { metadata, spec } = sources.platform.spec;
  return {
    platform: { name: metadata.name, ...(spec.version === undefined ? {} : { version: spec.version }) },
    site: siteScope(site),
  };
}

function enabledComponents(
  sources: Sources,
  site: Written<Site>,
  profiles: readonly ProfileSource[],
): ReadonlyMap<string, Candidate> {
  const candidates = new Map<string, Candidate>();
  const ownSources = sources.siteComponents.get(site.spec.metadata.name);
  for (const [name, entry] of Object.entries(sources.platform.spec.spec.components)) {
    const source = ownSources?.get(name) ?? sources.components.get(name);
    if (source === undefined) continue;
    const profiled = profileWords(profiles, { name, source }).findLast(({ said }) => said.enabled !== undefined);
    if (!(site.spec.spec.components?.[name]?.enabled ?? entry.enabled ?? profiled?.said.enabled ?? true)) continue;
    const siteNeeds = site.spec.spec.components?.[name]?.needs ?? {};
    const placeOf = (...path: Path): Place => {
      const isOfSite = path[0] === 'needs' && Object.hasOwn(siteNeeds, String(path[1]));
      const { document } = isOfSite ? site : sources.platform;
      return document.placeOf(['spec', 'components', name, ...path]);
    };
    candidates.set(name, { name, entry: { ...entry, needs: { ...entry.needs, ...siteNeeds } }, source, placeOf });
  }
  return candidates;
}

/**
 * Components that the site, a profile of the folder or the command line configures and the platform does not have: most
 * often a misspelt name. A profile of the catalog is for platforms that have more, and for those that have less.
 */
function undeclared(
  sources: Sources,
  site: Written<Site>,
  { overrides, profiles }: { readonly overrides: Overrides; readonly profiles: readonly ProfileSource[] },
): readonly Finding[] {
  const known = new Set(Object.keys(sources.platform.spec.spec.components));
  const finding = (name: string, place: Place | undefined): Finding => {
    const details = { component: name, suggestion: suggest(name, known) };
    return findingOf(new NaruError('COMPONENT_UNDECLARED', details, { place }));
  };
  const written = [site, ...profiles.filter(({ isShipped }) => !isShipped)];
  const inFiles = written.flatMap(({ spec, document }) =>
    Object.keys(spec.spec.components ?? {})
      .filter((name) => !known.has(name))
      .map((name) => finding(name, document.placeOf(['spec', 'components', name]))),
  );
  const onCommandLine = [...overrides.keys()].filter((name) => !known.has(name));
  return [...inFiles, ...onCommandLine.map((name) => finding(name, undefined))];
}

function afterOf(
  candidate: Candidate,
  candidates: ReadonlyMap<string, Candidate>,
): { readonly names: readonly string[]; readonly findings: readonly Finding[] } {
  const after = candidate.entry.after ?? [];
  const findings = after.flatMap((name, index) => {
    if (candidates.has(name)) return [];
    const place = candidate.placeOf('after', index);
    return [findingOf(new NaruError('COMPONENT_AFTER_UNKNOWN', { component: candidate.name, after: name }, { place }))];
  });
  return { names: after.filter((name) => candidates.has(name)), findings };
}
