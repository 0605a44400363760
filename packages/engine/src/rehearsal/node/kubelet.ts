import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Credentials } from '../credentials.ts';
import { launchBinary, type Launch } from '../launch.ts';
import { runtimeSocket } from './container-runtime.ts';
import type { NodeNetwork } from './node-script.ts';

const NODE_NAME = 'node-1';

export interface NodeAgentsOptions {
  readonly kubeconfigPath: string;
  readonly credentials: Credentials;
  readonly network: NodeNetwork;
}

/** Starts what makes a host a node: the kubelet, kube-proxy, and CoreDNS as the name server of its pods. */
export async function launchNodeAgents(launch: Launch, options: NodeAgentsOptions): Promise<void> {
  const { directory } = launch;
  const { kubeconfigPath, network } = options;
  const path = (name: string): string => join(directory, name);
  await Promise.all([
    writeFile(path('resolv.conf'), `nameserver ${network.nodeAddress}\n`),
    writeFile(path('kubelet.json'), JSON.stringify(kubeletConfiguration(launch, options))),
    writeFile(path('kube-proxy.json'), JSON.stringify(proxyConfiguration(options))),
    writeFile(path('Corefile'), corefile(options)),
  ]);
  launchBinary(launch, 'kubelet', [
    `--config=${path('kubelet.json')}`,
    `--kubeconfig=${kubeconfigPath}`,
    `--root-dir=${path('kubelet')}`,
    `--cert-dir=${path('kubelet-pki')}`,
    `--hostname-override=${NODE_NAME}`,
    `--node-ip=${network.nodeAddress}`,
  ]);
  launchBinary(launch, 'kube-proxy', [`--config=${path('kube-proxy.json')}`]);
  launchBinary(launch, 'coredns', ['-conf', path('Corefile')]);
}

/** Settings that differ from the defaults because the host is shared, small, or itself a container. */
function kubeletConfiguration(launch: Launch, { credentials, network }: NodeAgentsOptions): object {
  const { directory } = launch;
  return {
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    address: network.nodeAddress,
    authentication: {
      anonymous: { enabled: false },
      webhook: { enabled: true },
      x509: { clientCAFile: join(credentials.directory, 'ca.crt') },
    },
    authorization: { mode: 'Webhook' },
    containerRuntimeEndpoint: `unix://${runtimeSocket(launch)}`,
    cgroupDriver: 'cgroupfs',
    failCgroupV1: false,
    failSwapOn: false,
    oomScoreAdj: 0,
    clusterDNS: [network.nodeAddress],
    clusterDomain: 'cluster.local',
    resolvConf: join(directory, 'resolv.conf'),
    podLogsDir: join(directory, 'pod-logs'),
    volumePluginDir: join(directory, 'volume-plugins'),
    readOnlyPort: 0,
    healthzPort: 0,
    // The disk belongs to somebody else: a full one is no reason to evict a rehearsal.
    evictionHard: {
      'memory.available': '50Mi',
      'nodefs.available': '0%',
      'imagefs.available': '0%',
      'nodefs.inodesFree': '0%',
    },
    imageGCHighThresholdPercent: 100,
    serializeImagePulls: false,
    nodeStatusUpdateFrequency: '5s',
    syncFrequency: '10s',
  };
}

function proxyConfiguration({ kubeconfigPath, network }: NodeAgentsOptions): object {
  return {
    apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
    kind: 'KubeProxyConfiguration',
    mode: 'iptables',
    clusterCIDR: network.podRange,
    clientConnection: { kubeconfig: kubeconfigPath },
    hostnameOverride: NODE_NAME,
    bindAddress: network.nodeAddress,
    healthzBindAddress: '',
    metricsBindAddress: '',
    oomScoreAdj: 0,
    // Limits of connection tracking belong to the whole machine.
    conntrack: { maxPerCore: 0, min: 0, tcpEstablishedTimeout: '0s', tcpCloseWaitTimeout: '0s' },
    iptables: { minSyncPeriod: '100ms', syncPeriod: '30s' },
  };
}

function corefile({ kubeconfigPath, network }: NodeAgentsOptions): string {
  return `.:53 {
  bind ${network.nodeAddress}
  errors
  cache 5
  kubernetes cluster.local in-addr.arpa {
    kubeconfig ${kubeconfigPath}
    pods insecure
  }
}
`;
}
