import { join } from 'node:path';
import type { ApiClient } from './api-client.ts';
import type { Credentials } from './credentials.ts';
import { launchBinary, waitUntilReady, type Launch } from './launch.ts';

export interface ControllersOptions {
  readonly kubeconfigPath: string;
  readonly credentials: Credentials;
  readonly serviceRange: string;
  /** The range that nodes get their pod ranges from; undefined when pods get their addresses elsewhere. */
  readonly podRange?: string;
}

/** Client-side limits made for big clusters; a rehearsal only wants to be quick. */
const UNHURRIED_LIMITS = ['--kube-api-qps=1000', '--kube-api-burst=2000'];
const ALONE = ['--leader-elect=false', '--secure-port=0', ...UNHURRIED_LIMITS];

/** Starts the controller manager and the scheduler of an API server that is ready. */
export function launchControllers(launch: Launch, options: ControllersOptions): void {
  const { kubeconfigPath, credentials, serviceRange, podRange } = options;
  const addresses =
    podRange === undefined
      ? ['--allocate-node-cidrs=false']
      : ['--allocate-node-cidrs=true', `--cluster-cidr=${podRange}`, '--node-cidr-mask-size=24'];
  launchBinary(launch, 'kube-controller-manager', [
    `--kubeconfig=${kubeconfigPath}`,
    ...ALONE,
    `--service-account-private-key-file=${join(credentials.directory, 'service-accounts.key')}`,
    `--root-ca-file=${join(credentials.directory, 'ca.crt')}`,
    `--service-cluster-ip-range=${serviceRange}`,
    ...addresses,
    // Controllers of clouds and of kubeadm's way to join a cluster, which a rehearsal has no part of.
    '--controllers=*,-bootstrap-signer-controller,-token-cleaner-controller,-node-route-controller,-cloud-node-lifecycle-controller,-service-lb-controller',
  ]);
  launchBinary(launch, 'kube-scheduler', [`--kubeconfig=${kubeconfigPath}`, ...ALONE]);
}

/** Pods can be created once their namespace has its default ServiceAccount, the first visible deed of the controllers. */
export async function waitForControllers(launch: Launch, client: ApiClient): Promise<void> {
  const account = '/api/v1/namespaces/default/serviceaccounts/default';
  await waitUntilReady(
    launch,
    ['kube-controller-manager', 'kube-scheduler'],
    async () => (await client.find(account)) !== undefined,
  );
}

/** Resolves when every node, and at least one, says that it is ready. */
export async function waitForNodes(
  launch: Launch,
  client: ApiClient,
  processes: readonly [string, ...string[]],
): Promise<void> {
  await waitUntilReady(launch, processes, async () => {
    const list = (await client.find('/api/v1/nodes')) as NodeList | undefined;
    const nodes = list?.items ?? [];
    return nodes.length > 0 && nodes.every(isReady);
  });
}

interface NodeList {
  readonly items: readonly Node[];
}

interface Node {
  readonly status: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

function isReady({ status }: Node): boolean {
  return status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
}
