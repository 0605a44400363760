import { request as send, type Dispatcher } from 'undici';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { NaruError } from '@naru/core';
import { pause, repetitionDelayMs } from './backoff.ts';
import type { ConnectionPool } from './connection-pool.ts';
import { identityHeaders } from './credential.ts';
import type { Credential, Identity } from './identity.ts';
import { isObject, type JsonObject } from './json-value.ts';
import type { Impersonation } from './kubeconfig-file.ts';
import { setbackOf, type Setback } from './network-error.ts';
import { plainText } from './plain-text.ts';
import type { KubeRequest } from './request.ts';
import { errorFromStatus } from './status-error.ts';
import { tokenExpiryMs } from './web-token.ts';

export interface TransportOptions {
  readonly server: string;
  readonly credential: Credential;
  readonly impersonation: Impersonation | undefined;
  readonly openPool: (identity: Identity) => ConnectionPool;
  /** How long the server may stay silent, before its answer and inside of it. */
  readonly timeoutSeconds: number;
  readonly compressed: boolean;
  /** Host and port of the proxy on the way. */
  readonly proxy: string | undefined;
  readonly random: () => number;
}

/** Sends requests, shows who asks, repeats what may be repeated, and turns every failure into a `NaruError`. */
export interface Transport {
  readonly server: string;
  json(request: KubeRequest): Promise<JsonObject>;
  /**
   * The body as it comes. Silence for `idleSeconds` ends it with `CLUSTER_SILENT`; 0 allows silence. What breaks inside of it is
   * not repeated: who reads it knows where to go on.
   */
  stream(request: KubeRequest, idleSeconds: number): Promise<AsyncIterable<Uint8Array>>;
  close(): Promise<void>;
}

type Outcome<T> = { readonly value: T } | (Setback & { readonly retryAfterSeconds?: number });
type Response = Dispatcher.ResponseData;

const unzip = promisify(gunzip);
/** Enough of an answer that is an error; a proxy may send whole pages. */
const LONGEST_REFUSAL = 1_000_000;

export function createTransport(options: TransportOptions): Transport {
  const exchange = createExchange(options);
  return {
    server: options.server,
    json: (request) =>
      repeated(options, request, async () => {
        const outcome = await exchange.send(request, options.timeoutSeconds);
        return 'value' in outcome ? readJson(options, request, outcome.value) : outcome;
      }),
    stream: async (request, idleSeconds) => {
      const response = await repeated(options, request, () => exchange.send(request, idleSeconds, 'stream'));
      return readChunks(options, request, { body: response.body, idleSeconds });
    },
    close: () => exchange.close(),
  };
}

async function repeated<T>(
  { random }: TransportOptions,
  { repeatable, signal }: KubeRequest,
  once: () => Promise<Outcome<T>>,
): Promise<T> {
  for (let count = 1; ; count += 1) {
    const outcome = await once();
    if ('value' in outcome) return outcome.value;
    const again = outcome.passing && (repeatable || outcome.unprocessed);
    const delay = again ? repetitionDelayMs(count, outcome.retryAfterSeconds ?? 0, random()) : undefined;
    if (delay === undefined) throw outcome.error;
    await pause(delay, signal);
  }
}

interface Exchange {
  send(request: KubeRequest, idleSeconds: number, lane?: 'request' | 'stream'): Promise<Outcome<Response>>;
  close(): Promise<void>;
}

/** One request, one answer. The pool changes with the client certificate, which a plugin may renew. */
function createExchange(options: TransportOptions): Exchange {
  const { server, credential, timeoutSeconds, proxy } = options;
  let open: { readonly pool: ConnectionPool; readonly identity: Identity } | undefined;
  const poolFor = (identity: Identity): ConnectionPool => {
    if (open?.identity.certificate !== identity.certificate || open?.identity.key !== identity.key) {
      open?.pool.retire();
      open = undefined;
    }
    open ??= { pool: options.openPool(identity), identity };
    return open.pool;
  };
  const exchange: Exchange = {
    send: async (request, idleSeconds, lane = 'request') => {
      for (let renewed = false; ; renewed = true) {
        const identity = await credential.current(request.signal);
        const pool = poolFor(identity);
        try {
          const response = await send(server + request.path, {
            ...messageOf(options, request, identity, lane),
            dispatcher: lane === 'stream' ? pool.streams : pool.requests,
            headersTimeout: timeoutSeconds * 1000,
            bodyTimeout: idleSeconds * 1000,
            signal: request.signal ?? null,
          });
          if (response.statusCode >= 200 && response.statusCode < 300) return { value: response };
          const refused = await readRefusal(options, request, response);
          if (response.statusCode === 401 && !renewed && credential.renew(identity)) continue;
          return response.statusCode === 401
            ? { ...refused, error: explainRefusal(server, identity, refused.error) }
            : refused;
        } catch (error) {
          request.signal?.throwIfAborted();
          return setbackOf(error, { server, action: request.action, timeoutSeconds, proxy });
        }
      }
    },
    close: async () => open?.pool.close(),
  };
  return exchange;
}

function messageOf(
  { impersonation, compressed }: TransportOptions,
  request: KubeRequest,
  identity: Identity,
  lane: 'request' | 'stream',
): Pick<Dispatcher.RequestOptions, 'method' | 'headers'> & { body: string | null } {
  return {
    method: request.method,
    headers: {
      accept: request.accept ?? 'application/json',
      'user-agent': 'naru',
      ...(compressed && lane === 'request' ? { 'accept-encoding': 'gzip' } : {}),
      ...(request.body === undefined ? {} : { 'content-type': request.contentType ?? 'application/json' }),
      ...identityHeaders(identity, impersonation),
    },
    body: request.body ?? null,
  };
}

async function readRefusal(
  { server }: TransportOptions,
  about: KubeRequest,
  response: Response,
): Promise<Setback & { retryAfterSeconds: number }> {
  const text = (await readText(response)).slice(0, LONGEST_REFUSAL);
  const asked = Number(response.headers['retry-after'] ?? 0);
  const retryAfterSeconds = Number.isFinite(asked) && asked > 0 ? asked : 0;
  const error = errorFromStatus(
    {
      server,
      code: response.statusCode,
      body: parsed(text) ?? text,
      ...(retryAfterSeconds > 0 ? { retryAfterSeconds } : {}),
    },
    about,
  );
  const passing = error.code === 'CLUSTER_BUSY' || error.code === 'CLUSTER_FAULTY';
  // A request that was turned away by flow control has not been looked at.
  return { error, passing, unprocessed: response.statusCode === 429, retryAfterSeconds };
}

/** A server only says "Unauthorized"; the token itself often says why. */
function explainRefusal(server: string, { token }: Identity, error: NaruError): NaruError {
  const expiry = token === undefined ? undefined : tokenExpiryMs(token);
  if (expiry === undefined || expiry > Date.now()) return error;
  return new NaruError('TOKEN_EXPIRED', { server, expiredAt: new Date(expiry).toISOString() }, { cause: error });
}

async function readJson(
  { server, timeoutSeconds, proxy }: TransportOptions,
  { action, signal }: KubeRequest,
  response: Response,
): Promise<Outcome<JsonObject>> {
  let text: string;
  try {
    text = await readText(response);
  } catch (error) {
    signal?.throwIfAborted();
    return setbackOf(error, { server, action, timeoutSeconds, proxy });
  }
  const value = parsed(text);
  if (isObject(value)) return { value };
  throw new NaruError('CLUSTER_ANSWER_UNREADABLE', {
    server,
    request: action,
    reason: `HTTP ${response.statusCode}: ${plainText(text).slice(0, 80)}`,
  });
}

async function readText({ body, headers }: Response): Promise<string> {
  if (headers['content-encoding'] !== 'gzip') return body.text();
  return (await unzip(Buffer.from(await body.arrayBuffer()))).toString('utf8');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function* readChunks(
  { server, proxy }: TransportOptions,
  { action, signal }: KubeRequest,
  { body, idleSeconds }: { readonly body: Response['body']; readonly idleSeconds: number },
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of body) yield chunk as Uint8Array;
  } catch (error) {
    signal?.throwIfAborted();
    throw setbackOf(error, { server, action, timeoutSeconds: idleSeconds, proxy }).error;
  }
}
