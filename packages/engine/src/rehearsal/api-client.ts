import { setTimeout as delay } from 'node:timers/promises';
import { Agent, request } from 'undici';
import type { Credentials } from './credentials.ts';

/** What Naru needs to ask its own control plane while it starts and feeds it. Platforms are delivered by `kube`. */
export interface ApiClient {
  /** The answer of a `GET`, or undefined when the server does not have it or cannot be reached yet. */
  find(path: string): Promise<unknown>;
  /** Creates an object; one that exists already is left as it is. */
  create(path: string, object: object): Promise<void>;
  /** Deletes an object; one that is gone already is fine. */
  remove(path: string): Promise<void>;
  /** Calls `onChange` on every change below `path` until the signal ends it; a watch that breaks is opened again. */
  watch(path: string, onChange: () => void, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

const REQUEST_TIMEOUT_MS = 5000;
const REWATCH_DELAY_MS = 250;

export function connectApi(server: string, { authority, token }: Credentials): ApiClient {
  const dispatcher = new Agent({ connect: { ca: authority }, connectTimeout: REQUEST_TIMEOUT_MS });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };

  async function send(method: 'DELETE' | 'POST', path: string, body: object | null, allowed: number): Promise<void> {
    const text = body === null ? null : JSON.stringify(body);
    const options = { dispatcher, headers, method, body: text, headersTimeout: REQUEST_TIMEOUT_MS } as const;
    const response = await request(server + path, options);
    const answer = await response.body.text();
    if (response.statusCode >= 300 && response.statusCode !== allowed) {
      throw new Error(`${method} ${path} of the rehearsal answered ${response.statusCode}: ${answer}`);
    }
  }

  async function watchOnce(path: string, onChange: () => void, signal: AbortSignal): Promise<void> {
    const options = { dispatcher, headers, signal, headersTimeout: REQUEST_TIMEOUT_MS, bodyTimeout: 0 };
    const response = await request(`${server}${path}?watch=true`, options);
    for await (const _chunk of response.body) onChange();
  }

  return {
    async find(path) {
      try {
        const options = { dispatcher, headers, headersTimeout: REQUEST_TIMEOUT_MS };
        const { statusCode, body } = await request(server + path, options);
        const text = await body.text();
        if (statusCode !== 200) return undefined;
        return text.startsWith('{') ? JSON.parse(text) : text;
      } catch {
        return undefined; // not listening yet, or no longer
      }
    },
    create: (path, object) => send('POST', path, object, 409),
    remove: (path) => send('DELETE', path, null, 404),
    async watch(path, onChange, signal) {
      while (!signal.aborted) {
        await watchOnce(path, onChange, signal).catch(() => undefined);
        await delay(REWATCH_DELAY_MS, undefined, { signal, ref: false }).catch(() => undefined);
      }
    },
    close: () => dispatcher.destroy(),
  };
}
