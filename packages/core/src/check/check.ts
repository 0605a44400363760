import type { Composing } from '../compose/compose.ts';
import { NaruError } from '../error/naru-error.ts';
import { type Finding, findingOf, sortFindings } from '../finding/finding.ts';
import { type Compiling, DEFAULT_KUBERNETES_VERSION, duplicateObjects } from '../revision/compile.ts';
import type { Sources } from '../compose/sources.ts';
import { inRange } from './version-range.ts';

/** Everything that is wrong with a platform at one site, or worth knowing: in the order of the files. */
export function check(sources: Sources, composing: Composing, compiling: Compiling | undefined): readonly Finding[] {
  const components = new Map(composing.composition?.components.map((component) => [component.name, component]));
  const compiled =
    compiling === undefined
      ? []
      : [...compiling.findings, ...duplicateObjects(compiling.revision, (name) => components.get(name)?.place)];
  return sortFindings([...composing.findings, ...compiled, ...kubernetesRange(sources, composing)]);
}

function kubernetesRange({ platform }: Sources, { composition }: Composing): readonly Finding[] {
  const range = platform.spec.spec.kubernetes;
  if (range === undefined || composition === undefined) return [];
  const place = platform.document.placeOf(['spec', 'kubernetes']);
  const version = composition.site.kubernetesVersion ?? DEFAULT_KUBERNETES_VERSION;
  const verdict = inRange(version, range);
  if (verdict === 'in') return [];
  if (verdict === 'malformed') {
    return [
      findingOf(
        new NaruError('FIELD_INVALID', { field: 'spec.kubernetes', value: range, allowed: '>=1.33 <1.38' }, { place }),
      ),
    ];
  }
  return [findingOf(new NaruError('KUBERNETES_UNSUPPORTED', { version, range }, { place }))];
}
