import { readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { NaruError } from '@naru/core';
import { inClusterTarget } from './in-cluster.ts';
import { ANONYMOUS, mergeKubeconfigs, parseKubeconfig, type Kubeconfig } from './kubeconfig-file.ts';
import type { Environment, Target } from './target.ts';

export interface TargetOptions {
  /** A file that must exist. Without it: KUBECONFIG, then `.kube/config` at home, then the pod that this runs in. */
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
  readonly environment: Environment;
  /** The user's home folder, when there is one. */
  readonly home?: string | undefined;
}

/** Finds out which cluster is meant, without talking to it. */
export async function findTarget(options: TargetOptions): Promise<Target> {
  const kubeconfig = await readKubeconfigs(options);
  if (kubeconfig !== undefined) return chooseContext(kubeconfig, options.context);
  const own = options.context === undefined ? await inClusterTarget(options.environment) : undefined;
  if (own !== undefined) return own;
  throw new NaruError('KUBECONFIG_MISSING', { looked: candidates(options) });
}

async function readKubeconfigs(options: TargetOptions): Promise<Kubeconfig | undefined> {
  const found: Kubeconfig[] = [];
  for (const file of candidates(options)) {
    const text = await readText(file, file === options.kubeconfig);
    if (text !== undefined) found.push(parseKubeconfig(file, text));
  }
  return found.length === 0 ? undefined : mergeKubeconfigs(found);
}

function candidates({ kubeconfig, environment, home }: TargetOptions): readonly string[] {
  if (kubeconfig !== undefined) return [kubeconfig];
  const named = (environment['KUBECONFIG'] ?? '').split(delimiter).filter((file) => file !== '');
  if (named.length > 0) return named;
  return home === undefined ? [] : [join(home, '.kube', 'config')];
}

/** `undefined` for a file that is not there, unless it must be. */
async function readText(file: string, demanded: boolean): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ENOENT' && !demanded) return undefined;
    const reason = code === '' ? String(error) : code;
    const place = { file, line: 1, column: 1 };
    throw new NaruError('KUBECONFIG_UNREADABLE', { file, reason }, { cause: error, place });
  }
}

function chooseContext(kubeconfig: Kubeconfig, wanted: string | undefined): Target {
  const known = [...kubeconfig.contexts.keys()].toSorted();
  const name = wanted ?? kubeconfig.currentContext;
  if (name === undefined) throw new NaruError('CONTEXT_UNSET', { known });
  const context = kubeconfig.contexts.get(name);
  if (context === undefined) throw new NaruError('CONTEXT_UNKNOWN', { context: name, known });
  const cluster = kubeconfig.clusters.get(context.cluster);
  if (cluster === undefined) {
    throw new NaruError('CONTEXT_INCOMPLETE', { context: name, missing: `cluster ${context.cluster}` });
  }
  const user = context.user === '' ? ANONYMOUS : kubeconfig.users.get(context.user);
  if (user === undefined) {
    throw new NaruError('CONTEXT_INCOMPLETE', { context: name, missing: `user ${context.user}` });
  }
  return { context: name, namespace: context.namespace ?? 'default', cluster, user };
}
