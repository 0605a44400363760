import { isRecord, NaruError } from '@naru/core';
import { addressOf } from './address.ts';
import { readChallenge } from './challenge.ts';
import type { FetchOptions } from './fetch-options.ts';
import { type HttpAnswer, type HttpClient, refuseAnswer } from './http.ts';
import { basic, type Login, registryLogin } from './login.ts';

/** Reads one repository of a registry (OCI distribution), and shows credentials when it is asked for them. */
export interface RegistryClient {
  /** What stands at `path` below the repository, such as `manifests/1.0.0`. */
  readonly get: (path: string, wanted: { accept?: string; limitBytes: number }) => Promise<HttpAnswer>;
}

interface Repository {
  readonly host: string;
  readonly path: string;
}

const TOKEN_LIMIT_BYTES = 1024 * 1024;

/** Opens nothing; the credentials that other tools keep are read when the registry wants some. */
export function registryClient({ host, path }: Repository, http: HttpClient, options: FetchOptions): RegistryClient {
  const base = new URL(`${options.plainHttp === true ? 'http' : 'https'}://${serverOf(host)}/v2/${path}/`);
  let authorization: string | undefined;
  return {
    get: async (below, wanted) => {
      const url = new URL(below, base);
      let answer = await http.send({ url, ours: true, authorization, ...wanted });
      // A blob store that the registry leads to may refuse, too; what it asks for is not ours to give.
      if (answer.status === 401 && answer.own && authorization === undefined) {
        const login = await registryLogin(host, options);
        const challenge = readChallenge(answer.headers['www-authenticate']);
        if (challenge?.scheme === 'bearer') {
          const scope = challenge.scope === '' ? `repository:${path}:pull` : challenge.scope;
          authorization = await fetchToken({ ...challenge, scope }, login, { http, registry: base });
        } else if (challenge?.scheme === 'basic' && login !== undefined) authorization = basic(login);
        if (authorization !== undefined) answer = await http.send({ url, ours: true, authorization, ...wanted });
        else refuseAnswer(answer, url, false);
      }
      refuseAnswer(answer, url, authorization !== undefined);
      return answer;
    },
  };
}

/** Docker's registry does not live at its own name. */
function serverOf(host: string): string {
  return host === 'docker.io' ? 'registry-1.docker.io' : host;
}

interface Wanted {
  readonly realm: string;
  readonly service: string;
  readonly scope: string;
}

async function fetchToken(
  { realm, service, scope }: Wanted,
  login: Login | undefined,
  { http, registry }: { readonly http: HttpClient; readonly registry: URL },
): Promise<string> {
  const refuse = (reason: string): never => {
    throw new NaruError('CHART_ANSWER_INVALID', { address: addressOf(registry), reason });
  };
  if (!URL.canParse(realm)) return refuse('the realm of its tokens is no address');
  const url = new URL(realm);
  if (registry.protocol === 'https:' && url.protocol !== 'https:') refuse('the realm of its tokens is not encrypted');
  const ours = url.origin === registry.origin;
  const question = { ...(service === '' ? {} : { service }), scope };
  let answer: HttpAnswer;
  if (login?.identityToken !== undefined) {
    const exchange = { grant_type: 'refresh_token', refresh_token: login.identityToken, client_id: 'naru' };
    const form = new URLSearchParams({ ...exchange, ...question });
    answer = await http.send({ url, ours, form, limitBytes: TOKEN_LIMIT_BYTES });
  } else {
    for (const [name, value] of Object.entries(question)) url.searchParams.append(name, value);
    const authorization = login === undefined ? undefined : basic(login);
    answer = await http.send({ url, ours, authorization, limitBytes: TOKEN_LIMIT_BYTES });
  }
  refuseAnswer(answer, url, login !== undefined);
  const token = tokenIn(Buffer.from(answer.body).toString('utf8'));
  return token === undefined ? refuse(`${addressOf(url)} gives no token`) : `Bearer ${token}`;
}

function tokenIn(text: string): string | undefined {
  try {
    const content: unknown = JSON.parse(text);
    if (!isRecord(content)) return undefined;
    // A line break would end the header.
    return [content['token'], content['access_token']].find(
      (token) => typeof token === 'string' && /^[!-~]+$/.test(token),
    ) as string | undefined;
  } catch {
    return undefined;
  }
}
