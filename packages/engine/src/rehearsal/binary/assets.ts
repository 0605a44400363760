import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Environment } from '../control-plane.ts';
import { DEFAULT_KUBERNETES, resolveKubernetesVersion } from './release.ts';

/** A folder of binaries that the user vouches for, by the variable that Kubernetes' own test tools use. */
export interface Assets {
  readonly folder: string;
  readonly kubernetesVersion: string;
}

export interface Choice {
  readonly kubernetesVersion: string;
  /** Absent when there is no such folder, or when it holds another version than the one asked for. */
  readonly assets: Assets | undefined;
}

/** The version to use: the one asked for, else the one of the user's folder, else our default. */
export async function chooseVersion(kube: string | undefined, environment: Environment): Promise<Choice> {
  const assets = await findAssets(environment);
  const asked = kube === undefined ? undefined : resolveKubernetesVersion(kube);
  const kubernetesVersion = asked ?? assets?.kubernetesVersion ?? DEFAULT_KUBERNETES;
  return { kubernetesVersion, assets: assets?.kubernetesVersion === kubernetesVersion ? assets : undefined };
}

/** The path of a binary in the user's folder, when it is there and may be executed. */
export async function findInAssets(assets: Assets | undefined, name: string): Promise<string | undefined> {
  if (assets === undefined) return undefined;
  const path = join(assets.folder, name);
  return access(path, constants.X_OK).then(
    () => path,
    () => undefined,
  );
}

async function findAssets(environment: Environment): Promise<Assets | undefined> {
  const folder = environment['KUBEBUILDER_ASSETS'];
  if (folder === undefined || folder === '') return undefined;
  try {
    const { stdout } = await promisify(execFile)(join(folder, 'kube-apiserver'), ['--version']);
    const version = /v(\d+\.\d+\.\d+)/.exec(stdout)?.[1];
    return version === undefined ? undefined : { folder, kubernetesVersion: version };
  } catch {
    return undefined; // no API server in it: the folder cannot tell which version its other binaries are for
  }
}
