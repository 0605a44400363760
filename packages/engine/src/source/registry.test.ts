import { gzipSync } from 'node:zlib';
import { NaruError } from '@naru/core';
import { type Answer, json, type SeenRequest, useLocalServer } from '@naru/testkit';
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
const CHART_TYPE = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip';
const SIGNATURE_TYPE = 'application/vnd.cncf.helm.chart.provenance.v1.prov';
const LOGIN = { username: 'reader', password: 'secret' };
const BASIC = `Basic ${Buffer.from('reader:secret').toString('base64')}`;

let home = write({});
afterEach(() => (home = write({})));

function layer(bytes: Uint8Array, mediaType = CHART_TYPE): object {
  return { mediaType, digest: sha256Of(bytes), size: bytes.length };
}

function manifestOf(layers: readonly object[], config = 'application/vnd.cncf.helm.config.v1+json'): Buffer {
  return Buffer.from(JSON.stringify({ schemaVersion: 2, config: { mediaType: config }, layers }));
}

const MANIFEST = manifestOf([layer(SIGNATURE, SIGNATURE_TYPE), layer(ARCHIVE)]);
const PATHS: Readonly<Record<string, Uint8Array>> = {
  'tags/list': Buffer.from(
    JSON.stringify({ name: 'shop/web', tags: ['1.0.0', '1.1.0_build', '2.0.0-rc.1', 'latest'] }),
  ),
  'manifests/1.0.0': MANIFEST,
  'manifests/1.1.0_build': MANIFEST,
  [`manifests/${sha256Of(MANIFEST)}`]: MANIFEST,
  [`blobs/${sha256Of(ARCHIVE)}`]: ARCHIVE,
  [`blobs/${sha256Of(SIGNATURE)}`]: SIGNATURE,
};

/** Gives what a registry has, with exceptions. */
function registry(exceptions: Readonly<Record<string, Uint8Array | Answer>> = {}): Answer {
  const given = { ...PATHS, ...exceptions };
  return (request, response) => {
    const found = given[request.path.replace('/v2/shop/web/', '')];
    if (typeof found === 'function') return found(request, response);
    response.writeHead(found === undefined ? 404 : 200).end(found);
  };
}

async function fetchWeb(written = '', options: Partial<FetchOptions> & { version?: string } = {}): Promise<Published> {
  const { version = '', ...rest } = options;
  const reference = readReference(`oci://${new URL(server.url).host}/shop/web${written}`, { version });
  if (reference.kind === 'local') throw new Error('a local chart');
  const environment = { NARU_CACHE: home, HOME: home };
  return await fetchPublished(reference, { environment, plainHttp: true, ...rest });
}

async function failureOf(work: Promise<unknown>): Promise<NaruError> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof NaruError)) throw error ?? new Error('nothing was refused');
  return error;
}

const asked = (): readonly string[] => server.seen.map(({ path }) => path.replace('/v2/shop/web/', ''));

describe('a registry', () => {
  it('gives a version with its signature, and the digest that pins it', async () => {
    server.answer(registry());
    const chart = await fetchWeb(':1.0.0');
    expect(chart).toMatchObject({
      name: 'web-1.0.0',
      archive: ARCHIVE,
      provenance: SIGNATURE,
      digest: sha256Of(MANIFEST),
    });
    expect(asked()).not.toContain('tags/list');
    expect(server.seen[0]?.headers.accept).toContain('application/vnd.oci.image.manifest.v1+json');
  });

  it.each([
    ['', '1.1.0_build'],
    ['^1', '1.1.0_build'],
    ['1.1.0+build', '1.1.0_build'],
    ['~1.0', '1.0.0'],
  ])('answers %j with the tag %s', async (version, tag) => {
    server.answer(registry());
    await fetchWeb('', { version });
    expect(asked()).toContain(`manifests/${tag}`);
  });

  it('gives what a digest names, and fetches it once', async () => {
    server.answer(registry());
    const written = `@${sha256Of(MANIFEST)}`;
    await fetchWeb(written);
    await fetchWeb(written);
    await fetchWeb(written, { offline: true });
    expect(asked()).toHaveLength(3);
  });

  it('is believed what it notes about a chart, as far as a file can be named so', async () => {
    const notes = { 'org.opencontainers.image.title': '../we b', 'org.opencontainers.image.version': '1.0.0+b/c' };
    const content = { ...(JSON.parse(MANIFEST.toString()) as object), annotations: notes };
    server.answer(registry({ 'manifests/1.0.0': Buffer.from(JSON.stringify(content)) }));
    expect((await fetchWeb(':1.0.0')).name).toBe('we-b-1.0.0+b-c');
  });

  it('reads lists of tags to their end, and only from itself', async () => {
    const page = (link: string, ...tags: string[]): Answer => json({ tags }, 200, { link });
    const pages: Answer = (request, response) => {
      const last = request.query.get('last');
      if (last === null)
        return page(`<${elsewhere.url}/v2/shop/web/tags/list?last=a&n=1>; rel="next"`, '0.1.0')(request, response);
      return json({ tags: last === 'a' ? ['1.0.0'] : null })(request, response);
    };
    server.answer(registry({ 'tags/list': pages }));
    await fetchWeb();
    expect(asked()).toContain('manifests/1.0.0');
    expect(elsewhere.seen).toEqual([]);
  });

  it('answers offline from what was seen last', async () => {
    server.answer(registry());
    await fetchWeb('', { version: '^1' });
    expect(await fetchWeb('', { version: '^1', offline: true })).toMatchObject({ archive: ARCHIVE });
    expect(await fetchWeb(':1.1.0+build', { offline: true })).toMatchObject({ provenance: SIGNATURE });
    const { host } = new URL(server.url);
    expect(await failureOf(fetchWeb(':1.0.0', { offline: true }))).toMatchObject({
      code: 'CHART_NOT_CACHED',
      details: {
        address: `oci://${host}/shop/web:1.0.0`,
        command: `naru chart pull oci://${host}/shop/web --version '1.0.0' --plain-http`,
      },
    });
  });

  it('follows to a blob store without showing it who asks', async () => {
    const away: Answer = (_, response) => void response.writeHead(307, { location: `${elsewhere.url}/blob` }).end();
    server.answer((request, response) => {
      if (request.headers.authorization === undefined) {
        response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end();
      } else void registry({ [`blobs/${sha256Of(ARCHIVE)}`]: away })(request, response);
    });
    elsewhere.answer((_, response) => void response.writeHead(200).end(ARCHIVE));
    await fetchWeb(':1.0.0', LOGIN);
    expect(elsewhere.seen.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });
});

describe('what a registry may do wrong', () => {
  it.each([
    ['an image', manifestOf([layer(ARCHIVE)], 'application/vnd.oci.image.config.v1+json'), 'no Helm chart'],
    ['a list of images', Buffer.from('{"schemaVersion":2,"manifests":[]}'), 'no Helm chart'],
    ['a web page', Buffer.from('<html>'), 'no Helm chart'],
    ['a chart without an archive', manifestOf([layer(SIGNATURE, SIGNATURE_TYPE)]), 'names no chart'],
    ['a layer with another digest', manifestOf([{ mediaType: CHART_TYPE, digest: 'md5:../x', size: 1 }]), 'no SHA-256'],
    ['a layer without size', manifestOf([{ mediaType: CHART_TYPE, digest: sha256Of(ARCHIVE) }]), 'no size'],
  ])('refuses %s', async (_, manifest, reason) => {
    server.answer(registry({ 'manifests/1.0.0': manifest }));
    expect(await failureOf(fetchWeb(':1.0.0'))).toMatchObject({
      code: 'CHART_ANSWER_INVALID',
      details: { reason: expect.stringContaining(reason) },
    });
  });

  it('refuses contents that are not what their digest says', async () => {
    const other = Buffer.from(ARCHIVE.toReversed());
    server.answer(registry({ [`blobs/${sha256Of(ARCHIVE)}`]: other }));
    expect(await failureOf(fetchWeb(':1.0.0'))).toMatchObject({
      code: 'CHART_DIGEST_MISMATCHED',
      details: { expected: sha256Of(ARCHIVE), actual: sha256Of(other) },
    });
    const pin = `@${sha256Of(other)}`;
    server.answer(registry({ [`manifests/${sha256Of(other)}`]: MANIFEST }));
    expect(await failureOf(fetchWeb(pin))).toMatchObject({ code: 'CHART_DIGEST_MISMATCHED' });
    const lying: Answer = (_, response) =>
      void response.writeHead(200, { 'docker-content-digest': sha256Of(other) }).end(MANIFEST);
    server.answer(registry({ 'manifests/1.0.0': lying }));
    expect(await failureOf(fetchWeb(':1.0.0'))).toMatchObject({ code: 'CHART_DIGEST_MISMATCHED' });
  });

  it('reads no more than a layer has', async () => {
    server.answer(registry({ [`blobs/${sha256Of(ARCHIVE)}`]: Buffer.alloc(1000) }));
    expect(await failureOf(fetchWeb(':1.0.0'))).toMatchObject({ code: 'CHART_TOO_LARGE' });
    const huge = manifestOf([{ mediaType: CHART_TYPE, digest: sha256Of(ARCHIVE), size: 10 ** 12 }]);
    server.answer(registry({ 'manifests/1.0.0': huge }));
    expect(await failureOf(fetchWeb(':1.0.0'))).toMatchObject({ code: 'CHART_TOO_LARGE' });
  });

  it('stops reading a list of tags that does not end', async () => {
    server.answer(
      registry({ 'tags/list': json({ tags: ['1.0.0'] }, 200, { link: '</v2/shop/web/tags/list?n=1>; rel="next"' }) }),
    );
    expect(await failureOf(fetchWeb())).toMatchObject({ code: 'CHART_ANSWER_INVALID' });
  });

  it('names what is not there', async () => {
    server.answer(registry({ 'tags/list': json({ tags: null }) }));
    expect(await failureOf(fetchWeb(':9.9.9'))).toMatchObject({ code: 'CHART_ABSENT' });
    expect(await failureOf(fetchWeb())).toMatchObject({ code: 'CHART_VERSION_UNMATCHED', details: { nearest: '' } });
  });
});

describe('a registry that wants tokens', () => {
  const TOKEN = 'Bearer a.b-c';

  function guarded(challenge: (url: string) => string, tokens: Answer): Answer {
    return (request, response) => {
      if (request.path === '/token') return tokens(request, response);
      if (request.headers.authorization === TOKEN) return registry()(request, response);
      response.writeHead(401, { 'www-authenticate': challenge(server.url) }).end();
    };
  }

  const bearer = (url: string): string => `Bearer realm="${url}/token",service="reg"`;
  const tokenRequests = (): readonly SeenRequest[] => server.seen.filter(({ path }) => path === '/token');

  it('fetches one for nobody, and uses it for all that follows', async () => {
    server.answer(guarded(bearer, json({ token: 'a.b-c' })));
    await fetchWeb(':1.0.0');
    expect(tokenRequests()).toHaveLength(1);
    expect(tokenRequests()[0]).toMatchObject({ method: 'GET', body: '' });
    expect(tokenRequests()[0]?.headers.authorization).toBeUndefined();
    expect(Object.fromEntries(tokenRequests()[0]?.query ?? [])).toEqual({
      service: 'reg',
      scope: 'repository:shop/web:pull',
    });
  });

  it('shows the password to the token server alone', async () => {
    server.answer(guarded(bearer, json({ access_token: 'a.b-c' })));
    await fetchWeb(':1.0.0', LOGIN);
    expect(server.seen.map(({ headers }) => headers.authorization)).toEqual([undefined, BASIC, TOKEN, TOKEN, TOKEN]);
  });

  it('exchanges an identity token', async () => {
    const { host } = new URL(server.url);
    home = write({ '.docker/config.json': JSON.stringify({ auths: { [host]: { identitytoken: 'refresh me' } } }) });
    server.answer(guarded(bearer, json({ access_token: 'a.b-c' })));
    await fetchWeb(':1.0.0');
    expect(tokenRequests()[0]).toMatchObject({ method: 'POST' });
    expect(Object.fromEntries(new URLSearchParams(tokenRequests()[0]?.body))).toMatchObject({
      grant_type: 'refresh_token',
      refresh_token: 'refresh me',
      scope: 'repository:shop/web:pull',
    });
  });

  it('does not send an identity token where a redirect leads', async () => {
    const { host } = new URL(server.url);
    home = write({ '.docker/config.json': JSON.stringify({ auths: { [host]: { identitytoken: 'refresh me' } } }) });
    server.answer(guarded(bearer, (_, response) => void response.writeHead(307, { location: elsewhere.url }).end()));
    expect(await failureOf(fetchWeb(':1.0.0'))).toMatchObject({ code: 'CHART_ANSWER_INVALID' });
    expect(elsewhere.seen).toEqual([]);
  });

  it.each([
    ['no JSON', (_: SeenRequest, response: Parameters<Answer>[1]) => void response.writeHead(200).end('<html>')],
    ['no token', json({})],
    ['a token with a line break', json({ token: 'a\r\nx-header: b' })],
  ])('refuses %s', async (_, tokens) => {
    server.answer(guarded(bearer, tokens));
    expect(await failureOf(fetchWeb(':1.0.0'))).toMatchObject({ code: 'CHART_ANSWER_INVALID' });
  });

  it('says so when the token is not enough, without asking for another', async () => {
    server.answer(guarded(bearer, json({ token: 'other' })));
    const error = await failureOf(fetchWeb(':1.0.0', LOGIN));
    expect(error).toMatchObject({ code: 'REGISTRY_DENIED', details: { answered: 401, identified: 'yes' } });
    expect(JSON.stringify(error.details)).not.toContain('secret');
    expect(tokenRequests()).toHaveLength(1);
  });

  it('says so when there is nobody to ask as', async () => {
    server.answer(guarded(() => 'Basic realm="x"', json({})));
    expect(await failureOf(fetchWeb(':1.0.0'))).toMatchObject({
      code: 'REGISTRY_DENIED',
      details: { identified: 'no' },
    });
    expect(server.seen).toHaveLength(1);
  });
});
