import type { ChartFiles } from '@naru/chart';
import { DOCUMENT_LIMIT_BYTES, Refusal } from '@naru/core';
import { filesDigest, outputKey, readChart, readText } from '@naru/engine';
import { VERSION } from '../version.ts';
import type { BatchRelease } from './batch-file.ts';

/** A chart as it was read: what it is made of, and a digest of that. */
export interface ChartInput {
  readonly path: string;
  readonly files: ChartFiles;
  readonly digest: string;
}

export interface ValuesInput {
  readonly path: string;
  readonly text: string;
}

/** Everything that the output of one release follows from. */
export interface ReleaseInput {
  readonly release: BatchRelease;
  readonly chart: ChartInput;
  readonly values: readonly ValuesInput[];
}

/** Reads what releases are made of; what several of them share is read once. */
export function inputReader(): (release: BatchRelease) => Promise<ReleaseInput> {
  const charts = once(readChartInput);
  const values = once(readValuesInput);
  return async (release) => ({
    release,
    chart: await charts(release.chart),
    values: await Promise.all((release.values ?? []).map(values)),
  });
}

/** Equal for two releases when nothing that their outputs follow from differs. Paths and the name of the file do not count. */
export function inputKey({ release, chart, values }: ReleaseInput): string {
  const { release: name, namespace, set, kubeVersion, apiVersions, includeCrds } = release;
  const flags = { name, namespace, set, kubeVersion, apiVersions, includeCrds };
  return outputKey([VERSION, chart.digest, values.map(({ text }) => text), flags]);
}

async function readChartInput(path: string): Promise<ChartInput> {
  const files = await readChart(path, { file: path, line: 1, column: 1 });
  return { path, files, digest: filesDigest(files) };
}

async function readValuesInput(path: string): Promise<ValuesInput> {
  const { text, finding } = await readText(path, DOCUMENT_LIMIT_BYTES);
  if (text === undefined) throw new Refusal([finding]);
  return { path, text };
}

function once<T>(read: (path: string) => Promise<T>): (path: string) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (path) => {
    const reading = known.get(path) ?? read(path);
    known.set(path, reading);
    return reading;
  };
}
