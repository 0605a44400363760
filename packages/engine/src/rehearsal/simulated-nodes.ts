import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ApiClient } from './api-client.ts';
import { waitForNodes } from './controllers.ts';
import { launchBinary, type Launch } from './launch.ts';
import { simulationStages } from './stages.ts';

const ZONES = ['a', 'b', 'c'];
/** Each of them takes a whole platform, so that no rehearsal fails for want of room. */
const CAPACITY = { cpu: '64', memory: '512Gi', pods: '1000', 'ephemeral-storage': '1Ti' };

export interface SimulationOptions {
  readonly kubeconfigPath: string;
  /** Shown as the version of the nodes' kubelets, since charts and tools read it. */
  readonly kubernetesVersion: string;
}

/** Registers one node per zone, and kwok to play them. Their pods run nothing and cannot be entered. */
export async function startSimulatedNodes(
  launch: Launch,
  client: ApiClient,
  options: SimulationOptions,
): Promise<void> {
  const { kubeconfigPath, kubernetesVersion } = options;
  const stages = join(launch.directory, 'stages.yaml');
  await writeFile(stages, simulationStages());
  launchBinary(launch, 'kwok', [
    `--kubeconfig=${kubeconfigPath}`,
    `--config=${stages}`,
    '--manage-all-nodes=true',
    '--cidr=10.0.0.1/16',
    '--node-ip=10.0.0.1',
    '--node-lease-duration-seconds=40',
    '--server-address=',
  ]);
  await Promise.all(ZONES.map((zone) => client.create('/api/v1/nodes', node(zone, kubernetesVersion))));
  await waitForNodes(launch, client, ['kwok']);
}

function node(zone: string, kubernetesVersion: string): object {
  const name = `node-${zone}`;
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'topology.kubernetes.io/region': 'rehearsal',
        'topology.kubernetes.io/zone': zone,
      },
    },
    status: {
      allocatable: CAPACITY,
      capacity: CAPACITY,
      nodeInfo: {
        architecture: 'amd64',
        operatingSystem: 'linux',
        bootID: '',
        containerRuntimeVersion: 'simulated://0',
        kernelVersion: 'simulated',
        kubeProxyVersion: '',
        kubeletVersion: `v${kubernetesVersion}`,
        machineID: '',
        osImage: 'simulated',
        systemUUID: '',
      },
    },
  };
}
