import { parseConstraint, parseVersion } from '@naru/chart';
import { NaruError } from '@naru/core';

/** What somebody asks for: a chart, and where it is. */
export type ChartReference =
  /** A folder or an archive on this disk. */
  | { readonly kind: 'local'; readonly path: string }
  /** The archive at an address. */
  | { readonly kind: 'archive'; readonly url: string; readonly digest: string | undefined }
  /** A version or range of a chart that the `index.yaml` of a repository lists. Without a version: the newest. */
  | {
      readonly kind: 'repository';
      readonly repository: string;
      readonly name: string;
      readonly version: string;
      readonly digest: string | undefined;
    }
  /** A version or range of a chart in a registry: the repository there, such as `ghcr.io/shop/charts/web`. */
  | {
      readonly kind: 'registry';
      readonly host: string;
      readonly path: string;
      readonly version: string;
      readonly digest: string | undefined;
    };

const DIGEST = /^sha256:[0-9a-f]{64}$/;

/**
 * Reads a chart's name as people write it for Helm. With `repository` it is the name of a chart there. `version` is for
 * repositories and registries, empty for the newest; `digest` pins what may come.
 *
 * Throws `CHART_REFERENCE_INVALID` and `CHART_VERSION_INVALID`.
 */
export function readReference(
  written: string,
  {
    repository,
    version = '',
    digest,
  }: { repository?: string | undefined; version?: string; digest?: string | undefined },
): ChartReference {
  const refuse = (reason: string): never => {
    throw new NaruError('CHART_REFERENCE_INVALID', { reference: withoutLogin(written), reason });
  };
  if (digest !== undefined && !DIGEST.test(digest)) refuse('its digest is not sha256: and 64 hexadecimal digits');
  const constraint = version === '' ? undefined : parseConstraint(version);
  if (typeof constraint === 'string' && parseVersion(version) === undefined) {
    throw new NaruError('CHART_VERSION_INVALID', { version, reason: constraint });
  }
  if (repository !== undefined) {
    if (!/^https?:$/.test(protocolOf(repository)))
      refuse('the address of a repository starts with https:// or http://');
    if (written === '' || /[/\\\s:]/.test(written)) refuse('with a repository, only the name of a chart is wanted');
    return { kind: 'repository', repository, name: written, version, digest };
  }
  const protocol = protocolOf(written);
  if (protocol === 'oci:') return registryReference(written, { version, digest, refuse });
  if (protocol === 'http:' || protocol === 'https:') return { kind: 'archive', url: written, digest };
  if (protocol !== '' && written.includes('://')) refuse(`charts are not fetched from ${protocol}//`);
  return { kind: 'local', path: written };
}

/** How a person would ask for the same with the command line. */
export function pullCommand(reference: ChartReference): string {
  const version = 'version' in reference && reference.version !== '' ? ` --version '${reference.version}'` : '';
  return `naru chart pull ${nameOf(reference)}${version}`;
}

function nameOf(reference: ChartReference): string {
  if (reference.kind === 'local') return reference.path;
  if (reference.kind === 'archive') return withoutLogin(reference.url);
  if (reference.kind === 'repository') return `${reference.name} --repo ${withoutLogin(reference.repository)}`;
  const digest = reference.digest === undefined ? '' : `@${reference.digest}`;
  return `oci://${reference.host}/${reference.path}${digest}`;
}

interface Told {
  readonly version: string;
  readonly digest: string | undefined;
  readonly refuse: (reason: string) => never;
}

const REGISTRY =
  /^oci:\/\/(?<host>[\w.-]+(?::\d{1,5})?|\[[\da-f:]+\](?::\d{1,5})?)\/(?<path>[a-z\d]+(?:(?:\.|_{1,2}|-+|\/)[a-z\d]+)*)(?::(?<tag>[\w.+-]+))?(?:@(?<pin>\S+))?$/;

function registryReference(written: string, { version, digest, refuse }: Told): ChartReference {
  const { host = '', path = '', tag = '', pin } = REGISTRY.exec(written)?.groups ?? {};
  if (host === '') return refuse('it is not oci://HOST/PATH with a :TAG or @sha256:… at most');
  if (pin !== undefined && !DIGEST.test(pin)) return refuse('its digest is not sha256: and 64 hexadecimal digits');
  if (pin !== undefined && digest !== undefined && pin !== digest) return refuse(`it is not ${digest}`);
  const tagged = tag.replaceAll('_', '+');
  if (tagged !== '' && version !== '' && tagged !== version) {
    return refuse(`its tag is ${tag}, and ${version} is asked for`);
  }
  return { kind: 'registry', host, path, version: version === '' ? tagged : version, digest: pin ?? digest };
}

function protocolOf(written: string): string {
  return /^([a-z][a-z\d+.-]*:)\/\//i.exec(written)?.[1]?.toLowerCase() ?? '';
}

/** Without the user and password that an address may hold. */
function withoutLogin(address: string): string {
  return address.replace(/^([a-z][a-z\d+.-]*:\/\/)[^/@]*@/i, '$1');
}
