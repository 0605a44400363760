import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { NaruError } from '@naru/core';
import type { Environment } from '../control-plane.ts';

/** Programs that cannot be built from Go modules, and the Debian packages that bring them. */
const TOOLS: Readonly<Record<string, string>> = {
  ip: 'iproute2',
  iptables: 'iptables',
  mount: 'mount',
  runc: 'runc',
  unshare: 'util-linux',
};
const NETWORK_PLUGINS = ['bridge', 'host-local', 'loopback', 'portmap'];
const NETWORK_PLUGINS_PACKAGE = 'containernetworking-plugins';
const NETWORK_PLUGIN_FOLDERS = ['/usr/lib/cni', '/opt/cni/bin'];
/** Where Debian keeps administrators' programs, which the PATH of a service may leave out. */
const SYSTEM_FOLDERS = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/** Where a host keeps what a node needs. */
export interface NodeHost {
  readonly path: string;
  readonly runc: string;
  readonly networkPlugins: string;
}

/** Facts about this process and its host that decide whether it may run a node. */
export interface HostFacts {
  readonly platform: string;
  readonly uid: number | undefined;
  readonly systemFolders: readonly string[];
  readonly networkPluginFolders: readonly string[];
}

const THIS_HOST: HostFacts = {
  platform: process.platform,
  uid: process.getuid?.(),
  systemFolders: SYSTEM_FOLDERS,
  networkPluginFolders: NETWORK_PLUGIN_FOLDERS,
};

/**
 * Checks, before anything is fetched or started, that this host can run real pods. Everything that is missing is
 * named at once. Refuses on other systems than Linux and without root: there is no quiet fallback to less.
 */
export async function requireNodeHost(
  environment: Environment,
  { platform, uid, systemFolders, networkPluginFolders }: HostFacts = THIS_HOST,
): Promise<NodeHost> {
  if (platform !== 'linux' || uid !== 0) throw new NaruError('NODE_LEVEL_UNSUPPORTED', { platform });
  const folders = [...new Set([...(environment['PATH'] ?? '').split(delimiter), ...systemFolders])].filter(Boolean);
  const missing = new Map<string, string>();
  for (const [tool, debian] of Object.entries(TOOLS)) {
    if ((await findIn(folders, tool)) === undefined) missing.set(tool, debian);
  }
  const bridge = await findIn(networkPluginFolders, NETWORK_PLUGINS[0] ?? '');
  const networkPlugins = bridge === undefined ? undefined : join(bridge, '..');
  for (const plugin of NETWORK_PLUGINS) {
    const found = networkPlugins !== undefined && (await findIn([networkPlugins], plugin)) !== undefined;
    if (!found) missing.set(`CNI plugin ${plugin}`, NETWORK_PLUGINS_PACKAGE);
  }
  const runc = await findIn(folders, 'runc');
  if (missing.size > 0 || networkPlugins === undefined || runc === undefined) {
    const packages = [...new Set(missing.values())].join(' ');
    throw new NaruError('NODE_TOOLS_MISSING', { tools: [...missing.keys()].join(', '), packages });
  }
  return { path: folders.join(delimiter), runc, networkPlugins };
}

async function findIn(folders: readonly string[], name: string): Promise<string | undefined> {
  for (const folder of folders) {
    const path = join(folder, name);
    const usable = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (usable) return path;
  }
  return undefined;
}
