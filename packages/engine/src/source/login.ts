import { homedir } from 'node:os';
import { join } from 'node:path';
import { isRecord } from '@naru/core';
import type { Environment } from '../kube/target.ts';
import type { FetchOptions } from './fetch-options.ts';
import { knownRepositories } from './helm-repositories.ts';
import { helmFolder, readKept } from './kept-file.ts';

/** Who asks a server of charts. */
export interface Login {
  readonly username: string;
  readonly password: string;
  /** Stands for both with some registries: it is exchanged for a token. */
  readonly identityToken: string | undefined;
}

/** The options' user for a repository, else the one in its address, else the one that `helm repo add` has left for it. */
export async function repositoryLogin(url: URL, options: FetchOptions): Promise<Login | undefined> {
  const { username, password, environment } = options;
  if (username !== undefined) return { username, password: password ?? '', identityToken: undefined };
  if (url.username === '') return await knownRepository(url, environment);
  const [user, secret] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
  return { username: user, password: secret, identityToken: undefined };
}

async function knownRepository(url: URL, environment: Environment): Promise<Login | undefined> {
  const bare = (address: string): string => address.replace(/\/+$/, '');
  const known = (await knownRepositories(environment)).find((one) => bare(one.url) === bare(url.href));
  if (known === undefined || known.username === '') return undefined;
  return { username: known.username, password: known.password, identityToken: undefined };
}

/**
 * The options' user for a registry, else the one that Helm or Docker keeps for this host in its own file.
 *
 * Throws `CHART_SERVER_MATERIAL_UNUSABLE` for a file of theirs that cannot be read; its content is not repeated.
 */
export async function registryLogin(host: string, options: FetchOptions): Promise<Login | undefined> {
  const { username, password, environment } = options;
  if (username !== undefined) return { username, password: password ?? '', identityToken: undefined };
  for (const file of keptLogins(environment)) {
    const content = await readKept(file, 'JSON', JSON.parse);
    const found = loginIn(isRecord(content) ? content['auths'] : undefined, host);
    if (found !== undefined) return found;
  }
  return undefined;
}

export function basic({ username, password }: Login): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

/** Helm's file first, as Helm itself does. */
function keptLogins(environment: Environment): readonly string[] {
  const { HELM_REGISTRY_CONFIG, DOCKER_CONFIG, HOME = homedir() } = environment;
  return [
    HELM_REGISTRY_CONFIG ?? join(helmFolder(environment), 'registry', 'config.json'),
    join(DOCKER_CONFIG ?? join(HOME, '.docker'), 'config.json'),
  ];
}

/** Docker's name for its own registry. */
const DOCKER_HUB = 'https://index.docker.io/v1/';

function loginIn(auths: unknown, host: string): Login | undefined {
  if (!isRecord(auths)) return undefined;
  const names = host === 'docker.io' ? [DOCKER_HUB, host] : [host, `https://${host}`, `http://${host}`];
  const entry = names.map((name) => auths[name]).find(isRecord);
  if (entry === undefined) return undefined;
  const text = (name: string): string => (typeof entry[name] === 'string' ? entry[name] : '');
  const decoded = Buffer.from(text('auth'), 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  const [username, password] =
    colon === -1 ? [text('username'), text('password')] : [decoded.slice(0, colon), decoded.slice(colon + 1)];
  const identityToken = text('identitytoken') === '' ? undefined : text('identitytoken');
  // Docker leaves an empty entry where a program keeps the password.
  return username === '' && identityToken === undefined ? undefined : { username, password, identityToken };
}
