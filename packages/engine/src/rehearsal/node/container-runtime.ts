import { randomUUID } from 'node:crypto';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NaruError } from '@naru/core';
import { binaryPath, controlPlaneFailure, launchBinary, waitUntilReady, type Launch } from '../launch.ts';
import { stayingAwake } from '../supervisor.ts';
import type { NodeHost } from './node-host.ts';
import { PAUSE_IMAGE } from './pause-image.ts';

/** The socket that the kubelet and `ctr` talk to. */
export function runtimeSocket({ directory }: Pick<Launch, 'directory'>): string {
  return join(directory, 'containerd', 'containerd.sock');
}

/** Starts containerd, with its state and its network configuration inside the private directory. */
export async function startContainerRuntime(launch: Launch, host: NodeHost, podRange: string): Promise<void> {
  const { directory } = launch;
  const networks = join(directory, 'networks');
  await Promise.all([mkdir(join(directory, 'containerd')), mkdir(networks)]);
  await writeFile(join(networks, '10-rehearsal.conflist'), JSON.stringify(podNetwork(directory, podRange)));
  const config = join(directory, 'containerd.toml');
  await writeFile(config, containerdConfig(launch, host, networks));
  launchBinary(launch, 'containerd', ['--config', config]);
  const socket = runtimeSocket(launch);
  await waitUntilReady(launch, ['containerd'], () =>
    stat(socket).then(
      () => true,
      () => false,
    ),
  );
}

/** Makes the images of a `docker save` archive available to pods. */
export async function importArchive(launch: Launch, archive: string): Promise<void> {
  const name = `import-${randomUUID()}`;
  const ctr = binaryPath(launch, 'ctr');
  launch.supervisor.launch(name, [
    ctr,
    '--address',
    runtimeSocket(launch),
    '--namespace',
    'k8s.io',
    'images',
    'import',
    archive,
  ]);
  const code = await stayingAwake(launch.supervisor.exitOf(name));
  if (code === 0) return;
  const { details, message } = await controlPlaneFailure(launch, name, code ?? 'unsupervised');
  throw new NaruError('IMAGE_UNREADABLE', { archive, reason: details.log === '' ? message : details.log });
}

function podNetwork(directory: string, podRange: string): object {
  return {
    cniVersion: '1.0.0',
    name: 'rehearsal',
    plugins: [
      {
        type: 'bridge',
        bridge: 'cni0',
        isGateway: true,
        ipMasq: true,
        hairpinMode: true,
        ipam: {
          type: 'host-local',
          dataDir: join(directory, 'pod-addresses'),
          ranges: [[{ subnet: podRange }]],
          routes: [{ dst: '0.0.0.0/0' }],
        },
      },
      { type: 'portmap', capabilities: { portMappings: true } },
    ],
  };
}

/** `restrict_oom_score_adj`: in a container, even root may not make itself harder to kill than its parent. */
function containerdConfig({ directory }: Launch, { runc, networkPlugins }: NodeHost, networks: string): string {
  const state = join(directory, 'containerd');
  return `version = 3
root = '${state}/root'
state = '${state}/state'
disabled_plugins = ['io.containerd.nri.v1.nri', 'io.containerd.tracing.processor.v1.otlp', 'io.containerd.internal.v1.tracing']

[grpc]
address = '${state}/containerd.sock'

[ttrpc]
address = '${state}/containerd.sock.ttrpc'

[plugins.'io.containerd.cri.v1.images']
snapshotter = 'overlayfs'

[plugins.'io.containerd.cri.v1.images'.pinned_images]
sandbox = '${PAUSE_IMAGE}'

[plugins.'io.containerd.cri.v1.runtime']
restrict_oom_score_adj = true
tolerate_missing_hugetlb_controller = true
netns_mounts_under_state_dir = true

[plugins.'io.containerd.cri.v1.runtime'.containerd]
default_runtime_name = 'runc'

[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc]
runtime_type = 'io.containerd.runc.v2'

[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc.options]
BinaryName = '${runc}'
SystemdCgroup = false

[plugins.'io.containerd.cri.v1.runtime'.cni]
bin_dirs = ['${networkPlugins}']
conf_dir = '${networks}'
`;
}
