import { NaruError, suggest } from '@naru/core';
import { plainText } from '../kube/plain-text.ts';
import { addressOf } from './address.ts';
import { sha256Of } from './chart-cache.ts';
import { type ChartReference, readReference } from './chart-reference.ts';
import { ARCHIVE_LIMIT_BYTES, checkArchive, checkDigest, type Depot, fileName, type Published } from './depot.ts';
import { type HttpAnswer, refuseAnswer } from './http.ts';
import { basic, repositoryLogin } from './login.ts';
import { fetchFromRegistry } from './registry.ts';
import { type IndexEntry, readIndex } from './repository-index.ts';
import { selectVersion } from './select-version.ts';

type Of<Kind> = Extract<ChartReference, { readonly kind: Kind }>;

const INDEX_LIMIT_BYTES = 100 * 1024 * 1024;
const PROVENANCE_LIMIT_BYTES = 1024 * 1024;

/** Finds a chart in the index of its repository and fetches it, unless the cache has what the index promises. */
export async function fetchFromRepository(reference: Of<'repository'>, depot: Depot): Promise<Published> {
  const { digest: pin } = reference;
  const repository = folderUrl(reference.repository);
  const kept = pin === undefined ? undefined : await keptArchive(pin, addressOf(repository), depot);
  if (kept !== undefined) return kept;
  const entry = await findEntry(reference, repository, depot);
  const [written] = entry.urls;
  if (written === undefined) throw invalid(repository, `it gives no address of ${reference.name} ${entry.version}`);
  if (written.startsWith('oci://')) return fetchFromRegistry(registryIn(written, entry.version), depot);
  const url = archiveUrl(written, repository);
  if (pin !== undefined && entry.digest !== undefined && entry.digest !== pin) {
    const details = { address: addressOf(url), expected: pin, actual: entry.digest };
    throw new NaruError('CHART_DIGEST_MISMATCHED', details);
  }
  const expected = pin ?? entry.digest;
  if (expected === undefined && repository.protocol === 'https:' && url.protocol === 'http:') {
    throw invalid(repository, `it sends to ${addressOf(url)}, which is not encrypted, and promises no digest`);
  }
  const name = fileName(`${reference.name}-${entry.version}`);
  return await fetchArchive({ name, url, origin: repository, digest: expected }, depot);
}

/** Fetches the archive at an address. */
export async function fetchFromAddress({ url: written, digest }: Of<'archive'>, depot: Depot): Promise<Published> {
  const url = addressIn(written);
  const name = fileName((url.pathname.split('/').at(-1) ?? '').replace(/\.tgz$/, ''));
  return await fetchArchive({ name, url, origin: url, digest }, depot);
}

async function findEntry({ name, version }: Of<'repository'>, repository: URL, depot: Depot): Promise<IndexEntry> {
  const url = new URL('index.yaml', repository);
  url.search = repository.search;
  const source = addressOf(repository);
  const key = keyOf('index', url);
  const bytes = depot.indexes.get(key) ?? fetchIndex(url, repository, depot);
  depot.indexes.set(key, bytes);
  const { entries, names } = indexIn(Buffer.from(await bytes).toString('utf8'), name, url);
  // Kept only now: a login page must not take the place of an index.
  if (depot.http !== undefined) await depot.cache.setLatest(key, await bytes);
  if (entries === undefined) {
    const similar = suggest(name, names) ?? '';
    throw new NaruError('CHART_UNKNOWN', { chart: name, repository: source, similar: plainText(similar) });
  }
  const versions = entries.map((entry) => entry.version);
  const chosen = selectVersion(versions, version, { chart: name, source });
  const entry = entries.find((one) => one.version === chosen);
  if (entry === undefined) throw new Error(`no entry for ${chosen}, which was chosen among them`);
  if (entry.digest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(entry.digest)) {
    throw invalid(url, `the digest of ${name} ${chosen} is no SHA-256`);
  }
  return entry;
}

async function fetchIndex(url: URL, repository: URL, depot: Depot): Promise<Uint8Array> {
  if (depot.http !== undefined) return (await ask(url, repository, { depot, limitBytes: INDEX_LIMIT_BYTES })).body;
  return (await depot.cache.latest(keyOf('index', url))) ?? depot.missing(addressOf(url));
}

function indexIn(text: string, name: string, url: URL): ReturnType<typeof readIndex> {
  try {
    return readIndex(text, name);
  } catch (error) {
    const reason = plainText(error instanceof Error ? error.message : String(error)).slice(0, 200);
    throw new NaruError('CHART_ANSWER_INVALID', { address: addressOf(url), reason }, { cause: error });
  }
}

interface Wanted {
  readonly name: string;
  readonly url: URL;
  /** The server that the credentials are for. */
  readonly origin: URL;
  readonly digest: string | undefined;
}

async function fetchArchive({ name, url, origin, digest }: Wanted, depot: Depot): Promise<Published> {
  const { cache, http } = depot;
  const address = addressOf(url);
  const key = keyOf('archive', url);
  const known = digest ?? (http === undefined ? textOf(await cache.latest(key)) : undefined);
  let archive = known === undefined ? undefined : await cache.content(known);
  if (archive === undefined) {
    if (http === undefined) return depot.missing(address);
    archive = (await ask(url, origin, { depot, limitBytes: ARCHIVE_LIMIT_BYTES })).body;
    checkDigest(archive, digest, address);
    checkArchive(archive, address);
    const found = await cache.addContent(archive);
    if (digest === undefined) await cache.setLatest(key, Buffer.from(found));
    await cache.setLatest(`name ${found}`, Buffer.from(name));
  }
  const found = sha256Of(archive);
  return {
    name,
    archive,
    digest: found,
    address,
    provenance: await fetchProvenance(url, origin, { digest: found, depot }),
  };
}

/** What a digest names needs no index, unless a signature is wanted that was never fetched. */
async function keptArchive(digest: string, address: string, depot: Depot): Promise<Published | undefined> {
  const archive = await depot.cache.content(digest);
  const name = textOf(await depot.cache.latest(`name ${digest}`));
  const provenance = await depot.cache.latest(`provenance ${digest}`);
  if (archive === undefined || name === undefined) return undefined;
  if (depot.options.provenance === true && provenance === undefined) return undefined;
  return { name, archive, digest, address, provenance };
}

async function fetchProvenance(
  archive: URL,
  origin: URL,
  { digest, depot }: { readonly digest: string; readonly depot: Depot },
): Promise<Uint8Array | undefined> {
  const key = `provenance ${digest}`;
  const kept = await depot.cache.latest(key);
  if (kept !== undefined || depot.options.provenance !== true) return kept;
  const url = new URL(archive);
  url.pathname += '.prov';
  if (depot.http === undefined) return depot.missing(addressOf(url));
  const { body } = await ask(url, origin, { depot, limitBytes: PROVENANCE_LIMIT_BYTES });
  await depot.cache.setLatest(key, body);
  return body;
}

async function ask(
  url: URL,
  origin: URL,
  { depot: { http, options }, limitBytes }: { readonly depot: Depot; readonly limitBytes: number },
): Promise<HttpAnswer> {
  if (http === undefined) throw new Error('no server may be asked');
  const ours = url.origin === origin.origin || options.passCredentials === true;
  const login = ours ? await repositoryLogin(origin, options) : undefined;
  const authorization = login === undefined ? undefined : basic(login);
  const answer = await http.send({ url: withoutLogin(url), ours, authorization, limitBytes });
  refuseAnswer(answer, url, authorization !== undefined);
  return answer;
}

/** The address that relative ones start at. */
function folderUrl(repository: string): URL {
  const url = addressIn(repository);
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}

function addressIn(written: string): URL {
  if (URL.canParse(written)) return new URL(written);
  throw new NaruError('CHART_REFERENCE_INVALID', { reference: plainText(written), reason: 'it is no address' });
}

function archiveUrl(written: string, repository: URL): URL {
  if (!URL.canParse(written, repository.href)) throw invalid(repository, `${plainText(written)} is no address`);
  const url = new URL(written, repository);
  if (!['http:', 'https:'].includes(url.protocol)) throw invalid(repository, `it sends to ${plainText(url.protocol)}`);
  // Repositories behind a signed address want its query again, and what is relative has none of its own.
  if (!/^[a-z][a-z\d+.-]*:/i.test(written)) url.search = repository.search;
  return url;
}

/** The chart in a registry that an index names, at the version that was chosen. */
function registryIn(written: string, version: string): Of<'registry'> {
  const reference = readReference(written, {});
  if (reference.kind !== 'registry') throw new Error(`${reference.kind} for an address in a registry`);
  return { ...reference, version: reference.version === '' ? version : reference.version };
}

/** What is cached under an address; its query counts, since it may name another repository. */
function keyOf(what: string, url: URL): string {
  return `${what} ${withoutLogin(url).href}`;
}

function withoutLogin(url: URL): URL {
  const plain = new URL(url);
  plain.username = '';
  plain.password = '';
  return plain;
}

function textOf(bytes: Uint8Array | undefined): string | undefined {
  return bytes === undefined ? undefined : Buffer.from(bytes).toString('utf8');
}

function invalid(url: URL, reason: string): NaruError {
  return new NaruError('CHART_ANSWER_INVALID', { address: addressOf(url), reason });
}
