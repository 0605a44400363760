import type { KubernetesApi } from '../api/kubernetes-api.ts';
import type { Composing } from '../compose/compose.ts';
import type { Composition } from '../compose/composition.ts';
import type { Sources } from '../compose/sources.ts';
import type { Document } from '../document/document.ts';
import { NaruError, type Place } from '../error/naru-error.ts';
import { type Finding, findingOf, sortFindings } from '../finding/finding.ts';
import { type Compiling, DEFAULT_KUBERNETES_VERSION, duplicateObjects } from '../revision/compile.ts';
import { type Check, type Checking, checkingOf } from './checking.ts';
import { claimedAddresses } from './claimed-addresses.ts';
import { classNames } from './class-names.ts';
import { cleartextSecrets } from './cleartext-secrets.ts';
import { customResources } from './custom-resources.ts';
import { imageRegistries } from './image-registries.ts';
import { imageVersions } from './image-versions.ts';
import { objectShape } from './object-shape.ts';
import { quantities } from './quantities.ts';
import { reachableBindings } from './reachable-bindings.ts';
import { references } from './references.ts';
import { selectedPods } from './selected-pods.ts';
import { serviceHosts } from './service-hosts.ts';
import { storageCapacity } from './storage-capacity.ts';
import { unreadValues } from './unread-values.ts';
import { atTheirValues } from './value-places.ts';
import { inRange } from './version-range.ts';
import { waive, waiversIn } from './waiver.ts';

/** What is looked for in the objects of a platform. */
const OBJECT_CHECKS: readonly Check[] = [
  unreadValues,
  objectShape,
  customResources,
  references,
  selectedPods,
  serviceHosts,
  reachableBindings,
  claimedAddresses,
  quantities,
  imageVersions,
  imageRegistries,
  storageCapacity,
  classNames,
];

/** What a platform is held to, beyond itself. */
export interface CheckOptions {
  /** What the site's Kubernetes serves; without it, objects are not compared with any. */
  readonly api?: KubernetesApi | undefined;
  /** The day of the check as `YYYY-MM-DD`; without it, no waiver is past its day. */
  readonly today?: string;
}

/** Everything that is wrong with a platform at one site, or worth knowing: in the order of the files. */
export function check(
  sources: Sources,
  composing: Composing,
  compiling: Compiling | undefined,
  { api, today }: CheckOptions = {},
): readonly Finding[] {
  const { composition } = composing;
  const compiled =
    compiling === undefined || composition === undefined
      ? []
      : [
          ...compiling.findings,
          ...duplicates(compiling, composing),
          ...objectFindings(checkingOf(composition, compiling, api)),
        ];
  const written = composition === undefined ? [] : cleartextSecrets(sources, composition.site.name);
  const site = composition && sources.sites.get(composition.site.name)?.document;
  const { waivers, findings: unread } = waiversOf(sources, site);
  const isShared = (file: string): boolean => sources.sites.size > 1 && file !== site?.file;
  const found = [...compiled, ...written, ...kubernetesRange(sources, composing)];
  return sortFindings([...composing.findings, ...unread, ...waive(found, waivers, { today, isShared })]);
}

/** Objects of a component that lacks something are not what they will be: what is wrong with them is not told yet. */
function withoutConsequences(findings: readonly Finding[], { components }: Composition): readonly Finding[] {
  const spot = ({ file, line, column }: Place): string => `${file}:${line}:${column}`;
  const incomplete = new Set(components.flatMap(({ isComplete, place }) => (isComplete ? [] : spot(place))));
  return findings.filter(({ error: { place } }) => place === undefined || !incomplete.has(spot(place)));
}

/** In every file that the site is made of. */
function waiversOf({ platform, valuesFiles }: Sources, site: Document | undefined): ReturnType<typeof waiversIn> {
  const documents = [platform.document, ...(site === undefined ? [] : [site]), ...valuesFiles.values()];
  const read = documents.map((document) => waiversIn(document));
  return { waivers: read.flatMap(({ waivers }) => waivers), findings: read.flatMap(({ findings }) => findings) };
}

function duplicates({ revision }: Compiling, { composition }: Composing): readonly Finding[] {
  const places = new Map(composition?.components.map(({ name, place }) => [name, place]));
  return duplicateObjects(revision, (name) => places.get(name));
}

function objectFindings(checking: Checking): readonly Finding[] {
  const found = OBJECT_CHECKS.flatMap((look) => look(checking));
  return atTheirValues(withoutConsequences(found, checking.composition), checking);
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
