import type { Document, Path } from '../document/document.ts';
import { NaruError } from '../error/naru-error.ts';
import { typeWordOf } from '../error/type-words.ts';
import { type Finding, findingOf } from '../finding/finding.ts';
import { isRecord } from '../object/manifest.ts';
import type { SiteComponent } from '../spec/platform.ts';
import type { Site } from '../spec/site.ts';
import type { Candidate } from './needs.ts';
import type { ProfileWord } from './profiles.ts';
import type { Sources, Written } from './sources.ts';
import type { LayerName } from './traced.ts';

/** One source of settings or values: a part of a document, and the layer that it belongs to. */
export interface Part {
  readonly layer: LayerName;
  readonly document: Document;
  readonly path: Path;
  readonly tree: Readonly<Record<string, unknown>> | undefined;
  /** A file of native values: `${…}` in it belongs to the software that it configures. */
  readonly isNative: boolean;
}

/** What the parts of one component are taken from. */
export interface PartSources {
  readonly candidate: Candidate;
  readonly sources: Sources;
  readonly site: Written<Site>;
  readonly words: readonly ProfileWord[];
  readonly size: string | undefined;
}

/** Settings above the defaults, weakest first. */
export function settingParts({ candidate, sources, site, words, size }: PartSources): readonly Part[] {
  const { descriptor } = candidate.source;
  const path = ['spec', 'components', candidate.name, 'settings'];
  const atSite = site.spec.spec.components?.[candidate.name];
  const sized =
    descriptor === undefined || size === undefined
      ? []
      : [part('size', descriptor.document, ['spec', 'sizes', size], descriptor.spec.spec.sizes?.[size])];
  const profiled = words.map(({ profile, name, said }) =>
    part('profile', profile.document, ['spec', 'components', name, 'settings'], said.settings),
  );
  return [
    ...sized,
    ...profiled,
    part('platform', sources.platform.document, path, candidate.entry.settings),
    part('site', site.document, path, atSite?.settings),
  ];
}

/** Chart values that the component brings for every platform: weaker than what settings map to. */
export function descriptorParts({ candidate }: PartSources): readonly Part[] {
  const { descriptor } = candidate.source;
  if (descriptor === undefined) return [];
  return [part('component', descriptor.document, ['spec', 'values'], descriptor.spec.spec.values)];
}

/** Chart values of profiles, platform and site, weakest first: stronger than what settings map to. */
export function valueParts(of: PartSources, findings: Finding[]): readonly Part[] {
  const { candidate, sources, site, words } = of;
  const { name } = candidate;
  const path = ['spec', 'components', name, 'values'];
  const atSite = site.spec.spec.components?.[name];
  const profiled = words.map(({ profile, name: called, said }) =>
    part('profile', profile.document, ['spec', 'components', called, 'values'], said.values),
  );
  return [
    ...profiled,
    ...fileParts('platform', candidate.entry, { sources, findings }),
    part('platform', sources.platform.document, path, candidate.entry.values),
    ...fileParts('site', atSite, { sources, findings }),
    part('site', site.document, path, atSite?.values),
  ];
}

function fileParts(
  layer: 'platform' | 'site',
  written: SiteComponent | undefined,
  { sources, findings }: { readonly sources: Sources; readonly findings: Finding[] },
): readonly Part[] {
  return (written?.valuesFiles ?? []).flatMap((file): readonly Part[] => {
    const document = sources.valuesFiles.get(file);
    // A values file that could not be read is a finding of `load`; an empty one sets nothing.
    if (document === undefined || document.value === null) return [];
    const tree = document.value;
    if (isRecord(tree)) return [{ layer, document, path: [], tree, isNative: true }];
    const details = { field: file, expected: 'map', found: typeWordOf(tree) } as const;
    findings.push(findingOf(new NaruError('FIELD_MISTYPED', details, { place: document.placeOf([]) })));
    return [];
  });
}

function part(layer: LayerName, document: Document, path: Path, tree: Part['tree']): Part {
  return { layer, document, path, tree, isNative: false };
}
