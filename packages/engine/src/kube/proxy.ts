import { BlockList, isIP } from 'node:net';
import { NaruError } from '@naru/core';
import { type ClusterEntry, isProxyAddress } from './kubeconfig-file.ts';
import type { Environment } from './target.ts';

/**
 * The proxy on the way to a cluster or another server. What the kubeconfig says holds always; the variables of the environment leave out loopback
 * addresses and what NO_PROXY names, as they do for `kubectl`.
 */
export function proxyFor(
  cluster: Pick<ClusterEntry, 'server' | 'proxyUrl'>,
  environment: Environment,
): string | undefined {
  if (cluster.proxyUrl !== undefined) return cluster.proxyUrl;
  const server = new URL(cluster.server);
  const variable = server.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const proxy = read(environment, variable);
  if (proxy === '') return undefined;
  const host = server.hostname.replace(/^\[|\]$/gu, '').toLowerCase();
  if (isLoopback(host)) return undefined;
  const port = server.port || (server.protocol === 'https:' ? '443' : '80');
  const exempt = read(environment, 'NO_PROXY')
    .split(/[\s,]+/u)
    .some((rule) => matches(rule.toLowerCase(), host, port));
  if (exempt) return undefined;
  const address = proxy.includes('://') ? proxy : `http://${proxy}`;
  // The value is not repeated: it may hold a password.
  if (!isProxyAddress(address)) throw new NaruError('PROXY_MALFORMED', { variable });
  return address;
}

function read(environment: Environment, name: string): string {
  return environment[name] ?? environment[name.toLowerCase()] ?? '';
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/** One entry of NO_PROXY: `*`, an address, a range of addresses, a domain with its subdomains; each with a port or without. */
function matches(rule: string, host: string, port: string): boolean {
  if (rule === '') return false;
  if (rule === '*') return true;
  if (rule.includes('/')) return inRange(rule, host);
  const [, name = rule, only] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/u.exec(rule) ?? [];
  if (only !== undefined && only !== port) return false;
  const bare = name.replace(/^\[|\]$/gu, '').replace(/^\*\./u, '.');
  if (bare === '') return false;
  return bare.startsWith('.') ? host.endsWith(bare) : host === bare || host.endsWith(`.${bare}`);
}

function inRange(rule: string, host: string): boolean {
  const [network = '', prefix = ''] = rule.split('/');
  const family = isIP(network);
  if (family === 0 || isIP(host) !== family || !/^\d+$/u.test(prefix)) return false;
  if (Number(prefix) > (family === 4 ? 32 : 128)) return false;
  const range = new BlockList();
  const kind = family === 4 ? 'ipv4' : 'ipv6';
  range.addSubnet(network, Number(prefix), kind);
  return range.check(host, kind);
}
