import type { KubeClient, RequestOptions, ServerVersion } from './client.ts';
import { openPool } from './connection-pool.ts';
import { credentialFor, readMaterial } from './credential.ts';
import { createDiscovery } from './discovery.ts';
import { textAt } from './json-value.ts';
import { asKubeObject } from './kube-answer.ts';
import type { KubeObject, ObjectName, ResourceType } from './kube-object.ts';
import { findTarget } from './kubeconfig.ts';
import { listObjects } from './list.ts';
import { podLogs } from './logs.ts';
import { proxyFor } from './proxy.ts';
import type { KubeRequest } from './request.ts';
import { describeObject, kindOf, resourcePath } from './resource-path.ts';
import type { Environment, Target } from './target.ts';
import { createTransport, type Transport } from './transport.ts';
import { watchObjects } from './watch.ts';
import { createWrites, isAbsence, placed } from './write.ts';

export interface ConnectOptions {
  /** A file that must exist. Without it: KUBECONFIG, then `.kube/config` at home, then the pod that this runs in. */
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
  readonly environment: Environment;
  /** The user's home folder, when there is one. */
  readonly home?: string | undefined;
  /** A person sits at the terminal: credential plugins may ask them. */
  readonly interactive?: boolean;
  /** How long the server may stay silent before a request fails with `CLUSTER_SILENT`; 60 when left out. */
  readonly timeoutSeconds?: number;
}

const TIMEOUT_SECONDS = 60;
const CONNECT_TIMEOUT_MS = 10_000;

/**
 * Finds out which cluster is meant and as whom, and reads the files that takes. Talks to nobody: an unreachable server shows
 * with the first request.
 */
export async function connect(options: ConnectOptions): Promise<KubeClient> {
  const target = await findTarget(options);
  const transport = await transportTo(target, options);
  return clientOf(transport, target);
}

async function transportTo(target: Target, options: ConnectOptions): Promise<Transport> {
  const { cluster, user } = target;
  const timeoutSeconds = options.timeoutSeconds ?? TIMEOUT_SECONDS;
  const proxy = proxyFor(cluster, options.environment);
  const pool = {
    serverName: cluster.serverName,
    authority: cluster.authority && (await readMaterial(cluster.authority)),
    insecure: cluster.insecure,
    proxy,
    connectTimeoutMs: Math.min(CONNECT_TIMEOUT_MS, timeoutSeconds * 1000),
  };
  return createTransport({
    server: cluster.server,
    credential: await credentialFor(target, options.environment, options.interactive ?? false),
    impersonation: user.impersonation,
    openPool: (identity) => openPool(pool, identity),
    timeoutSeconds,
    compressed: cluster.compressed,
    proxy: proxy && new URL(proxy).host,
    random: Math.random,
  });
}

function clientOf(transport: Transport, { context, namespace }: Target): KubeClient {
  const discovery = createDiscovery(transport);
  return {
    server: transport.server,
    context,
    namespace,
    discovery,
    version: (options) => readVersion(transport, options),
    get: (type, name, options) => getObject(transport, { type, name: placed(type, name, namespace) }, options),
    list: (type, options = {}) => listObjects(transport, type, options),
    watch: (type, options = {}) => watchObjects({ transport, random: Math.random }, type, options),
    ...createWrites({ transport, discovery, namespace }),
    logs: (pod, options = {}) => podLogs(transport, { name: pod.name, namespace: pod.namespace ?? namespace }, options),
    close: () => transport.close(),
  };
}

async function getObject(
  transport: Transport,
  { type, name }: { readonly type: ResourceType; readonly name: ObjectName },
  options: RequestOptions | undefined,
): Promise<KubeObject | undefined> {
  const object = describeObject(type.kind, name);
  const request: KubeRequest = {
    method: 'GET',
    path: resourcePath(type, name),
    repeatable: true,
    action: `get ${object}`,
    object,
    kind: kindOf(type),
    signal: options?.signal,
  };
  try {
    return asKubeObject(await transport.json(request), { server: transport.server, action: request.action });
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw error;
  }
}

async function readVersion(transport: Transport, options: RequestOptions | undefined): Promise<ServerVersion> {
  const action = 'read the version';
  const request: KubeRequest = { method: 'GET', path: '/version', repeatable: true, action, object: '/version' };
  const answer = await transport.json({ ...request, signal: options?.signal });
  return {
    gitVersion: textAt(answer, 'gitVersion'),
    major: textAt(answer, 'major'),
    minor: textAt(answer, 'minor'),
    platform: textAt(answer, 'platform'),
  };
}
