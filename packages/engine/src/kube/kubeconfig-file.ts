import { dirname, resolve } from 'node:path';
import { readSections, type Section } from './kubeconfig-reader.ts';

/** Bytes that stand in the kubeconfig itself, or in a file that it names. */
export type Material = { readonly data: Buffer } | { readonly file: string };

export interface ClusterEntry {
  readonly server: string;
  readonly serverName: string | undefined;
  readonly authority: Material | undefined;
  readonly insecure: boolean;
  readonly proxyUrl: string | undefined;
  readonly compressed: boolean;
}

export interface ExecEntry {
  readonly apiVersion: string;
  /** Absolute, or a name that is looked for in PATH. */
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly installHint: string;
  readonly provideClusterInfo: boolean;
  readonly interactiveMode: 'Never' | 'IfAvailable' | 'Always';
}

export interface Impersonation {
  readonly user: string;
  readonly uid: string | undefined;
  readonly groups: readonly string[];
  readonly extra: Readonly<Record<string, readonly string[]>>;
}

export interface UserEntry {
  readonly certificate: Material | undefined;
  readonly key: Material | undefined;
  readonly token: string | undefined;
  readonly tokenFile: string | undefined;
  readonly basic: { readonly username: string; readonly password: string } | undefined;
  readonly exec: ExecEntry | undefined;
  readonly provider: { readonly name: string; readonly config: Readonly<Record<string, string>> } | undefined;
  readonly impersonation: Impersonation | undefined;
}

/** Someone who shows nothing. */
export const ANONYMOUS: UserEntry = {
  certificate: undefined,
  key: undefined,
  token: undefined,
  tokenFile: undefined,
  basic: undefined,
  exec: undefined,
  provider: undefined,
  impersonation: undefined,
};

export interface ContextEntry {
  readonly cluster: string;
  readonly user: string;
  readonly namespace: string | undefined;
}

/** What kubeconfig files say, by name. Paths are absolute. */
export interface Kubeconfig {
  readonly currentContext: string | undefined;
  readonly clusters: ReadonlyMap<string, ClusterEntry>;
  readonly users: ReadonlyMap<string, UserEntry>;
  readonly contexts: ReadonlyMap<string, ContextEntry>;
}

/** Reads one file's text. Relative paths in it are relative to it. */
export function parseKubeconfig(file: string, text: string): Kubeconfig {
  const root = readSections(file, text);
  const directory = dirname(resolve(file));
  return {
    currentContext: root.text('current-context') || undefined,
    clusters: byName(root.sections('clusters'), (entry) => clusterOf(entry.section('cluster'), directory, entry)),
    users: byName(root.sections('users'), (entry) => userOf(entry.section('user'), directory)),
    contexts: byName(root.sections('contexts'), (entry) => contextOf(entry.section('context'))),
  };
}

/** Of two files that say the same name, the first is believed, as `kubectl` does. */
export function mergeKubeconfigs(files: readonly Kubeconfig[]): Kubeconfig {
  const merged = <T>(pick: (file: Kubeconfig) => ReadonlyMap<string, T>): ReadonlyMap<string, T> =>
    new Map(files.toReversed().flatMap((file) => Array.from(pick(file))));
  return {
    currentContext: files.find((file) => file.currentContext !== undefined)?.currentContext,
    clusters: merged((file) => file.clusters),
    users: merged((file) => file.users),
    contexts: merged((file) => file.contexts),
  };
}

function byName<T>(entries: readonly Section[], read: (entry: Section) => T): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  for (const entry of entries) {
    const name = entry.text('name');
    if (name === undefined) throw entry.refuse('name', 'an entry without a name');
    found.set(name, read(entry));
  }
  return found;
}

function clusterOf(section: Section | undefined, directory: string, entry: Section): ClusterEntry {
  const server = section?.text('server') ?? '';
  if (section === undefined || server === '') throw entry.refuse('cluster', 'a cluster without a server');
  if (!URL.canParse(server) || !/^https?:$/u.test(new URL(server).protocol)) {
    throw section.refuse('server', 'server must be an http or https address');
  }
  const proxyUrl = section.text('proxy-url') || undefined;
  if (proxyUrl !== undefined && !isProxyAddress(proxyUrl)) {
    throw section.refuse('proxy-url', 'proxy-url must be an http, https or socks5 address');
  }
  return {
    server: server.replace(/\/+$/u, ''),
    serverName: section.text('tls-server-name'),
    authority: materialOf(section, 'certificate-authority', directory),
    insecure: section.flag('insecure-skip-tls-verify'),
    proxyUrl,
    compressed: !section.flag('disable-compression'),
  };
}

function userOf(section: Section | undefined, directory: string): UserEntry {
  const username = section?.text('username');
  const tokenFile = section?.text('tokenFile') || undefined;
  const provider = section?.section('auth-provider');
  const config = provider?.section('config');
  return {
    certificate: section && materialOf(section, 'client-certificate', directory),
    key: section && materialOf(section, 'client-key', directory),
    token: section?.text('token') || undefined,
    tokenFile: tokenFile && resolve(directory, tokenFile),
    basic: username ? { username, password: section?.text('password') ?? '' } : undefined,
    exec: section && execOf(section.section('exec'), directory),
    provider: provider && {
      name: provider.text('name') ?? '',
      config: Object.fromEntries(config?.keys.map((key) => [key, config.text(key) ?? '']) ?? []),
    },
    impersonation: section && impersonationOf(section),
  };
}

function contextOf(section: Section | undefined): ContextEntry {
  return {
    cluster: section?.text('cluster') ?? '',
    user: section?.text('user') ?? '',
    namespace: section?.text('namespace') || undefined,
  };
}

function execOf(section: Section | undefined, directory: string): ExecEntry | undefined {
  if (section === undefined) return undefined;
  const command = section.text('command') ?? '';
  if (command === '') throw section.refuse('command', 'a credential plugin without a command');
  const mode = section.text('interactiveMode') ?? 'IfAvailable';
  if (mode !== 'Never' && mode !== 'IfAvailable' && mode !== 'Always') {
    throw section.refuse('interactiveMode', 'interactiveMode must be Never, IfAvailable or Always');
  }
  return {
    apiVersion: section.text('apiVersion') ?? 'client.authentication.k8s.io/v1',
    command: /[/\\]/u.test(command) ? resolve(directory, command) : command,
    args: section.texts('args'),
    env: Object.fromEntries(section.sections('env').map((item) => [item.text('name') ?? '', item.text('value') ?? ''])),
    installHint: section.text('installHint')?.trim() ?? '',
    provideClusterInfo: section.flag('provideClusterInfo'),
    interactiveMode: mode,
  };
}

function impersonationOf(section: Section): Impersonation | undefined {
  const user = section.text('as');
  if (!user) return undefined;
  const extra = section.section('as-user-extra');
  return {
    user,
    uid: section.text('as-uid'),
    groups: section.texts('as-groups'),
    extra: Object.fromEntries(extra?.keys.map((key) => [key, extra.texts(key)]) ?? []),
  };
}

/** Data in the file wins over the path of another file, as it does for `kubectl`. */
function materialOf(section: Section, key: string, directory: string): Material | undefined {
  const data = section.text(`${key}-data`);
  if (data) {
    if (!/^[A-Za-z0-9+/\s]+={0,2}\s*$/u.test(data)) throw section.refuse(`${key}-data`, `${key}-data must be base64`);
    return { data: Buffer.from(data, 'base64') };
  }
  const file = section.text(key);
  return file ? { file: resolve(directory, file) } : undefined;
}

/** A proxy that connections can be made through. */
export function isProxyAddress(text: string): boolean {
  return URL.canParse(text) && /^(?:https?|socks5):$/u.test(new URL(text).protocol) && new URL(text).hostname !== '';
}
