import { parseVersion } from '@naru/chart';
import { isRecord, NaruError } from '@naru/core';
import { sha256Of } from './chart-cache.ts';
import type { ChartReference } from './chart-reference.ts';
import { ARCHIVE_LIMIT_BYTES, checkArchive, checkDigest, type Depot, fileName, type Published } from './depot.ts';
import { type RegistryClient, registryClient } from './registry-client.ts';
import { selectVersion, tagOf, versionsOf } from './select-version.ts';

type RegistryReference = Extract<ChartReference, { readonly kind: 'registry' }>;

const MANIFEST_LIMIT_BYTES = 4 * 1024 * 1024;
const PAGES_AT_MOST = 200;
const MANIFEST_TYPE = 'application/vnd.oci.image.manifest.v1+json';
const CONFIG_TYPE = 'application/vnd.cncf.helm.config.v1+json';
const PROVENANCE_TYPE = 'application/vnd.cncf.helm.chart.provenance.v1.prov';
/** The second is what Helm wrote before 3.7. */
const ARCHIVE_TYPES = ['application/vnd.cncf.helm.chart.content.v1.tar+gzip', 'application/tar+gzip'];

/** What is fetched, and from whom; without a client only the cache is asked. */
interface Shelf {
  readonly address: string;
  readonly depot: Depot;
  readonly client: RegistryClient | undefined;
}

/** Finds the tag of a version in a registry and fetches the chart there; what the cache has by its digest is not fetched again. */
export async function fetchFromRegistry(reference: RegistryReference, depot: Depot): Promise<Published> {
  const { host, path, digest: pin } = reference;
  const client = depot.http === undefined ? undefined : registryClient(reference, depot.http, depot.options);
  const shelf: Shelf = { address: `oci://${host}/${path}`, depot, client };
  const manifest =
    pin === undefined
      ? await taggedManifest(await chooseTag(reference, shelf), shelf)
      : await pinnedManifest(pin, shelf);
  const { name, ...layers } = contentOf(manifest, reference);
  const archive = await fetchBlob(layers.archive, shelf);
  checkArchive(archive, shelf.address);
  return {
    name,
    archive,
    provenance: layers.provenance && (await fetchBlob(layers.provenance, shelf)),
    digest: sha256Of(manifest),
    address: shelf.address,
  };
}

/** A version is its own tag; a range is looked up among all tags. */
async function chooseTag({ path, version }: RegistryReference, shelf: Shelf): Promise<string> {
  if (version !== '' && parseVersion(version) !== undefined) return tagOf(version);
  const versions = versionsOf(await listTags(shelf));
  return tagOf(selectVersion(versions, version, { chart: path, source: shelf.address }));
}

async function listTags({ address, depot, client }: Shelf): Promise<readonly string[]> {
  const key = `tags ${address}`;
  if (client === undefined) {
    const kept = (await depot.cache.latest(key)) ?? depot.missing(`${address} (tags/list)`);
    return JSON.parse(Buffer.from(kept).toString('utf8')) as readonly string[];
  }
  const tags: string[] = [];
  let page: string | undefined = 'tags/list';
  for (let count = 0; page !== undefined; count += 1) {
    if (count === PAGES_AT_MOST) throw invalid(address, 'its list of tags does not end');
    const { body, headers } = await client.get(page, { limitBytes: MANIFEST_LIMIT_BYTES });
    const content = parse(body);
    // A repository without tags has null there.
    const listed = isRecord(content) ? (content['tags'] ?? []) : undefined;
    if (!Array.isArray(listed)) throw invalid(address, 'it gives no list of tags');
    tags.push(...listed.filter((tag) => typeof tag === 'string'));
    page = nextPage(headers['link']);
  }
  await depot.cache.setLatest(key, Buffer.from(JSON.stringify(tags)));
  return tags;
}

/** Only the query of the next page is followed: its path is that of this one, on the same server. */
function nextPage(link: string | string[] | undefined): string | undefined {
  const [, target = ''] = /<([^>]*)>\s*;\s*rel="?next"?/.exec(String(link ?? '')) ?? [];
  const query = target.indexOf('?');
  return query === -1 ? undefined : `tags/list${target.slice(query)}`;
}

async function taggedManifest(tag: string, { address, depot, client }: Shelf): Promise<Uint8Array> {
  const key = `manifest ${address}:${tag}`;
  if (client === undefined) {
    const digest = await depot.cache.latest(key);
    const kept = digest && (await depot.cache.content(Buffer.from(digest).toString('utf8')));
    return kept ?? depot.missing(`${address}:${tag}`);
  }
  const { body, headers } = await client.get(`manifests/${tag}`, {
    accept: MANIFEST_TYPE,
    limitBytes: MANIFEST_LIMIT_BYTES,
  });
  const promised = headers['docker-content-digest'];
  if (typeof promised === 'string' && promised.startsWith('sha256:')) checkDigest(body, promised, `${address}:${tag}`);
  await depot.cache.setLatest(key, Buffer.from(await depot.cache.addContent(body)));
  return body;
}

async function pinnedManifest(digest: string, { address, depot, client }: Shelf): Promise<Uint8Array> {
  const kept = await depot.cache.content(digest);
  if (kept !== undefined) return kept;
  if (client === undefined) return depot.missing(`${address}@${digest}`);
  const wanted = { accept: MANIFEST_TYPE, limitBytes: MANIFEST_LIMIT_BYTES };
  const { body } = await client.get(`manifests/${digest}`, wanted);
  checkDigest(body, digest, `${address}@${digest}`);
  await depot.cache.addContent(body);
  return body;
}

interface Blob {
  readonly digest: string;
  readonly bytes: number;
}

interface Content {
  readonly name: string;
  readonly archive: Blob;
  readonly provenance: Blob | undefined;
}

function contentOf(manifest: Uint8Array, { host, path, version }: RegistryReference): Content {
  const address = `oci://${host}/${path}`;
  const content = parse(manifest);
  const config = isRecord(content) ? content['config'] : undefined;
  if (!isRecord(content) || !isRecord(config) || config['mediaType'] !== CONFIG_TYPE) {
    throw invalid(address, 'what is there is no Helm chart');
  }
  const layers = Array.isArray(content['layers']) ? content['layers'].filter(isRecord) : [];
  const archive = layerOf(layers, ARCHIVE_TYPES, address);
  if (archive === undefined) throw invalid(address, 'its manifest names no chart');
  const notes = isRecord(content['annotations']) ? content['annotations'] : {};
  const name = textOr(notes['org.opencontainers.image.title'], path.split('/').at(-1) ?? '');
  const named = textOr(notes['org.opencontainers.image.version'], version);
  return {
    name: fileName(`${name}-${named}`),
    archive,
    provenance: layerOf(layers, [PROVENANCE_TYPE], address),
  };
}

function layerOf(
  layers: readonly Record<string, unknown>[],
  types: readonly string[],
  address: string,
): Blob | undefined {
  const found = layers.find(({ mediaType }) => types.includes(String(mediaType)));
  if (found === undefined) return undefined;
  const { digest, size } = found;
  if (typeof digest !== 'string' || !/^sha256:[0-9a-f]{64}$/.test(digest))
    throw invalid(address, 'a layer has no SHA-256');
  if (typeof size !== 'number' || !(size >= 0)) throw invalid(address, 'a layer has no size');
  return { digest, bytes: size };
}

async function fetchBlob({ digest, bytes }: Blob, { address, depot, client }: Shelf): Promise<Uint8Array> {
  const kept = await depot.cache.content(digest);
  if (kept !== undefined) return kept;
  if (client === undefined) return depot.missing(`${address} (${digest})`);
  if (bytes > ARCHIVE_LIMIT_BYTES) throw new NaruError('CHART_TOO_LARGE', { address, limitBytes: ARCHIVE_LIMIT_BYTES });
  const { body } = await client.get(`blobs/${digest}`, { limitBytes: bytes });
  checkDigest(body, digest, `${address} (${digest.slice(0, 19)})`);
  await depot.cache.addContent(body);
  return body;
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}

function invalid(address: string, reason: string): NaruError {
  return new NaruError('CHART_ANSWER_INVALID', { address, reason });
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}
