import { ChartError } from '../error/chart-error.ts';
import type { Values } from '../render/rendered-chart.ts';
import { toPlain } from '../value/convert.ts';
import { decodeUtf8 } from '../value/utf8.ts';
import type { Value, ValueMap } from '../value/value.ts';
import { readValuesText } from '../values/read-values.ts';
import { readYaml } from '../yaml/parse-yaml.ts';
import type { Chart, ChartFile, ChartFiles } from './chart.ts';
import { readMetadata } from './metadata.ts';

const MAX_CHART_DEPTH = 50;

/**
 * Loads a chart from its files: `Chart.yaml`, `values.yaml`, `templates/`, `crds/` and the charts in `charts/`.
 *
 * Refuses with `CHART_INVALID` what Helm refuses to load; packed charts inside `charts/` are refused too, unpack
 * them first. `.helmignore` is not applied here; `filterIgnored` does that for files that come from a folder.
 */
export function loadChart(files: ChartFiles): Chart {
  return load(files, '', 0);
}

function load(files: ChartFiles, prefix: string, depth: number): Chart {
  if (depth > MAX_CHART_DEPTH) refuse(`charts are nested more than ${MAX_CHART_DEPTH} deep`, prefix);
  const chartYaml = files.get('Chart.yaml');
  if (chartYaml === undefined) refuse('Chart.yaml file is missing', prefix);
  const metadata = readMetadata(readFile(chartYaml, `${prefix}Chart.yaml`), requirementsOf(files, prefix));
  const templates: ChartFile[] = [];
  const others: ChartFile[] = [];
  const subcharts = new Map<string, Map<string, Uint8Array>>();
  for (const name of [...files.keys()].sort()) {
    const data = withoutByteOrderMark(files.get(name) ?? new Uint8Array());
    if (name.startsWith('templates/')) templates.push({ name, data });
    else if (name.startsWith('charts/') && !name.endsWith('.prov')) addSubchartFile(subcharts, name, data);
    else if (!isConsumed(name, metadata.apiVersion)) others.push({ name, data });
  }
  return {
    metadata,
    values: valuesOf(files, prefix),
    templates,
    files: others,
    schema: files.get('values.schema.json'),
    dependencies: [...subcharts].map(([name, inner]) => load(inner, `${prefix}charts/${name}/`, depth + 1)),
  };
}

/** The chart's own `values.yaml` as plain objects. */
export function chartDefaults(chart: Chart): Values {
  return toPlain(chart.values) as Values;
}

function isConsumed(name: string, apiVersion: string): boolean {
  if (['Chart.yaml', 'Chart.lock', 'values.yaml', 'values.schema.json'].includes(name)) return true;
  return ['requirements.yaml', 'requirements.lock'].includes(name) && apiVersion !== 'v1';
}

function requirementsOf(files: ChartFiles, prefix: string): Value {
  const requirements = files.get('requirements.yaml');
  return requirements === undefined ? null : readFile(requirements, `${prefix}requirements.yaml`);
}

function valuesOf(files: ChartFiles, prefix: string): ValueMap {
  const values = files.get('values.yaml');
  if (values === undefined) return new Map();
  return readValuesText(decodeUtf8(withoutByteOrderMark(values)), `${prefix}values.yaml`);
}

function addSubchartFile(subcharts: Map<string, Map<string, Uint8Array>>, name: string, data: Uint8Array): void {
  const path = name.slice('charts/'.length);
  const slash = path.indexOf('/');
  const folder = slash < 0 ? path : path.slice(0, slash);
  if (folder.startsWith('_') || folder.startsWith('.')) return;
  if (slash < 0) {
    if (folder.endsWith('.tgz')) refuse(`error unpacking subchart ${folder}: unpack it into a folder first`, name);
    // A lone file makes a chart without a Chart.yaml, as in Helm.
    subcharts.set(folder, subcharts.get(folder) ?? new Map());
    return;
  }
  const files = subcharts.get(folder) ?? new Map<string, Uint8Array>();
  files.set(path.slice(slash + 1), data);
  subcharts.set(folder, files);
}

function readFile(data: Uint8Array, file: string): Value {
  return readYaml(decodeUtf8(withoutByteOrderMark(data)), { file });
}

function withoutByteOrderMark(data: Uint8Array): Uint8Array {
  return data[0] === 0xef && data[1] === 0xbb && data[2] === 0xbf ? data.subarray(3) : data;
}

function refuse(reason: string, file: string): never {
  throw new ChartError('CHART_INVALID', { reason }, { place: { file: file || 'Chart.yaml', line: 1, column: 1 } });
}
