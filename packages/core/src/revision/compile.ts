import type { ReadTrace } from '@naru/chart';
import type { ComposedComponent, Composition } from '../compose/composition.ts';
import { orderOf } from '../compose/order.ts';
import type { SiteFacts } from '../compose/site-facts.ts';
import { NaruError, type Place } from '../error/naru-error.ts';
import { type Finding, findingOf } from '../finding/finding.ts';
import { canonicalJson, digestOf } from '../object/canonical.ts';
import type { Manifest } from '../object/manifest.ts';
import { keyOf } from '../object/object-key.ts';
import { siteReference } from './image-reference.ts';
import { type FieldOrigins, fieldOrigins } from './field-origins.ts';
import { installRank } from './kind-order.ts';
import { clusterScope } from './kind-scope.ts';
import type { Kept } from './kept-random.ts';
import { withNamespaceEdges } from './namespace-edges.ts';
import { ruledImages } from './image-rules.ts';
import { imagesOf, mapImages } from './pod-template.ts';
import { readManifests } from './read-manifests.ts';
import { renderComponent } from './render-component.ts';
import type { Revision, RevisionComponent, RevisionObject } from './revision.ts';
import { secretMaker, siteFor } from './secret-objects.ts';
import { withSiteDefaults } from './site-defaults.ts';

/** Helm's default when a site does not say; the version that Naru is tested with. */
export const DEFAULT_KUBERNETES_VERSION = '1.36.3';

/** Namespaces that every cluster has. */
const GIVEN_NAMESPACES: ReadonlySet<string> = new Set(['default', 'kube-system', 'kube-public', 'kube-node-lease']);

/**
 * The component of the namespaces that Naru adds. Every component that lives in one stands on it, so that namespaces come
 * first and go last. No component of a platform can have this name.
 */
export const NAMESPACES = '(namespaces)';

export interface Compiling {
  readonly revision: Revision;
  /** What the templates of each chart read, by component. */
  readonly reads: ReadonlyMap<string, ReadTrace>;
  /** Where the fields of a chart's objects come from; undefined for a component that has no chart or does not render. */
  readonly originsOf: (component: string) => FieldOrigins | undefined;
  readonly findings: readonly Finding[];
}

/**
 * Turns a composition into the objects that the cluster receives.
 *
 * Charts are rendered as Helm does, with random functions answered from `kept`; every component gets a namespace and
 * what the site says for all: registry, proxy, classes. A component that does not render is a finding, and the others are compiled all the same.
 */
export function compile(composition: Composition, kept: Kept): Compiling {
  const findings: Finding[] = [];
  const reads = new Map<string, ReadTrace>();
  const secretsFor = secretMaker(composition, kept);
  const made = composition.components.map((component) => {
    const output =
      component.content.kind === 'chart'
        ? renderComponent(component, composition.site.kubernetesVersion ?? DEFAULT_KUBERNETES_VERSION, kept)
        : {
            manifests: readManifests(component.name, component.content.files, (place) => place),
            notes: '',
            findings: [],
            trace: undefined,
          };
    if (component.isComplete) findings.push(...output.findings, ...output.manifests.findings);
    const own = secretsFor(
      component,
      output.manifests.made.map(({ manifest }) => manifest),
    );
    findings.push(...own.findings);
    if (output.trace !== undefined) reads.set(component.name, output.trace);
    const added = own.manifests.map((manifest) => ({ manifest, source: undefined }));
    return { component, made: [...output.manifests.made, ...added], notes: output.notes };
  });
  const definitions = made.flatMap(({ made: manifests }) => manifests.map(({ manifest }) => manifest));
  const isClusterScoped = clusterScope(definitions);
  const placed = made.map(({ component, made: manifests, notes }) => ({
    component,
    notes,
    objects: manifests
      .map((item) => placeObject(item, { component, isClusterScoped, site: siteFor(component, composition) }))
      .sort(byInstallOrder),
  }));
  const namespaces = impliedNamespaces(placed.flatMap(({ objects }) => objects));
  const added = new Set(namespaces.map(({ manifest }): string | undefined => manifest.metadata.name));
  const edges = withNamespaceEdges(
    placed.map(({ component: { name, standsOn }, objects }) => ({ name, standsOn, objects })),
  );
  const inOrder = new Map((orderOf(edges).order ?? []).map((name, index) => [name, index]));
  const components = placed
    .map(({ component, objects, notes }): RevisionComponent => {
      const { name, namespace, version, content } = component;
      const standsOn = edges.get(name) ?? component.standsOn;
      const livesInAdded = objects.some(({ manifest }) => added.has(manifest.metadata.namespace));
      return {
        name,
        namespace,
        version,
        ...(content.kind === 'chart' && content.published !== undefined
          ? { chartDigest: content.published.digest }
          : {}),
        standsOn: livesInAdded ? [NAMESPACES, ...standsOn] : standsOn,
        objects,
        notes,
      };
    })
    .toSorted((a, b) => (inOrder.get(a.name) ?? 0) - (inOrder.get(b.name) ?? 0));
  if (namespaces.length > 0) components.unshift(namespaceComponent(namespaces));
  const { platform, site } = composition;
  const digest = digestOf({ platform, site: site.name, components: components.map(identityOf) });
  return {
    revision: { platform: platform.name, version: platform.version, site: site.name, digest, components },
    reads,
    originsOf: originsOnce(composition, kept, reads),
    findings,
  };
}

/** What makes a component the one it is; not where its files were found, which differs from machine to machine. */
function identityOf({ notes: _, objects, ...rest }: RevisionComponent): object {
  return { ...rest, objects: objects.map(({ source: __, images: ___, ...object }) => object) };
}

/** Each component is asked about at most once for all its findings. */
function originsOnce(
  { components, site }: Composition,
  kept: Kept,
  rendered: ReadonlyMap<string, unknown>,
): Compiling['originsOf'] {
  const known = new Map<string, FieldOrigins>();
  const named = new Map(components.map((component) => [component.name, component]));
  return (name) => {
    const component = named.get(name);
    if (component === undefined || !rendered.has(name)) return undefined;
    const version = site.kubernetesVersion ?? DEFAULT_KUBERNETES_VERSION;
    const origins = known.get(name) ?? fieldOrigins(component, version, kept);
    known.set(name, origins);
    return origins;
  };
}

function placeObject(
  { manifest, source }: Pick<RevisionObject, 'manifest' | 'source'>,
  at: { component: ComposedComponent; isClusterScoped: (manifest: Manifest) => boolean; site: SiteFacts },
): RevisionObject {
  const uses = [...imagesOf(manifest), ...ruledImages(manifest, at.component.images)];
  const mapped = mapImages(manifest, uses, (image) => siteReference(image, at.site.registry));
  const imaged = withSiteDefaults(mapped.manifest, at.site);
  const { namespace, ...metadata } = imaged.metadata;
  const placed: Manifest = at.isClusterScoped(manifest)
    ? { ...imaged, metadata: { ...metadata, name: imaged.metadata.name } }
    : {
        ...imaged,
        metadata: { ...metadata, name: imaged.metadata.name, namespace: namespace || at.component.namespace },
      };
  return revisionObject(placed, { source, implied: false, images: mapped.images });
}

function revisionObject(
  manifest: Manifest,
  origin: Pick<RevisionObject, 'source' | 'implied' | 'images'>,
): RevisionObject {
  const owned = ownable(manifest);
  return { key: keyOf(owned), manifest: owned, hash: digestOf(owned), ...origin };
}

/**
 * An object of nothing but a name gets a label: the API server keeps no `managedFields` entry for a manager that owns no
 * field, and without one nobody could tell after a crash that the object is ours.
 */
function ownable(manifest: Manifest): Manifest {
  const { apiVersion: _, kind: __, metadata, ...content } = manifest;
  const { name: ___, namespace: ____, ...marks } = metadata;
  const says = [...Object.values(content), ...Object.values(marks)].some(
    (value) => canonicalJson(value ?? {}) !== '{}',
  );
  if (says) return manifest;
  return { ...manifest, metadata: { ...metadata, labels: { 'app.kubernetes.io/managed-by': 'naru' } } };
}

/** Namespaces that objects live in and nobody declares. */
function impliedNamespaces(objects: readonly RevisionObject[]): readonly RevisionObject[] {
  const given = new Set(GIVEN_NAMESPACES);
  for (const { manifest } of objects) if (manifest.kind === 'Namespace') given.add(manifest.metadata.name);
  const needed = new Set(objects.flatMap(({ manifest }) => manifest.metadata.namespace ?? []));
  return [...needed]
    .filter((name) => !given.has(name))
    .sort()
    .map((name) => {
      const manifest: Manifest = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
      return revisionObject(manifest, { source: undefined, implied: true, images: [] });
    });
}

function namespaceComponent(objects: readonly RevisionObject[]): RevisionComponent {
  return { name: NAMESPACES, namespace: '', version: undefined, standsOn: [], objects, notes: '' };
}

function byInstallOrder(a: RevisionObject, b: RevisionObject): number {
  const rank = installRank(a.manifest.kind) - installRank(b.manifest.kind);
  if (rank !== 0) return rank;
  if (a.key === b.key) return 0;
  return a.key < b.key ? -1 : 1;
}

/**
 * Two definitions of one object: whichever came second would win by accident. `placeOf` says where the platform names a
 * component.
 */
export function duplicateObjects(
  revision: Revision,
  placeOf: (component: string) => Place | undefined,
): readonly Finding[] {
  const owners = new Map<string, string>();
  return revision.components.flatMap(({ name, objects }) =>
    objects.flatMap(({ key }) => {
      const other = owners.get(key);
      owners.set(key, other ?? name);
      const details = { key, component: name, other: other ?? '' };
      return other === undefined
        ? []
        : [findingOf(new NaruError('OBJECT_DUPLICATED', details, { place: placeOf(name) }))];
    }),
  );
}
