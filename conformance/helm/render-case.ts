import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  ChartError,
  filterIgnored,
  formatTemplateOutput,
  loadChart,
  mergeValues,
  parseSet,
  readValues,
  renderChart,
} from '@naru/chart';
import type { Chart, RenderOptions, Values } from '@naru/chart';

/** What a case passes to both contenders besides the chart; `case.yaml` in the case's folder. */
export interface CaseOptions {
  readonly release?: string;
  readonly namespace?: string;
  readonly kubeVersion?: string;
  readonly apiVersions?: readonly string[];
  readonly set?: readonly string[];
  readonly setString?: readonly string[];
  readonly setJson?: readonly string[];
  readonly setLiteral?: readonly string[];
  readonly skipSchemaValidation?: boolean;
  readonly isUpgrade?: boolean;
  readonly includeCrds?: boolean;
  readonly skipTests?: boolean;
  readonly noHooks?: boolean;
  readonly showOnly?: readonly string[];
}

/** The Kubernetes version that Helm 4.3.1 assumes when it is told none. */
const DEFAULT_KUBE_VERSION = 'v1.37.0';

/** Every file below `folder`, with `.helmignore` applied, as the engine wants them. */
export function readChartFolder(folder: string): Chart {
  const files = new Map<string, Uint8Array>();
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (statSync(join(folder, path)).isFile()) files.set(path, readFileSync(join(folder, path)));
  }
  return loadChart(filterIgnored(files));
}

/** The flags that make `helm template` do what `options` say. */
export function helmArguments(chart: string, valueFiles: readonly string[], options: CaseOptions): string[] {
  const flag = (name: string, values: readonly string[] = []): string[] => values.flatMap((value) => [name, value]);
  return [
    'template',
    options.release ?? 'rel',
    chart,
    ...flag('--namespace', [options.namespace ?? 'default']),
    ...flag('--values', valueFiles),
    ...flag('--set', options.set),
    ...flag('--set-string', options.setString),
    ...flag('--set-json', options.setJson),
    ...flag('--set-literal', options.setLiteral),
    ...(options.skipSchemaValidation === true ? ['--skip-schema-validation'] : []),
    ...flag('--kube-version', options.kubeVersion === undefined ? [] : [options.kubeVersion]),
    ...flag('--api-versions', options.apiVersions),
    ...flag('--show-only', options.showOnly),
    ...(options.isUpgrade === true ? ['--is-upgrade'] : []),
    ...(options.includeCrds === true ? ['--include-crds'] : []),
    ...(options.skipTests === true ? ['--skip-tests'] : []),
    ...(options.noHooks === true ? ['--no-hooks'] : []),
  ];
}

/** What a render may draw from besides its input. */
export type World = Pick<RenderOptions, 'random' | 'now'>;

const FIXED_WORLD: World = {
  random: { bytes: (count) => new Uint8Array(count).map((_, i) => (i * 37 + 11) % 256) },
  now: () => Date.UTC(2026, 0, 2, 3, 4, 5),
};

/** What our engine writes for the same flags; `Error: …` when it refuses, as Helm prints it. */
export function renderOurs(
  chart: string | Chart,
  valueFiles: readonly string[],
  options: CaseOptions,
  world = FIXED_WORLD,
): string {
  try {
    const loaded = typeof chart === 'string' ? readChartFolder(chart) : chart;
    const rendered = renderChart(loaded, { ...renderOptions(valueFiles, options), ...world });
    return formatTemplateOutput(rendered, options);
  } catch (error) {
    if (!(error instanceof ChartError)) throw error;
    return `Error: ${error.message}\n`;
  }
}

function renderOptions(valueFiles: readonly string[], options: CaseOptions): Omit<RenderOptions, keyof World> {
  let values: Values = {};
  for (const file of valueFiles) {
    values = mergeValues(values, readValues(readFileSync(file, 'utf8'), file));
  }
  for (const text of options.setJson ?? []) values = parseSet(text, values, 'set-json');
  for (const text of options.set ?? []) values = parseSet(text, values);
  for (const text of options.setString ?? []) values = parseSet(text, values, 'set-string');
  for (const text of options.setLiteral ?? []) values = parseSet(text, values, 'set-literal');
  return {
    release: {
      name: options.release ?? 'rel',
      namespace: options.namespace ?? 'default',
      isUpgrade: options.isUpgrade ?? false,
    },
    values,
    skipSchemaValidation: options.skipSchemaValidation ?? false,
    capabilities: {
      kubeVersion: options.kubeVersion ?? DEFAULT_KUBE_VERSION,
      ...(options.apiVersions === undefined ? {} : { apiVersions: options.apiVersions }),
    },
  };
}
