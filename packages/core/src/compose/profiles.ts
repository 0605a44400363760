import { suggest } from '../document/suggestion.ts';
import { NaruError, type Place } from '../error/naru-error.ts';
import { type Finding, findingOf } from '../finding/finding.ts';
import type { ProfileComponent } from '../spec/platform.ts';
import type { Site } from '../spec/site.ts';
import type { Candidate } from './needs.ts';
import type { ProfileSource, Sources, Written } from './sources.ts';

/**
 * The profiles that hold at a site, weakest first: those of the platform, then those of the site, each after what it builds
 * on, and each once. One that is not there, and a circle, are findings.
 */
export function chooseProfiles(
  { profiles, platform }: Sources,
  site: Written<Site>,
): { readonly chosen: readonly ProfileSource[]; readonly findings: readonly Finding[] } {
  const chosen = new Map<string, ProfileSource>();
  const findings: Finding[] = [];
  const refused = new Set<string>();
  const choose = (name: string, place: Place, above: readonly string[]): void => {
    if (above.includes(name)) {
      const path = [...above.slice(above.indexOf(name)), name].join(' → ');
      findings.push(findingOf(new NaruError('PROFILE_CYCLE', { path }, { place })));
      return;
    }
    if (chosen.has(name) || refused.has(name)) return;
    const profile = profiles.get(name);
    if (profile === undefined) {
      refused.add(name);
      const known = [...profiles.keys()].sort();
      const details = { profile: name, suggestion: suggest(name, known), known: known.join(', ') };
      findings.push(findingOf(new NaruError('PROFILE_UNKNOWN', details, { place })));
      return;
    }
    for (const [index, base] of (profile.spec.spec.extends ?? []).entries())
      choose(base, profile.document.placeOf(['spec', 'extends', index]), [...above, name]);
    chosen.set(name, profile);
  };
  for (const { spec, document } of [platform, site]) {
    for (const [index, name] of (spec.spec.profiles ?? []).entries())
      choose(name, document.placeOf(['spec', 'profiles', index]), []);
  }
  return { chosen: [...chosen.values()], findings };
}

/** What a profile says about one component, and under which name. */
export interface ProfileWord {
  readonly profile: ProfileSource;
  readonly name: string;
  readonly said: ProfileComponent;
}

/** What the profiles say about a component, weakest first. */
export function profileWords(
  profiles: readonly ProfileSource[],
  { name: key, source }: Pick<Candidate, 'name' | 'source'>,
): readonly ProfileWord[] {
  return profiles.flatMap((profile): readonly ProfileWord[] => {
    const name = profile.isShipped ? (source.descriptor?.spec.metadata.name ?? key) : key;
    const said = new Map(Object.entries(profile.spec.spec.components ?? {})).get(name);
    return said === undefined ? [] : [{ profile, name, said }];
  });
}
