import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { NaruError } from '@naru/core';
import { connectApi } from './api-client.ts';
import { launchApiServer, SIMULATED_SERVICE_RANGE, waitForApiServer } from './api-server.ts';
import type { LocatedBinaries } from './binary/locate-binaries.ts';
import type { ControlPlane } from './control-plane.ts';
import { launchControllers, waitForControllers } from './controllers.ts';
import { createCredentials, writeKubeconfig } from './credentials.ts';
import { findFreePort } from './free-port.ts';
import type { Launch } from './launch.ts';
import { createPrivateDirectory, setOwner } from './private-directory.ts';
import { controlPlaneOf } from './running-control-plane.ts';
import { startSimulatedNodes } from './simulated-nodes.ts';
import type { StartOptions } from './start-options.ts';
import { provideStorage } from './storage.ts';
import { GROUP_SUPERVISOR } from './supervisor-script.ts';
import { startSupervisor, type Supervisor } from './supervisor.ts';

/** How often a start is tried with another port when somebody else took the chosen one in between. */
const PORT_ATTEMPTS = 3;
const LOOPBACK = '127.0.0.1';
const SERVER_NAMES = [LOOPBACK, 'localhost', 'kubernetes', 'kubernetes.default', 'kubernetes.default.svc', '10.96.0.1'];

/** Starts the levels `api` and `controllers`: plain processes of this user, reachable on 127.0.0.1 alone. */
export async function startOnLoopback(options: StartOptions, located: LocatedBinaries): Promise<ControlPlane> {
  for (let attempt = 1; ; attempt += 1) {
    const directory = await createPrivateDirectory(options.environment);
    const supervisor = await supervise(directory, options);
    try {
      return await bringUp({ ...options, directory, supervisor, binaries: located.paths }, options, located);
    } catch (error) {
      await supervisor.stop();
      await rm(directory, { recursive: true, force: true });
      if (attempt === PORT_ATTEMPTS || !isPortTaken(error)) throw error;
    }
  }
}

async function supervise(directory: string, { environment }: StartOptions): Promise<Supervisor> {
  const supervisor = await startSupervisor({
    script: GROUP_SUPERVISOR,
    args: [directory],
    environment: { PATH: environment['PATH'] ?? '/usr/bin:/bin', HOME: directory },
  });
  await setOwner(directory, supervisor.pid);
  return supervisor;
}

async function bringUp(launch: Launch, options: StartOptions, located: LocatedBinaries): Promise<ControlPlane> {
  const { directory, supervisor } = launch;
  const { level, apiServerArgs: extraArgs = [] } = options;
  const port = await findFreePort();
  const server = `https://${LOOPBACK}:${port}`;
  const credentials = await createCredentials({ directory, serverNames: SERVER_NAMES, now: new Date() });
  const kubeconfigPath = await writeKubeconfig(directory, server, credentials);
  const client = connectApi(server, credentials);
  const services = new AbortController();
  const serviceRange = SIMULATED_SERVICE_RANGE;
  try {
    launchApiServer(launch, { level, address: LOOPBACK, port, serviceRange, credentials, extraArgs });
    await waitForApiServer(launch, client);
    if (level === 'controllers') {
      launchControllers(launch, { kubeconfigPath, credentials, serviceRange });
      await Promise.all([
        waitForControllers(launch, client),
        startSimulatedNodes(launch, client, { kubeconfigPath, kubernetesVersion: located.kubernetesVersion }),
        provideStorage(client, join(directory, 'volumes'), services.signal),
      ]);
    }
  } catch (error) {
    services.abort();
    await client.close();
    throw error;
  }
  const { kubernetesVersion } = located;
  const importImages = (): Promise<void> => Promise.reject(new NaruError('IMAGES_UNSUPPORTED', { level }));
  return controlPlaneOf({
    level,
    kubernetesVersion,
    kubeconfigPath,
    server,
    directory,
    importImages,
    supervisor,
    client,
    services,
  });
}

function isPortTaken(error: unknown): boolean {
  return error instanceof NaruError && error.message.includes('address already in use');
}
