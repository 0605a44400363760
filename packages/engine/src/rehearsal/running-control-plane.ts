import { rm } from 'node:fs/promises';
import type { ApiClient } from './api-client.ts';
import type { ControlPlane } from './control-plane.ts';
import { measureMemory } from './memory.ts';
import type { Supervisor } from './supervisor.ts';

/** What a start has brought up so far, so that it can be taken down at any moment. */
export interface Running
  extends Pick<
    ControlPlane,
    'directory' | 'importImages' | 'kubeconfigPath' | 'kubernetesVersion' | 'level' | 'server'
  > {
  readonly supervisor: Supervisor;
  readonly client: ApiClient;
  /** Ends what runs inside our own process: the storage provisioner. */
  readonly services: AbortController;
}

/** The handle that callers get. */
export function controlPlaneOf(running: Running): ControlPlane {
  const { level, kubernetesVersion, kubeconfigPath, server, directory, importImages } = running;
  return {
    level,
    kubernetesVersion,
    kubeconfigPath,
    server,
    directory,
    importImages,
    stop: () => stop(running),
    memory: () => measureMemory(directory),
  };
}

async function stop({ services, client, supervisor, directory }: Running): Promise<void> {
  services.abort();
  await client.close();
  await supervisor.stop();
  // The supervisor has removed it, unless somebody killed the supervisor.
  await rm(directory, { recursive: true, force: true });
}
