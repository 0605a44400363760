import { env } from 'node:process';
import { NaruError } from '@naru/core';
import {
  locateBinaries,
  startControlPlane,
  type BinaryName,
  type ControlPlane,
  type ControlPlaneOptions,
  type Level,
} from '@naru/engine';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { ImagesUnavailable } from './images/debian-root.ts';

/** Why a level cannot be had on a host that is in order. Every other failure fails the tests. */
const EXCUSES: ReadonlySet<string> = new Set(['BINARY_UNAVAILABLE', 'NODE_LEVEL_UNSUPPORTED', 'NODE_TOOLS_MISSING']);

export interface FixtureOptions extends Pick<ControlPlaneOptions, 'kube'> {
  /** Makes the image archives of level `node`; called only where the level can be had. */
  readonly images?: () => Promise<readonly string[]>;
}

/**
 * Gives the tests of a file, or of the `describe` that it is called in, one control plane of their own, and ends it
 * after them. Where the level cannot be had the tests are skipped, and the reason is printed; a control plane that
 * can be had but does not start fails them.
 */
export function useControlPlane(level: Level, { images, ...options }: FixtureOptions = {}): () => ControlPlane {
  let started: ControlPlane | undefined;
  let excuse: string | undefined;

  beforeAll(async () => {
    try {
      const controlPlane = await startControlPlane({ level, environment: env, ...options });
      started = controlPlane;
      if (images !== undefined) await controlPlane.importImages(await images());
    } catch (error) {
      if (!isExcuse(error)) throw error;
      excuse = `level ${level} cannot be had: ${error.message}`;
      process.stderr.write(`skipped, ${excuse}\n`);
    }
  });
  beforeEach((context) => {
    if (excuse !== undefined) context.skip(excuse);
  });
  afterAll(async () => {
    await started?.stop();
  });

  return () => {
    if (started === undefined) throw new Error('the control plane is asked for before the tests have begun');
    return started;
  };
}

function isExcuse(error: unknown): error is Error {
  if (error instanceof ImagesUnavailable) return true;
  return error instanceof NaruError && EXCUSES.has(error.code);
}

/** The path of a reference program, `kubectl` or `helm`, fetched or built once and kept in Naru's cache. */
export async function locateTool(name: Extract<BinaryName, 'helm' | 'kubectl'>): Promise<string> {
  const { paths } = await locateBinaries({ names: [name], environment: env });
  const path = paths.get(name);
  if (path === undefined) throw new Error(`${name} was asked for and not located`);
  return path;
}
