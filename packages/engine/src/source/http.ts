import { type Dispatcher, request as send } from 'undici';
import { NaruError } from '@naru/core';
import { pause, repetitionDelayMs } from '../kube/backoff.ts';
import { networkFault } from '../kube/network-error.ts';
import { addressOf } from './address.ts';
import { type Connections, openConnections } from './connections.ts';
import type { FetchOptions } from './fetch-options.ts';

export interface HttpRequest {
  readonly url: URL;
  /** Whether this is the server that the credentials of the options are meant for. */
  readonly ours: boolean;
  readonly accept?: string;
  /** Shown to the origin of `url` alone, unless the options let it go on to where that leads. */
  readonly authorization?: string | undefined;
  /** Sent with POST. */
  readonly form?: URLSearchParams;
  /** What the answer may hold; more is refused with `CHART_TOO_LARGE` before it is read. */
  readonly limitBytes: number;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Uint8Array;
  /** Whether the origin that was asked said this itself, and not one that it led to. */
  readonly own: boolean;
}

export interface HttpClient {
  /**
   * Asks, follows redirects, and asks again when that may help. Gives what was found, and the answers 401, 403 and 404, which
   * mean something to whoever asks; every other failure is thrown.
   */
  readonly send: (request: HttpRequest) => Promise<HttpAnswer>;
  readonly close: () => Promise<void>;
}

const SILENCE_MS = 60_000;
const REDIRECTIONS_AT_MOST = 10;
const PASSING = new Set([429, 502, 503, 504]);
const REDIRECTIONS = new Set([301, 302, 303, 307, 308]);
const MEANT = new Set([401, 403, 404]);

/** Opens no connection yet; reads the certificates that the options name. */
export async function openHttp(options: FetchOptions): Promise<HttpClient> {
  const connections = await openConnections(options);
  return {
    send: async (request) => {
      let hop: Hop = { url: request.url, asked: true };
      for (let count = 0; count <= REDIRECTIONS_AT_MOST; count += 1) {
        const answer = await repeated(request, hop, { options, connections });
        if (!REDIRECTIONS.has(answer.status)) return settled(answer, hop);
        hop = nextHop(answer, hop, { request, options });
      }
      throw invalid(request.url, `it redirects more than ${REDIRECTIONS_AT_MOST} times`);
    },
    close: () => connections.close(),
  };
}

interface Hop {
  readonly url: URL;
  /** The origin that was asked, or one that credentials may be passed to. */
  readonly asked: boolean;
}

interface Way {
  readonly options: FetchOptions;
  readonly connections: Connections;
}

type Raw = Omit<HttpAnswer, 'own'>;

async function repeated(request: HttpRequest, hop: Hop, way: Way): Promise<Raw> {
  const { signal } = way.options;
  for (let count = 1; ; count += 1) {
    const { answer, failure, passing } = await once(request, hop, way);
    if (answer !== undefined && !PASSING.has(answer.status)) return answer;
    const asked = Number(answer?.headers['retry-after'] ?? 0);
    const delay = passing ? repetitionDelayMs(count, Number.isFinite(asked) ? asked : 0, Math.random()) : undefined;
    if (delay === undefined) throw failure;
    await pause(delay, signal);
  }
}

interface Outcome {
  readonly answer?: Raw;
  readonly failure: NaruError | undefined;
  readonly passing: boolean;
}

async function once(request: HttpRequest, hop: Hop, { options, connections }: Way): Promise<Outcome> {
  const { signal, insecure = false } = options;
  signal?.throwIfAborted();
  const dispatcher = connections.to(hop.url, request.ours && hop.asked);
  const { form } = request;
  try {
    const response = await send(hop.url, {
      dispatcher,
      method: form === undefined ? 'GET' : 'POST',
      body: form === undefined ? null : form.toString(),
      headers: {
        'user-agent': 'naru',
        accept: request.accept ?? '*/*',
        ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
        ...(hop.asked && request.authorization !== undefined ? { authorization: request.authorization } : {}),
      },
      headersTimeout: SILENCE_MS,
      bodyTimeout: SILENCE_MS,
      signal: signal ?? null,
    });
    const { statusCode: status, headers } = response;
    const body = await readBody(response, hop.url, request.limitBytes);
    const failure = new NaruError('CHART_UNREACHABLE', { address: addressOf(hop.url), reason: `it answers ${status}` });
    return { answer: { status, headers, body }, failure, passing: PASSING.has(status) };
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof NaruError) throw error;
    const { kind, reason, passing } = networkFault(error);
    const address = addressOf(hop.url);
    const code = kind === 'untrusted' && !insecure ? 'CHART_SERVER_UNTRUSTED' : 'CHART_UNREACHABLE';
    return { failure: new NaruError(code, { address, reason }, { cause: error }), passing };
  }
}

async function readBody({ headers, body }: Dispatcher.ResponseData, url: URL, limitBytes: number): Promise<Uint8Array> {
  const tooLarge = (): NaruError => {
    body.destroy();
    return new NaruError('CHART_TOO_LARGE', { address: addressOf(url), limitBytes });
  };
  // Nobody is left to hear what a destroyed body complains about.
  body.on('error', () => undefined);
  if (Number(headers['content-length'] ?? 0) > limitBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > limitBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function settled(answer: Raw, { url, asked }: Hop): HttpAnswer {
  const { status } = answer;
  if ((status >= 200 && status < 300) || MEANT.has(status)) return { ...answer, own: asked };
  throw new NaruError('CHART_UNREACHABLE', { address: addressOf(url), reason: `it answers ${status}` });
}

function nextHop(
  { headers }: Raw,
  { url }: Hop,
  { request, options }: { readonly request: HttpRequest; readonly options: FetchOptions },
): Hop {
  const { location } = headers;
  // A login holds a secret in its body.
  if (request.form !== undefined) throw invalid(url, 'it redirects a login');
  if (typeof location !== 'string' || !URL.canParse(location, url)) throw invalid(url, 'it redirects to nowhere');
  const next = new URL(location, url);
  if (!['http:', 'https:'].includes(next.protocol)) throw invalid(url, `it redirects to ${next.protocol}`);
  if (url.protocol === 'https:' && next.protocol === 'http:') {
    throw invalid(url, `it redirects to ${addressOf(next)}, which is not encrypted`);
  }
  return { url: next, asked: options.passCredentials === true || next.origin === request.url.origin };
}

function invalid(url: URL, reason: string): NaruError {
  return new NaruError('CHART_ANSWER_INVALID', { address: addressOf(url), reason });
}

/** Throws what an answer means that is none of the things asked for. */
export function refuseAnswer({ status, own }: HttpAnswer, url: URL, identified: boolean): void {
  const address = addressOf(url);
  if (status === 404) throw new NaruError('CHART_ABSENT', { address });
  if (status !== 401 && status !== 403) return;
  const known = identified && own ? 'yes' : 'no';
  throw new NaruError('REGISTRY_DENIED', { address, answered: status, identified: known });
}
