import { NaruError } from '@naru/core';
import { abortable } from './abortable.ts';
import type { Discovery } from './client.ts';
import { readDiscovery } from './discovery-document.ts';
import type { ResourceType } from './kube-object.ts';
import type { Transport } from './transport.ts';

/** One request per root tells all kinds of all groups, since Kubernetes 1.26. */
const AGGREGATED = ['v2', 'v2beta1']
  .map((version) => `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`)
  .join(',');

type Index = ReadonlyMap<string, ResourceType>;

export function createDiscovery(transport: Transport): Discovery {
  let index: Index | undefined;
  let loading: Promise<Index> | undefined;
  // Whoever misses while the server is being asked gets that answer; a burst of misses is one request.
  const load = (): Promise<Index> => {
    loading ??= fetchIndex(transport)
      .then((fresh) => (index = fresh))
      .finally(() => (loading = undefined));
    return loading;
  };
  return {
    resourceFor: async (kind, options) => {
      const key = `${kind.apiVersion} ${kind.kind}`;
      return index?.get(key) ?? (await abortable(load(), options?.signal)).get(key);
    },
    resources: async (options) => [...(index ?? (await abortable(load(), options?.signal))).values()],
    refresh: async (options) => {
      await abortable(load(), options?.signal);
    },
  };
}

async function fetchIndex(transport: Transport): Promise<Index> {
  const [core, groups] = await Promise.all(['/api', '/apis'].map((path) => fetchRoot(transport, path)));
  const index = new Map<string, ResourceType>();
  for (const type of [...(core ?? []), ...(groups ?? [])]) {
    index.set(`${type.group === '' ? '' : `${type.group}/`}${type.version} ${type.kind}`, type);
  }
  return index;
}

async function fetchRoot(transport: Transport, path: string): Promise<readonly ResourceType[]> {
  const action = `discover ${path}`;
  const answer = await transport.json({
    method: 'GET',
    path,
    accept: AGGREGATED,
    repeatable: true,
    action,
    object: path,
  });
  const types = readDiscovery(answer);
  if (types !== undefined) return types;
  const reason = 'it has no aggregated discovery; Kubernetes 1.27 is the oldest version that does';
  throw new NaruError('CLUSTER_ANSWER_UNREADABLE', { server: transport.server, request: action, reason });
}
