import { suggest } from '../document/suggestion.ts';
import { NaruError, type Place } from '../error/naru-error.ts';
import { type Finding, findingOf } from '../finding/finding.ts';
import type { Site } from '../spec/site.ts';
import type { Candidate } from './needs.ts';
import type { ProfileWord } from './profiles.ts';
import type { ProfileSource, Written } from './sources.ts';
import type { Platform } from '../spec/platform.ts';

interface SizeInput {
  readonly candidate: Candidate;
  readonly platform: Written<Platform>;
  readonly site: Written<Site>;
  readonly profiles: readonly ProfileSource[];
  readonly words: readonly ProfileWord[];
}

interface Wish {
  readonly size: string;
  readonly place: Place;
  /** Meant for this component, and not for every one that has such a size. */
  readonly isOwn: boolean;
}

/**
 * The size of a component: what the strongest layer says, and within a layer what it says about the component before what it
 * says about all. A size that the component does not have is a finding; one for all means nothing to those without sizes.
 */
export function sizeOf(input: SizeInput): { readonly size: string | undefined; readonly findings: readonly Finding[] } {
  const { candidate } = input;
  const sizes = candidate.source.descriptor?.spec.spec.sizes ?? {};
  const known = Object.keys(sizes);
  const wish = wishes(input).find(({ isOwn }) => isOwn || known.length > 0);
  if (wish === undefined) return { size: undefined, findings: [] };
  const { size, place } = wish;
  if (Object.hasOwn(sizes, size)) return { size, findings: [] };
  const details = { component: candidate.name, size, suggestion: suggest(size, known), known: known.join(', ') };
  return { size: undefined, findings: [findingOf(new NaruError('SIZE_UNKNOWN', details, { place }))] };
}

/** Strongest first. */
function wishes({ candidate: { name, entry }, platform, site, profiles, words }: SizeInput): readonly Wish[] {
  const own = ['spec', 'components', name, 'size'];
  const all = ['spec', 'size'];
  const atSite = site.spec.spec.components?.[name];
  return [
    ...wish(atSite?.size, { of: site, path: own, isOwn: true }),
    ...wish(site.spec.spec.size, { of: site, path: all, isOwn: false }),
    ...wish(entry.size, { of: platform, path: own, isOwn: true }),
    ...wish(platform.spec.spec.size, { of: platform, path: all, isOwn: false }),
    ...profiles.toReversed().flatMap((profile) => {
      const word = words.find((said) => said.profile === profile);
      return [
        ...wish(word?.said.size, { of: profile, path: ['spec', 'components', word?.name ?? '', 'size'], isOwn: true }),
        ...wish(profile.spec.spec.size, { of: profile, path: all, isOwn: false }),
      ];
    }),
  ];
}

function wish(
  size: string | undefined,
  { of, path, isOwn }: { readonly of: Written<unknown>; readonly path: readonly string[]; readonly isOwn: boolean },
): readonly Wish[] {
  return size === undefined ? [] : [{ size, place: of.document.placeOf(path), isOwn }];
}
