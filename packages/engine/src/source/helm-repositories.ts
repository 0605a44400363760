import { join } from 'node:path';
import { parseYaml } from '@naru/chart';
import { isRecord } from '@naru/core';
import type { Environment } from '../kube/target.ts';
import { helmFolder, readKept } from './kept-file.ts';

/** A repository that `helm repo add` has made known. */
export interface KnownRepository {
  readonly name: string;
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

/** What `NAME/CHART` stands for: a chart of the repository that Helm knows by this name. Undefined when it knows none. */
export async function aliasedChart(
  written: string,
  environment: Environment,
): Promise<{ readonly repository: string; readonly chart: string } | undefined> {
  const [, name, chart] = /^([^/\s:]+)\/([^/\s:]+)$/.exec(written) ?? [];
  if (name === undefined || chart === undefined) return undefined;
  const known = (await knownRepositories(environment)).find((one) => one.name === name);
  return known && { repository: known.url, chart };
}

/** Throws `CHART_SERVER_MATERIAL_UNUSABLE` when Helm's file of them cannot be read. */
export async function knownRepositories(environment: Environment): Promise<readonly KnownRepository[]> {
  const file = environment['HELM_REPOSITORY_CONFIG'] ?? join(helmFolder(environment), 'repositories.yaml');
  const content = await readKept(file, 'YAML', parseYaml);
  const listed = isRecord(content) && Array.isArray(content['repositories']) ? content['repositories'] : [];
  return listed.filter(isRecord).map((entry) => {
    const text = (name: string): string => (typeof entry[name] === 'string' ? entry[name] : '');
    return { name: text('name'), url: text('url'), username: text('username'), password: text('password') };
  });
}
