import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { connectApi } from '../api-client.ts';
import { launchApiServer, waitForApiServer } from '../api-server.ts';
import type { LocatedBinaries } from '../binary/locate-binaries.ts';
import type { ControlPlane } from '../control-plane.ts';
import { launchControllers, waitForControllers, waitForNodes } from '../controllers.ts';
import { createCredentials, writeKubeconfig } from '../credentials.ts';
import { binaryPath, controlPlaneFailure, type Launch } from '../launch.ts';
import { createPrivateDirectory, setOwner } from '../private-directory.ts';
import { controlPlaneOf } from '../running-control-plane.ts';
import type { StartOptions } from '../start-options.ts';
import { provideStorage } from '../storage.ts';
import { startSupervisor } from '../supervisor.ts';
import { importArchive, startContainerRuntime } from './container-runtime.ts';
import { launchNodeAgents } from './kubelet.ts';
import { requireNodeHost, type NodeHost } from './node-host.ts';
import { nodeNetwork, NODE_SUPERVISOR, type NodeNetwork } from './node-script.ts';
import { writePauseImage } from './pause-image.ts';

const PORT = 6443;

/** Starts the level `node`: a whole cluster with one real node inside private namespaces of this host. */
export async function startNode(options: StartOptions, located: LocatedBinaries): Promise<ControlPlane> {
  const host = await requireNodeHost(options.environment);
  const directory = await createPrivateDirectory(options.environment);
  // The runtime finds its shim beside itself, and the kubelet its mount helpers, through PATH.
  const path = `${dirname(located.paths.get('containerd') ?? '')}:${host.path}`;
  const environment = { PATH: path, HOME: directory };
  const supervisor = await startSupervisor({ script: NODE_SUPERVISOR, args: [directory], environment });
  await setOwner(directory, supervisor.pid);
  const launch: Launch = { ...options, directory, supervisor, binaries: located.paths };
  try {
    const index = await supervisor.told('network');
    if (index === undefined) throw await controlPlaneFailure(launch, 'node', 'unsupervised');
    return await bringUp(launch, { ...options, host, located, network: nodeNetwork(Number(index)) });
  } catch (error) {
    await supervisor.stop();
    await rm(directory, { recursive: true, force: true });
    throw error;
  }
}

interface NodeOptions extends StartOptions {
  readonly host: NodeHost;
  readonly located: LocatedBinaries;
  readonly network: NodeNetwork;
}

async function bringUp(launch: Launch, options: NodeOptions): Promise<ControlPlane> {
  const { directory, supervisor } = launch;
  const { level, host, network, images, apiServerArgs: extraArgs = [] } = options;
  const { kubernetesVersion } = options.located;
  const { nodeAddress: address, serviceRange, podRange } = network;
  const server = `https://${address}:${PORT}`;
  const credentials = await createCredentials({ directory, serverNames: serverNames(network), now: new Date() });
  const kubeconfigPath = await writeKubeconfig(directory, server, credentials);
  const client = connectApi(server, credentials);
  const services = new AbortController();
  const importImages = async (archives: readonly string[]): Promise<void> => {
    for (const archive of archives) await importArchive(launch, archive);
  };
  try {
    launchApiServer(launch, { level, address, port: PORT, serviceRange, credentials, extraArgs });
    const pause = join(directory, 'pause.tar');
    await writePauseImage(binaryPath(launch, 'pause'), pause);
    await startContainerRuntime(launch, host, podRange);
    await Promise.all([importImages([pause, ...images]), waitForApiServer(launch, client)]);
    launchControllers(launch, { kubeconfigPath, credentials, serviceRange, podRange });
    await launchNodeAgents(launch, { kubeconfigPath, credentials, network });
    await Promise.all([
      waitForControllers(launch, client),
      waitForNodes(launch, client, ['kubelet', 'containerd', 'kube-proxy', 'coredns']),
      provideStorage(client, join(directory, 'volumes'), services.signal),
    ]);
  } catch (error) {
    services.abort();
    await client.close();
    throw error;
  }
  const handles = { supervisor, client, services, importImages };
  return controlPlaneOf({ level, kubernetesVersion, kubeconfigPath, server, directory, ...handles });
}

function serverNames({ nodeAddress, firstService }: NodeNetwork): string[] {
  const service = [
    'kubernetes',
    'kubernetes.default',
    'kubernetes.default.svc',
    'kubernetes.default.svc.cluster.local',
  ];
  return [nodeAddress, firstService, '127.0.0.1', 'localhost', ...service];
}
