import { join } from 'node:path';
import type { ApiClient } from './api-client.ts';
import type { Credentials } from './credentials.ts';
import type { Level } from './control-plane.ts';
import { launchBinary, waitUntilReady, type Launch } from './launch.ts';

export interface ApiServerOptions {
  readonly level: Level;
  readonly address: string;
  readonly port: number;
  readonly serviceRange: string;
  readonly credentials: Credentials;
  /** Tests use it to make the server fail. */
  readonly extraArgs: readonly string[];
}

/** Addresses that a Service can get where nobody routes them. */
export const SIMULATED_SERVICE_RANGE = '10.96.0.0/16';

/**
 * Starts etcd and the API server side by side: the server tries again until etcd answers. etcd listens on sockets in
 * the private directory alone, so no other user of the host can reach it and no port can clash.
 */
export function launchApiServer(launch: Launch, options: ApiServerOptions): void {
  const socket = `unix://${join(launch.directory, 'etcd.sock')}`;
  // etcd wants `host:port` here, even of a socket, and takes it for a path in its working directory.
  const [peer, advertised] = ['unix://peer:1', 'unix://client:1'];
  launchBinary(launch, 'etcd', [
    `--data-dir=${join(launch.directory, 'etcd')}`,
    '--name=rehearsal',
    '--unsafe-no-fsync',
    '--log-level=warn',
    `--listen-client-urls=${socket}`,
    `--advertise-client-urls=${advertised}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=rehearsal=${peer}`,
  ]);
  launchBinary(launch, 'kube-apiserver', apiServerArgs(socket, options));
}

export async function waitForApiServer(launch: Launch, client: ApiClient): Promise<void> {
  await waitUntilReady(launch, ['kube-apiserver', 'etcd'], async () => (await client.find('/readyz')) === 'ok');
}

function apiServerArgs(etcd: string, options: ApiServerOptions): string[] {
  const { level, address, port, serviceRange, credentials, extraArgs } = options;
  const pki = (name: string): string => join(credentials.directory, name);
  return [
    `--etcd-servers=${etcd}`,
    `--bind-address=${address}`,
    `--advertise-address=${address}`,
    `--secure-port=${port}`,
    `--service-cluster-ip-range=${serviceRange}`,
    `--cert-dir=${credentials.directory}`,
    `--tls-cert-file=${pki('server.crt')}`,
    `--tls-private-key-file=${pki('server.key')}`,
    `--client-ca-file=${pki('ca.crt')}`,
    `--token-auth-file=${pki('tokens.csv')}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-signing-key-file=${pki('service-accounts.key')}`,
    `--service-account-key-file=${pki('service-accounts.pub')}`,
    `--kubelet-client-certificate=${pki('kubelet-client.crt')}`,
    `--kubelet-client-key=${pki('kubelet-client.key')}`,
    '--kubelet-preferred-address-types=InternalIP,Hostname',
    '--authorization-mode=Node,RBAC',
    '--allow-privileged=true',
    // A loopback address is no legal endpoint; the reconciler would log an error every ten seconds.
    ...(address.startsWith('127.') ? ['--endpoint-reconciler-type=none'] : []),
    // Without the controller manager nobody makes the default ServiceAccount that this plugin insists on.
    ...(level === 'api' ? ['--disable-admission-plugins=ServiceAccount'] : []),
    ...extraArgs,
  ];
}
