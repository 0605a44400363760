import type { ProxyFacts, SiteFacts } from '../compose/site-facts.ts';
import { isRecord, type Manifest } from '../object/manifest.ts';
import { mapPodSpec } from './pod-template.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The annotation that named the class of an Ingress before there was a field. */
const LEGACY_INGRESS_CLASS = 'kubernetes.io/ingress.class';

/**
 * Gives a manifest what its site says for all: pull secrets and proxy variables for pods, classes for volumes and
 * Ingresses. What a manifest says itself stays as it is.
 */
export function withSiteDefaults(manifest: Manifest, site: SiteFacts): Manifest {
  const variables = proxyVariables(site.proxy);
  const podded = mapPodSpec(manifest, (spec) => withProxy(withPullSecrets(spec, site.registry.pullSecrets), variables));
  return withIngressClass(withStorageClass(podded, site), site.ingressClass);
}

/** In both spellings, since programs differ in which one they read. */
function proxyVariables(proxy: ProxyFacts | undefined): readonly (readonly [string, string])[] {
  if (proxy === undefined) return [];
  const named = [
    ['HTTP_PROXY', proxy.http],
    ['HTTPS_PROXY', proxy.https],
    ['NO_PROXY', proxy.noProxy.join(',')],
  ] as const;
  const given = named.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return [...given, ...given.map(([name, value]) => [name.toLowerCase(), value] as const)];
}

function withPullSecrets(spec: Fields, names: readonly string[]): Fields {
  const own: readonly unknown[] = Array.isArray(spec['imagePullSecrets']) ? spec['imagePullSecrets'] : [];
  const missing = names.filter((name) => !own.some((item) => isRecord(item) && item['name'] === name));
  if (missing.length === 0) return spec;
  return { ...spec, imagePullSecrets: [...own, ...missing.map((name) => ({ name }))] };
}

/** A container that sets one of the variables keeps it, in whatever spelling it wrote. */
function withProxy(spec: Fields, variables: readonly (readonly [string, string])[]): Fields {
  if (variables.length === 0) return spec;
  const changed = ['initContainers', 'containers'].flatMap((list) => {
    const containers = spec[list];
    if (!Array.isArray(containers)) return [];
    return [[list, containers.map((container: unknown) => withVariables(container, variables))] as const];
  });
  return { ...spec, ...Object.fromEntries(changed) };
}

function withVariables(container: unknown, variables: readonly (readonly [string, string])[]): unknown {
  if (!isRecord(container)) return container;
  const own: readonly unknown[] = Array.isArray(container['env']) ? container['env'] : [];
  const names = new Set(own.map((item) => (isRecord(item) ? String(item['name']).toUpperCase() : '')));
  const missing = variables.filter(([name]) => !names.has(name.toUpperCase()));
  if (missing.length === 0) return container;
  return { ...container, env: [...own, ...missing.map(([name, value]) => ({ name, value }))] };
}

function withStorageClass(manifest: Manifest, site: SiteFacts): Manifest {
  const { kind, spec } = manifest;
  if (!isRecord(spec)) return manifest;
  if (kind === 'PersistentVolumeClaim') {
    const classed = withClass(spec, site);
    return classed === spec ? manifest : { ...manifest, spec: classed };
  }
  const templates = spec['volumeClaimTemplates'];
  if (kind !== 'StatefulSet' || !Array.isArray(templates)) return manifest;
  const classed = templates.map((template: unknown) =>
    isRecord(template) && isRecord(template['spec'])
      ? { ...template, spec: withClass(template['spec'], site) }
      : template,
  );
  return { ...manifest, spec: { ...spec, volumeClaimTemplates: classed } };
}

/** An empty class means that there is to be none; a claim that names its volume has no use for one. */
function withClass(claim: Fields, { storageClass, sharedStorageClass }: SiteFacts): Fields {
  if (claim['storageClassName'] !== undefined || claim['volumeName'] !== undefined) return claim;
  const modes = claim['accessModes'];
  const isShared = Array.isArray(modes) && modes.some((mode) => mode === 'ReadWriteMany' || mode === 'ReadOnlyMany');
  const name = isShared ? sharedStorageClass : storageClass;
  return name === undefined ? claim : { ...claim, storageClassName: name };
}

function withIngressClass(manifest: Manifest, ingressClass: string | undefined): Manifest {
  const { kind, spec, metadata } = manifest;
  if (kind !== 'Ingress' || ingressClass === undefined || !isRecord(spec)) return manifest;
  const { annotations } = metadata;
  const isNamed =
    spec['ingressClassName'] !== undefined || (isRecord(annotations) && LEGACY_INGRESS_CLASS in annotations);
  return isNamed ? manifest : { ...manifest, spec: { ...spec, ingressClassName: ingressClass } };
}
