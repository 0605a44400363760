import { suggest } from '../document/suggestion.ts';
import { NaruError, type Place } from '../error/naru-error.ts';
import { type Finding, findingOf } from '../finding/finding.ts';
import type { DeclaredNeed } from '../spec/component.ts';
import type { Need, PlatformComponent } from '../spec/platform.ts';
import type { CatalogEntry, ComponentSource } from './sources.ts';

/** An enabled component before its needs are met. */
export interface Candidate {
  readonly name: string;
  readonly entry: PlatformComponent;
  readonly source: ComponentSource;
  readonly placeOf: (...path: readonly (string | number)[]) => Place;
}

/** A need that found its provider; `provider` is undefined for one outside the platform. */
export interface Match {
  readonly alias: string;
  readonly capability: string;
  readonly provider: string | undefined;
}

/** Who provides what among the enabled components: names in alphabetical order, by capability. */
export type Providers = ReadonlyMap<string, readonly string[]>;

export function providersAmong(candidates: ReadonlyMap<string, Candidate>): Providers {
  const providers = new Map<string, string[]>();
  for (const name of [...candidates.keys()].sort()) {
    const provided = candidates.get(name)?.source.descriptor?.spec.spec.provides ?? {};
    for (const capability of Object.keys(provided)) {
      const names = providers.get(capability);
      if (names === undefined) providers.set(capability, [name]);
      else names.push(name);
    }
  }
  return providers;
}

/** Finds who meets each need of a component. A need that nobody meets is a finding, unless it is optional. */
export function matchNeeds(
  candidate: Candidate,
  providers: Providers,
  catalog: readonly CatalogEntry[],
): { readonly matches: readonly Match[]; readonly findings: readonly Finding[] } {
  const matches: Match[] = [];
  const findings: Finding[] = [];
  for (const { alias, declared, given } of needsOf(candidate, findings)) {
    const capability = given?.capability ?? declared?.capability ?? '';
    if (given?.external !== undefined) {
      matches.push({ alias, capability, provider: undefined });
      continue;
    }
    const found = providerOf({ candidate, alias, capability, from: given?.from }, providers, catalog);
    if (typeof found === 'string') matches.push({ alias, capability, provider: found });
    else if (!(declared?.optional === true && found.error.code === 'COMPONENT_NEED_UNMET')) findings.push(found);
  }
  return { matches, findings };
}

interface OpenNeed {
  readonly alias: string;
  readonly declared: DeclaredNeed | undefined;
  readonly given: Need | undefined;
}

/** Declared needs and those that the platform adds; an added one must say which capability it means. */
function needsOf(candidate: Candidate, findings: Finding[]): readonly OpenNeed[] {
  // Maps, because an alias such as `constructor` must not find what every object has.
  const declared = new Map(Object.entries(candidate.source.descriptor?.spec.spec.needs ?? {}));
  const given = new Map(Object.entries(candidate.entry.needs ?? {}));
  const aliases = [...new Set([...declared.keys(), ...given.keys()])].sort();
  return aliases.flatMap((alias): readonly OpenNeed[] => {
    if (!declared.has(alias) && given.get(alias)?.capability === undefined) {
      const known = [...declared.keys()];
      const details = {
        field: alias,
        parent: `${candidate.name}.needs`,
        suggestion: suggest(alias, known),
        known: known.join(', '),
      };
      findings.push(findingOf(new NaruError('FIELD_UNKNOWN', details, { place: candidate.placeOf('needs', alias) })));
      return [];
    }
    return [{ alias, declared: declared.get(alias), given: given.get(alias) }];
  });
}

function providerOf(
  need: { candidate: Candidate; alias: string; capability: string; from: string | undefined },
  among: Providers,
  catalog: readonly CatalogEntry[],
): string | Finding {
  const { candidate, alias, capability, from } = need;
  const component = candidate.name;
  const providers = (among.get(capability) ?? []).filter((name) => name !== component);
  const placed = (): { readonly place: Place } => ({ place: candidate.placeOf('needs', alias) });
  if (from !== undefined) {
    if (providers.includes(from)) return from;
    return findingOf(new NaruError('COMPONENT_NEED_MISDIRECTED', { component, alias, capability, from }, placed()));
  }
  const [only, another] = providers;
  if (only === undefined) {
    const able = catalog.filter((entry) => entry.provides.includes(capability)).map(({ name }) => name);
    const details = { component, alias, capability, candidates: able.join(', ') || '—' };
    return findingOf(new NaruError('COMPONENT_NEED_UNMET', details, placed()));
  }
  if (another === undefined) return only;
  const details = { component, alias, capability, providers: providers.join(', ') };
  return findingOf(new NaruError('COMPONENT_NEED_AMBIGUOUS', details, placed()));
}
