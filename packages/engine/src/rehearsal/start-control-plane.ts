import { NaruError } from '@naru/core';
import { locateBinaries } from './binary/locate-binaries.ts';
import { LEVEL_BINARIES } from './binary/recipe.ts';
import type { ControlPlane, ControlPlaneOptions } from './control-plane.ts';
import { startNode } from './node/start-node.ts';
import { requireNodeHost } from './node/node-host.ts';
import { startOnLoopback } from './start-on-loopback.ts';

/**
 * Starts a real Kubernetes control plane that belongs to the caller alone, and resolves when it can be used. Whatever
 * ends this process ends the control plane too, and a start that fails or is aborted leaves nothing behind. An abort
 * rejects with the reason of the signal.
 */
export async function startControlPlane(options: ControlPlaneOptions): Promise<ControlPlane> {
  const { level, environment, images = [], onProgress = () => undefined } = options;
  const signal = options.signal ?? new AbortController().signal;
  signal.throwIfAborted();
  if (images.length > 0 && level !== 'node') throw new NaruError('IMAGES_UNSUPPORTED', { level });
  if (level === 'node') await requireNodeHost(environment);

  const names = LEVEL_BINARIES[level];
  const located = await locateBinaries({ names, kube: options.kube, environment, onProgress, signal });
  const startedAt = Date.now();
  const start = level === 'node' ? startNode : startOnLoopback;
  const controlPlane = await start({ ...options, images, onProgress, signal }, located);
  onProgress({ kind: 'control-plane-ready', level, durationMs: Date.now() - startedAt });
  return controlPlane;
}
