import { ChartError } from '../error/chart-error.ts';
import { withReason } from '../error/with-reason.ts';
import type { Values } from '../render/rendered-chart.ts';
import { toPlain } from '../value/convert.ts';
import { compareText, decodeUtf8 } from '../value/utf8.ts';
import { asMap } from '../value/value.ts';
import type { Value, ValueMap } from '../value/value.ts';
import { readValuesText } from '../values/read-values.ts';
import { readYaml } from '../yaml/parse-yaml.ts';
import type { Chart, ChartFile, ChartFiles, ChartMetadata } from './chart.ts';
import { readMetadata, textOf } from './metadata.ts';
import { checkShape } from './metadata-shape.ts';
import type { ShapedFile } from './metadata-shape.ts';
import { readArchive } from './read-archive.ts';

const MAX_CHART_DEPTH = 50;
/** What all packed charts inside a chart may expand to: Helm's limit for one of them. */
const MAX_EXPANDED_BYTES = 100 * 1024 * 1024;

/**
 * Loads a chart from its files: `Chart.yaml`, `values.yaml`, `templates/`, `crds/` and the charts in `charts/`, which may
 * be folders or packed (`.tgz`).
 *
 * Refuses with `CHART_INVALID`, in Helm's words, what Helm refuses to load. `.helmignore` is not applied here;
 * `filterIgnored` does that for files that come from a folder.
 */
export function loadChart(files: ChartFiles): Chart {
  const detected = files.get('Chart.yaml');
  const apiVersion =
    detected === undefined ? '' : textOf(asMap(readFile(detected, 'Chart.yaml', ''))?.get('apiVersion'));
  if (!['', 'v1', 'v2', 'v3'].includes(apiVersion)) refuse('unsupported chart version', 'Chart.yaml');
  if (apiVersion === 'v3') refuse('invalid chart apiVersion', 'Chart.yaml');
  return load(files, { prefix: '', depth: 0, budget: { remaining: MAX_EXPANDED_BYTES } });
}

/** Where a chart stands among those that it is part of. */
interface Nesting {
  /** The path of its files, seen from the outermost chart. */
  readonly prefix: string;
  readonly depth: number;
  readonly budget: { remaining: number };
}

function load(files: ChartFiles, nesting: Nesting): Chart {
  const { prefix } = nesting;
  if (nesting.depth > MAX_CHART_DEPTH) refuse(`charts are nested more than ${MAX_CHART_DEPTH} deep`, prefix);
  const metadata = metadataOf(files, prefix);
  const templates: ChartFile[] = [];
  const others: ChartFile[] = [];
  const subcharts = new Map<string, Map<string, Uint8Array>>();
  for (const name of walkOrder(files.keys())) {
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
    dependencies: [...subcharts.keys()]
      .sort()
      .map((name) => loadSubchart(name, subcharts.get(name) ?? new Map(), { ...nesting, parent: metadata.name })),
  };
}

/** The chart's own `values.yaml` as plain objects. */
export function chartDefaults(chart: Chart): Values {
  return toPlain(chart.values) as Values;
}

/** The order in which Helm walks a folder: whole folders before what follows their names. */
function walkOrder(paths: Iterable<string>): string[] {
  const keyed = [...paths].map((path) => ({ path, key: path.replaceAll('/', '\0') }));
  return keyed.sort((a, b) => compareText(a.key, b.key)).map(({ path }) => path);
}

function metadataOf(files: ChartFiles, prefix: string): ChartMetadata {
  const [chart, requirements] = (['Chart.yaml', 'requirements.yaml'] as const).map((name) =>
    shaped(files, name, prefix),
  );
  for (const lock of ['Chart.lock', 'requirements.lock'] as const) shaped(files, lock, prefix);
  const place = { file: `${prefix}Chart.yaml`, line: 1, column: 1 };
  if (chart === undefined && requirements === undefined) {
    throw new ChartError('CHART_INVALID', { reason: 'Chart.yaml file is missing' }, { place });
  }
  return readMetadata(chart, requirements, place);
}

/** The content of a file whose fields have types; nothing when the chart has no such file. */
function shaped(files: ChartFiles, name: ShapedFile, prefix: string): Value {
  const data = files.get(name);
  if (data === undefined) return undefined;
  const content = readFile(data, name, prefix);
  checkShape(content, name, { file: `${prefix}${name}`, line: 1, column: 1 });
  return content ?? new Map();
}

function isConsumed(name: string, apiVersion: string): boolean {
  if (['Chart.yaml', 'Chart.lock', 'values.yaml', 'values.schema.json'].includes(name)) return true;
  return ['requirements.yaml', 'requirements.lock'].includes(name) && apiVersion !== 'v1';
}

function valuesOf(files: ChartFiles, prefix: string): ValueMap {
  const values = files.get('values.yaml');
  if (values === undefined) return new Map();
  try {
    return readValuesText(decodeUtf8(withoutByteOrderMark(values)), `${prefix}values.yaml`);
  } catch (error) {
    throw withReason(error, (reason) => `cannot load values.yaml: ${reason}`);
  }
}

function addSubchartFile(subcharts: Map<string, Map<string, Uint8Array>>, name: string, data: Uint8Array): void {
  const path = name.slice('charts/'.length);
  const slash = path.indexOf('/');
  const folder = slash < 0 ? path : path.slice(0, slash);
  if (folder.startsWith('_') || folder.startsWith('.')) return;
  const files = subcharts.get(folder) ?? new Map<string, Uint8Array>();
  // A packed chart is one file; any other lone file makes a chart without a Chart.yaml, as in Helm.
  if (slash >= 0) files.set(path.slice(slash + 1), data);
  else if (isPacked(folder)) files.set('', data);
  subcharts.set(folder, files);
}

function loadSubchart(name: string, files: ChartFiles, nesting: Nesting & { readonly parent: string }): Chart {
  const { parent, depth, budget } = nesting;
  const prefix = `${nesting.prefix}charts/${name}/`;
  try {
    return load(isPacked(name) ? expand(name, files, budget) : files, { prefix, depth: depth + 1, budget });
  } catch (error) {
    throw withReason(error, (reason) => `error unpacking subchart ${name} in ${parent}: ${reason}`);
  }
}

function isPacked(name: string): boolean {
  return name.endsWith('.tgz');
}

function expand(name: string, files: ChartFiles, budget: { remaining: number }): ChartFiles {
  const packed = files.get('');
  if (packed === undefined) {
    throw new ChartError('CHART_INVALID', { reason: `expected ${name}, got a folder of that name` });
  }
  const expanded = readArchive(packed);
  for (const data of expanded.values()) budget.remaining -= data.length;
  if (budget.remaining >= 0) return expanded;
  const reason = `packed charts expand to more than ${MAX_EXPANDED_BYTES} bytes together`;
  throw new ChartError('CHART_ARCHIVE_INVALID', { reason });
}

function readFile(data: Uint8Array, file: string, prefix: string): Value {
  try {
    return readYaml(decodeUtf8(withoutByteOrderMark(data)), { file: `${prefix}${file}` });
  } catch (error) {
    throw withReason(error, (reason) => `cannot load ${file}: ${reason}`);
  }
}

function withoutByteOrderMark(data: Uint8Array): Uint8Array {
  return data[0] === 0xef && data[1] === 0xbb && data[2] === 0xbf ? data.subarray(3) : data;
}

function refuse(reason: string, file: string): never {
  throw new ChartError('CHART_INVALID', { reason }, { place: { file: file || 'Chart.yaml', line: 1, column: 1 } });
}
