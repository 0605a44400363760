import { mkdirSync, readdirSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { NaruError } from '@naru/core';
import { type Answer, filesIn, hangUp, useLocalServer } from '@naru/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { useFolders } from '../../testing/folder.ts';
import { sha256Of } from './chart-cache.ts';
import { readReference } from './chart-reference.ts';
import type { Published } from './depot.ts';
import type { FetchOptions } from './fetch-options.ts';
import { fetchPublished } from './fetch-published.ts';

const write = useFolders();
const server = useLocalServer();
const elsewhere = useLocalServer();

const ARCHIVE = gzipSync('what a chart is packed into');
const SIGNATURE = Buffer.from('-----BEGIN PGP SIGNED MESSAGE-----\n');
const LOGIN = { username: 'reader', password: 'p@ss:word' };
const BASIC = `Basic ${Buffer.from('reader:p@ss:word').toString('base64')}`;

interface Entry {
  readonly version: string;
  readonly url?: string;
  readonly digest?: string;
}

function indexOf(...entries: readonly Entry[]): string {
  const lines = entries.map(({ version, url = `web-${version}.tgz`, digest }) =>
    [
      `  - version: ${version}`,
      '    name: web',
      ...(digest === undefined ? [] : [`    digest: ${digest}`]),
      '    urls:',
      `    - ${url}`,
    ].join('\n'),
  );
  return `apiVersion: v1\nentries:\n  web:\n${lines.join('\n')}\ngenerated: "2026-01-01T00:00:00Z"\n`;
}

function text(body: string | Uint8Array): Answer {
  return (_, response) => void response.writeHead(200).end(body);
}

function status(code: number, headers = {}): Answer {
  return (_, response) => void response.writeHead(code, headers).end();
}

/** Serves a repository whose one chart is `ARCHIVE` at every version. */
function serve(...entries: readonly Entry[]): void {
  const index = text(indexOf(...entries));
  server.answer((request, response) =>
    request.path.endsWith('/index.yaml')
      ? index(request, response)
      : text(request.path.endsWith('.prov') ? SIGNATURE : ARCHIVE)(request, response),
  );
}

let cache = write({});
afterEach(() => (cache = write({})));

async function fetchWeb(version = '', options: Partial<FetchOptions> & { digest?: string } = {}): Promise<Published> {
  const { digest, ...rest } = options;
  const reference = readReference('web', { repository: `${server.url}/charts`, version, digest });
  if (reference.kind === 'local') throw new Error('a local chart');
  return await fetchPublished(reference, { environment: { NARU_CACHE: cache, HOME: cache }, ...rest });
}

async function failureOf(work: Promise<unknown>): Promise<NaruError> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof NaruError)) throw error ?? new Error('nothing was refused');
  return error;
}

describe('a repository', () => {
  it('gives the newest version that is no prerelease, and its digest', async () => {
    serve({ version: '1.0.0' }, { version: '1.10.0' }, { version: '1.9.0' }, { version: '2.0.0-rc.1' });
    const { name, archive, digest, address } = await fetchWeb();
    expect(name).toBe('web-1.10.0');
    expect(Buffer.from(archive)).toEqual(ARCHIVE);
    expect(digest).toBe(sha256Of(ARCHIVE));
    expect(address).toBe(`${server.url}/charts/web-1.10.0.tgz`);
  });

  it.each([
    ['^1.0', '1.9.0'],
    ['~1.0.0', '1.0.0'],
    ['1.0.0', '1.0.0'],
    ['v1.0.0', '1.0.0'],
    ['>=1.0.0-0', '2.0.0-rc.1'],
    ['2.0.0-rc.1', '2.0.0-rc.1'],
    ['<1', '0.9.0+build.7'],
    ['1.x', '1.9.0'],
  ])('answers %s with %s', async (range, expected) => {
    serve(...['1.0.0', '1.9.0', '2.0.0-rc.1', '0.9.0+build.7'].map((version) => ({ version })));
    expect((await fetchWeb(range)).address).toBe(`${server.url}/charts/web-${expected}.tgz`);
  });

  it('follows what the index names, relative or absolute', async () => {
    const entries = [
      { version: '1.0.0', url: '../files/web.tgz' },
      { version: '2.0.0', url: '/top.tgz' },
      { version: '3.0.0', url: `${elsewhere.url}/web.tgz?part=1` },
    ];
    serve(...entries);
    elsewhere.answer(text(ARCHIVE));
    expect((await fetchWeb('1.0.0')).address).toBe(`${server.url}/files/web.tgz`);
    expect((await fetchWeb('2.0.0')).address).toBe(`${server.url}/top.tgz`);
    await fetchWeb('3.0.0');
    expect(elsewhere.seen[0]).toMatchObject({ path: '/web.tgz', query: new URLSearchParams({ part: '1' }) });
  });

  it('reads files that a plain web server gives', async () => {
    server.answer(
      filesIn(write({ 'charts/index.yaml': indexOf({ version: '1.0.0' }), 'charts/web-1.0.0.tgz': ARCHIVE })),
    );
    expect(Buffer.from((await fetchWeb()).archive)).toEqual(ARCHIVE);
  });

  it('names the charts and versions that are near', async () => {
    serve(...['1.0.0', '1.1.0', '2.0.0', '3.0.0', '4.0.0'].map((version) => ({ version })));
    expect(await failureOf(fetchWeb('1.5.0'))).toMatchObject({
      code: 'CHART_VERSION_UNMATCHED',
      details: { chart: 'web', version: '1.5.0', nearest: '3.0.0, 2.0.0, 1.1.0' },
    });
    server.answer(text('apiVersion: v1\nentries:\n  wet:\n  - version: 1.0.0\n'));
    expect(await failureOf(fetchWeb())).toMatchObject({ code: 'CHART_UNKNOWN', details: { similar: 'wet' } });
  });

  it('fetches the signature when it is wanted, and once', async () => {
    serve({ version: '1.0.0', digest: sha256Of(ARCHIVE).slice(7) });
    expect((await fetchWeb()).provenance).toBeUndefined();
    expect(await fetchWeb('', { provenance: true })).toMatchObject({ provenance: SIGNATURE });
    await fetchWeb('', { provenance: true });
    expect(server.seen.filter(({ path }) => path.endsWith('.prov'))).toHaveLength(1);
  });
});

describe('an address', () => {
  const fetchFrom = async (path: string, options: Partial<FetchOptions> = {}): Promise<Published> => {
    const reference = readReference(`${server.url}${path}`, {});
    if (reference.kind === 'local') throw new Error('a local chart');
    return await fetchPublished(reference, { environment: { NARU_CACHE: cache }, ...options });
  };

  it('is fetched each time, since nothing says that it is the same, and kept for those who are offline', async () => {
    server.answer(text(ARCHIVE));
    await fetchFrom('/web-1.0.0.tgz?part=1');
    expect(await fetchFrom('/web-1.0.0.tgz')).toMatchObject({ name: 'web-1.0.0', digest: sha256Of(ARCHIVE) });
    expect(server.seen).toHaveLength(2);
    expect(await fetchFrom('/web-1.0.0.tgz', { offline: true })).toMatchObject({ digest: sha256Of(ARCHIVE) });
    expect(await failureOf(fetchFrom('/web-2.0.0.tgz', { offline: true }))).toMatchObject({ code: 'CHART_NOT_CACHED' });
  });

  it.each([
    ['/..%2f..%2fweb.tgz', '2f..-2fweb'],
    ['/.hidden', 'hidden'],
    ['/', 'chart'],
    ['/%1b%5b31m.tgz', '1b-5b31m'],
  ])('gives a name for a file, not for a way: %s', async (path, name) => {
    server.answer(text(ARCHIVE));
    expect((await fetchFrom(path)).name).toBe(name);
  });
});

describe('what a server may do wrong', () => {
  it.each([
    ['a web page', '<html>log in</html>'],
    ['nothing', ''],
    ['another document', 'kind: List\nitems: []\n'],
    ['broken YAML', 'apiVersion: v1\nentries:\n  web: [\n'],
    ['broken JSON', '{"apiVersion": "v1", '],
  ])('refuses %s for an index, and keeps the one it has', async (_, body) => {
    serve({ version: '1.0.0' });
    await fetchWeb();
    server.answer(text(body));
    expect(await failureOf(fetchWeb())).toMatchObject({ code: 'CHART_ANSWER_INVALID' });
    expect((await fetchWeb('', { offline: true })).archive).toHaveLength(ARCHIVE.length);
  });

  it.each([
    [401, 'REGISTRY_DENIED', { answered: 401, identified: 'no' }],
    [403, 'REGISTRY_DENIED', { answered: 403, identified: 'no' }],
    [404, 'CHART_ABSENT', {}],
    [410, 'CHART_UNREACHABLE', { reason: 'it answers 410' }],
    [500, 'CHART_UNREACHABLE', { reason: 'it answers 500' }],
  ])('says what %d means, and asks once', async (code, expected, details) => {
    server.answer(status(code));
    const error = await failureOf(fetchWeb());
    expect(error).toMatchObject({
      code: expected,
      details: { address: `${server.url}/charts/index.yaml`, ...details },
    });
    expect(server.seen).toHaveLength(1);
  });

  it.each([429, 502, 503, 504])('asks again after %d', async (code) => {
    const index = text(indexOf({ version: '1.0.0' }));
    server.answerInTurn(status(code), status(code, { 'retry-after': '0' }), index, text(ARCHIVE));
    await fetchWeb();
    expect(server.seen).toHaveLength(4);
  });

  it('does not wait longer than a person would', async () => {
    server.answer(status(429, { 'retry-after': '3600' }));
    expect(await failureOf(fetchWeb())).toMatchObject({ details: { reason: 'it answers 429' } });
    expect(server.seen).toHaveLength(1);
  });

  it('asks again when the connection breaks, also inside of an archive', async () => {
    const cut: Answer = (_, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('half');
      setTimeout(() => response.socket?.destroy(), 20);
    };
    server.answerInTurn(hangUp, text(indexOf({ version: '1.0.0' })), cut, text(ARCHIVE));
    expect(Buffer.from((await fetchWeb()).archive)).toEqual(ARCHIVE);
  });

  it('refuses an archive that is not what the index promises, and keeps nothing of it', async () => {
    serve({ version: '1.0.0', digest: sha256Of(Buffer.from('other')).slice(7) });
    expect(await failureOf(fetchWeb())).toMatchObject({
      code: 'CHART_DIGEST_MISMATCHED',
      details: { expected: sha256Of(Buffer.from('other')), actual: sha256Of(ARCHIVE) },
    });
    expect(readdirSync(join(cache, 'charts'))).not.toContain('contents');
  });

  it('refuses an index whose digest is not the one that was pinned', async () => {
    serve({ version: '1.0.0', digest: sha256Of(ARCHIVE).slice(7) });
    const digest = sha256Of(Buffer.from('pinned'));
    expect(await failureOf(fetchWeb('', { digest }))).toMatchObject({ code: 'CHART_DIGEST_MISMATCHED' });
    expect(server.seen).toHaveLength(1);
  });

  it('refuses a page in the place of an archive', async () => {
    server.answerInTurn(text(indexOf({ version: '1.0.0' })), text('<html>log in</html>'));
    expect(await failureOf(fetchWeb())).toMatchObject({
      code: 'CHART_ANSWER_INVALID',
      details: { address: `${server.url}/charts/web-1.0.0.tgz`, reason: 'what is there is no packed chart' },
    });
  });

  it.each(['file:///etc/passwd', 'ftp://example.com/a.tgz', 'data:,x'])('does not follow %s', async (url) => {
    serve({ version: '1.0.0', url });
    expect(await failureOf(fetchWeb())).toMatchObject({ code: 'CHART_ANSWER_INVALID' });
  });

  it('refuses more than an index may have before it is read', async () => {
    server.answer(
      (_, response) => void response.writeHead(200, { 'content-length': String(200 * 2 ** 20) }).write('a'),
    );
    expect(await failureOf(fetchWeb())).toMatchObject({ code: 'CHART_TOO_LARGE' });
  });

  it('refuses a stream without an end', async () => {
    const block = Buffer.alloc(4 * 2 ** 20, ' ');
    server.answer((_, response) => {
      response.writeHead(200);
      const pour = (): void => void (response.destroyed || response.write(block, () => setImmediate(pour)));
      pour();
    });
    expect(await failureOf(fetchWeb())).toMatchObject({ code: 'CHART_TOO_LARGE' });
  });

  it('takes names that lead out of the cache for nothing but names', async () => {
    serve({ version: '1.0.0', url: '../../../../..//%2e%2e/%2e%2e/etc/web.tgz' });
    expect(await fetchWeb()).toMatchObject({ name: 'web-1.0.0' });
    expect(readdirSync(cache)).toEqual(['charts']);
  });
});

describe('credentials', () => {
  it.each([
    ['options', LOGIN, ''],
    ['the address', {}, 'reader:p%40ss%3Aword@'],
  ])('of %s are shown to the repository', async (_, options, inAddress) => {
    serve({ version: '1.0.0' });
    const repository = `${server.url.replace('://', `://${inAddress}`)}/charts`;
    const reference = readReference('web', { repository });
    if (reference.kind === 'local') throw new Error('a local chart');
    const { address } = await fetchPublished(reference, { environment: { NARU_CACHE: cache }, ...options });
    expect(server.seen.map(({ headers }) => headers.authorization)).toEqual([BASIC, BASIC]);
    expect(address).not.toContain('reader');
  });

  it.each([
    [undefined, undefined],
    [true, BASIC],
  ])('are shown to another server when it is allowed: %s', async (passCredentials = false, expected) => {
    serve({ version: '1.0.0', url: `${elsewhere.url}/web.tgz` });
    elsewhere.answer(text(ARCHIVE));
    await fetchWeb('', { ...LOGIN, passCredentials });
    expect(elsewhere.seen[0]?.headers.authorization).toBe(expected);
  });

  it('do not follow a redirect to another server, and come back with one that returns', async () => {
    const index = text(indexOf({ version: '1.0.0' }));
    server.answer((request, response) => {
      if (request.path === '/charts/index.yaml')
        return status(302, { location: `${elsewhere.url}/away` })(request, response);
      return (request.path === '/back' ? index : text(ARCHIVE))(request, response);
    });
    elsewhere.answer(status(307, { location: `${server.url}/back` }));
    await fetchWeb('', LOGIN);
    expect(elsewhere.seen.map(({ headers }) => headers.authorization)).toEqual([undefined]);
    expect(server.seen.map(({ headers }) => headers.authorization)).toEqual([BASIC, BASIC, BASIC]);
  });

  it('stay out of what is said', async () => {
    server.answer(status(403));
    const error = await failureOf(fetchWeb('', LOGIN));
    expect(error).toMatchObject({ code: 'REGISTRY_DENIED', details: { identified: 'yes' } });
    expect(JSON.stringify([error.details, error.messageIn('en'), error.remedyIn('ko')])).not.toContain('p@ss');
  });

  it.each([
    ['a circle', () => ({ location: '/charts/index.yaml' })],
    ['a file', () => ({ location: 'file:///etc/passwd' })],
    ['nowhere', () => ({})],
  ])('a redirect to %s is refused', async (_, headers) => {
    server.answer(status(301, headers()));
    expect(await failureOf(fetchWeb())).toMatchObject({ code: 'CHART_ANSWER_INVALID' });
  });
});

describe('the cache', () => {
  const digest = sha256Of(ARCHIVE);
  const contents = (): string => join(cache, 'charts', 'contents');

  it('saves the archive that an index promises, and nothing else', async () => {
    serve({ version: '1.0.0', digest: digest.slice(7) });
    await fetchWeb();
    await fetchWeb();
    expect(server.seen.map(({ path }) => path)).toEqual([
      '/charts/index.yaml',
      '/charts/web-1.0.0.tgz',
      '/charts/index.yaml',
    ]);
  });

  it('answers a pinned chart without asking anybody', async () => {
    serve({ version: '1.0.0' });
    await fetchWeb();
    server.answer(hangUp);
    expect(await fetchWeb('1.0.0', { digest })).toMatchObject({ name: 'web-1.0.0', digest });
    expect(server.seen).toHaveLength(2);
  });

  it('resolves a range anew online, and from what it knows offline', async () => {
    serve({ version: '1.0.0' });
    await fetchWeb('^1');
    serve({ version: '1.0.0' }, { version: '1.1.0' });
    expect((await fetchWeb('^1', { offline: true })).address).toContain('web-1.0.0.tgz');
    expect((await fetchWeb('^1')).address).toContain('web-1.1.0.tgz');
    expect((await fetchWeb('^1', { offline: true })).address).toContain('web-1.1.0.tgz');
  });

  it('keeps repositories apart that only a query tells apart', async () => {
    const at = (query: string, options: Partial<FetchOptions> = {}): Promise<Published> => {
      const reference = readReference('web', { repository: `${server.url}/charts?of=${query}` });
      if (reference.kind === 'local') throw new Error('a local chart');
      return fetchPublished(reference, { environment: { NARU_CACHE: cache, HOME: cache }, ...options });
    };
    serve({ version: '1.0.0' });
    await at('one');
    serve({ version: '2.0.0' });
    await at('two');
    expect((await at('one', { offline: true })).name).toBe('web-1.0.0');
    expect(await failureOf(at('three', { offline: true }))).toMatchObject({ code: 'CHART_NOT_CACHED' });
  });

  it('says offline what is missing and how to get it', async () => {
    const error = await failureOf(fetchWeb('^1', { offline: true }));
    const command = `naru chart pull web --repo ${server.url}/charts --version '^1'`;
    expect(error).toMatchObject({
      code: 'CHART_NOT_CACHED',
      details: { address: `${server.url}/charts/index.yaml`, command },
    });
    serve({ version: '1.0.0' }, { version: '1.1.0' });
    await fetchWeb('1.0.0');
    expect(await failureOf(fetchWeb('^1', { offline: true }))).toMatchObject({
      code: 'CHART_NOT_CACHED',
      details: { address: `${server.url}/charts/web-1.1.0.tgz` },
    });
    expect(server.seen).toHaveLength(2);
  });

  it.each([
    ['changed', (file: string) => writeFileSync(file, 'something else')],
    ['cut off', (file: string) => truncateSync(file, 3)],
    ['emptied', (file: string) => truncateSync(file, 0)],
  ])('fetches again what was %s', async (_, damage) => {
    serve({ version: '1.0.0', digest: digest.slice(7) });
    await fetchWeb();
    damage(join(contents(), digest.slice(7)));
    expect(await failureOf(fetchWeb('', { offline: true }))).toMatchObject({ code: 'CHART_NOT_CACHED' });
    expect(Buffer.from((await fetchWeb()).archive)).toEqual(ARCHIVE);
    await fetchWeb('', { offline: true });
  });

  it('does not believe an index on disk that was changed', async () => {
    serve({ version: '1.0.0' });
    await fetchWeb();
    const latest = join(cache, 'charts', 'latest');
    for (const name of readdirSync(latest)) writeFileSync(join(latest, name), indexOf({ version: '9.9.9' }));
    expect(await failureOf(fetchWeb('', { offline: true }))).toMatchObject({ code: 'CHART_NOT_CACHED' });
  });

  it('removes drafts that nobody writes any more, and no others', async () => {
    const drafts = join(cache, 'charts', 'drafts');
    mkdirSync(drafts, { recursive: true });
    for (const name of ['abandoned', 'written now']) writeFileSync(join(drafts, name), 'half');
    utimesSync(join(drafts, 'abandoned'), 0, 0);
    serve({ version: '1.0.0' });
    await fetchWeb();
    expect(readdirSync(drafts)).toEqual(['written now']);
  });

  it('is for this user alone', async () => {
    serve({ version: '1.0.0' });
    await fetchWeb();
    expect(statSync(join(cache, 'charts')).mode & 0o777).toBe(0o700);
    expect(statSync(contents()).mode & 0o777).toBe(0o700);
  });

  it('serves many at the same time', async () => {
    serve({ version: '1.0.0', digest: digest.slice(7) });
    const fetched = await Promise.all(Array.from({ length: 20 }, () => fetchWeb()));
    expect(fetched.every(({ archive }) => ARCHIVE.equals(archive))).toBe(true);
    expect(readdirSync(join(cache, 'charts', 'drafts'))).toEqual([]);
  });

  it('is named when the disk refuses it', async () => {
    const file = join(write({ file: '' }), 'file');
    serve({ version: '1.0.0' });
    const environment = { NARU_CACHE: file };
    expect(await failureOf(fetchWeb('', { environment }))).toMatchObject({
      code: 'CHART_CACHE_UNUSABLE',
      details: { folder: join(file, 'charts'), reason: expect.stringMatching(/^E[A-Z]+$/) },
    });
  });
});

describe('an interrupt', () => {
  it('ends a wait for an answer', async () => {
    server.answer(() => undefined);
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('Ctrl-C')), 50);
    await expect(fetchWeb('', { signal: controller.signal })).rejects.toThrow('Ctrl-C');
  });

  it('ends a wait before the next attempt', async () => {
    server.answer(status(503, { 'retry-after': '9' }));
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('Ctrl-C')), 50);
    const begun = performance.now();
    await expect(fetchWeb('', { signal: controller.signal })).rejects.toThrow('Ctrl-C');
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});
