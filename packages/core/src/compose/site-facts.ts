import { NaruError, type Place } from '../error/naru-error.ts';
import { type Finding, findingOf } from '../finding/finding.ts';
import type { Site } from '../spec/site.ts';
import type { Written } from './sources.ts';

/** How pods reach what is outside the cluster. */
export interface ProxyFacts {
  readonly http: string | undefined;
  readonly https: string | undefined;
  /** What must not go through the proxy, in the notation of `NO_PROXY`. */
  readonly noProxy: readonly string[];
}

/** What a site says once and every component receives. */
export interface SiteFacts {
  readonly name: string;
  readonly kubernetesVersion: string | undefined;
  readonly registry: {
    readonly host: string | undefined;
    readonly rewrite: Readonly<Record<string, string>>;
    readonly pullSecrets: readonly string[];
    /** Prefixes of whole references; undefined when images may come from anywhere. */
    readonly allowed: readonly string[] | undefined;
  };
  readonly proxy: ProxyFacts | undefined;
  readonly storageClass: string | undefined;
  /** For volumes that several nodes write to. */
  readonly sharedStorageClass: string | undefined;
  /** How much there is of each storage class, and where the site says so. */
  readonly storageCapacity: ReadonlyMap<string, { readonly quantity: string; readonly place: Place }>;
  readonly ingressClass: string | undefined;
}

/** The domain of Services unless a cluster was set up with another. */
const CLUSTER_DOMAIN = 'cluster.local';

export function siteFacts({ spec: { metadata, spec }, document }: Written<Site>): SiteFacts {
  const { kubernetes, registry, proxy, storage, ingress } = spec;
  return {
    name: metadata.name,
    kubernetesVersion: kubernetes?.version,
    registry: {
      host: registry?.host,
      rewrite: registry?.rewrite ?? {},
      pullSecrets: registry?.pullSecrets ?? [],
      allowed: registry?.allowed,
    },
    proxy: proxy === undefined ? undefined : { http: proxy.http, https: proxy.https, noProxy: noProxyOf(spec) },
    storageClass: storage?.class,
    sharedStorageClass: storage?.sharedClass ?? storage?.class,
    storageCapacity: new Map(
      Object.entries(storage?.capacity ?? {}).map(([name, quantity]) => [
        name,
        { quantity, place: document.placeOf(['spec', 'storage', 'capacity', name]) },
      ]),
    ),
    ingressClass: ingress?.class,
  };
}

/** What expressions see of a site: what it says, with everything that follows from it. */
export function siteScope({ spec: { metadata, spec } }: Written<Site>): Readonly<Record<string, unknown>> {
  const { components: _, proxy, network, ...facts } = spec;
  return {
    name: metadata.name,
    ...facts,
    network: { clusterDomain: CLUSTER_DOMAIN, ...network },
    ...(proxy === undefined ? {} : { proxy: { ...proxy, noProxy: noProxyOf(spec) } }),
  };
}

/** The cluster itself, its networks and its registry are reached directly, whatever the user adds. */
function noProxyOf({ proxy, network, registry }: Site['spec']): readonly string[] {
  const ranges = [network?.podCIDR, network?.serviceCIDR, network?.nodeCIDR].flatMap((text) => text?.split(',') ?? []);
  const host = registry?.host?.replace(/[:/].*$/, '');
  return [
    ...new Set([
      'localhost',
      '127.0.0.1',
      '::1',
      '.svc',
      `.${network?.clusterDomain ?? CLUSTER_DOMAIN}`,
      ...ranges.map((range) => range.trim()),
      ...(host === undefined ? [] : [host]),
      ...(proxy?.noProxy ?? []),
    ]),
  ];
}

/** A proxy without the networks of the cluster: pods would ask it for addresses of their own cluster. */
export function proxyFindings({ spec: { spec }, document }: Written<Site>): readonly Finding[] {
  const { proxy, network } = spec;
  if (proxy === undefined) return [];
  const missing = (['podCIDR', 'serviceCIDR', 'nodeCIDR'] as const).filter((field) => network?.[field] === undefined);
  if (missing.length === 0) return [];
  const place = document.placeOf(['spec', 'proxy']);
  return [findingOf(new NaruError('PROXY_NETWORK_UNKNOWN', { missing: missing.join(', ') }, { place }), 'warning')];
}
