import { basename, join, resolve } from 'node:path';
import { type Finding, lintComponent } from '@naru/core';
import { chartReader } from '../load/chart-content.ts';
import { readDescribed } from '../load/component-source.ts';
import { loadKubernetesApi } from '../load/kubernetes-api.ts';
import type { FetchOptions } from '../source/fetch-options.ts';

/** Tries a component folder alone and answers with everything that is wrong with it. What is no component is a finding, too. */
export async function lintFolder(folder: string, fetching: FetchOptions): Promise<readonly Finding[]> {
  const file = join(folder, 'component.yaml');
  const source = await read(basename(resolve(folder)), file, fetching);
  if ('findings' in source) return source.findings;
  const { descriptor } = source;
  if (descriptor === undefined) throw new TypeError(`${file} describes nothing`);
  return lintComponent({ ...source, descriptor }, await loadKubernetesApi());
}

async function read(name: string, file: string, fetching: FetchOptions): ReturnType<typeof readDescribed> {
  const charts = chartReader(fetching);
  try {
    return await readDescribed(name, { file, mentioned: { file, line: 1, column: 1 }, charts });
  } finally {
    await charts.close();
  }
}
