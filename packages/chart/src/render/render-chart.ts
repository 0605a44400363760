import type { Chart } from '../chart/chart.ts';
import { ChartError } from '../error/chart-error.ts';
import { Engine } from '../execute/engine.ts';
import { refuseOverflow } from '../execute/overflow.ts';
import { TemplateSet } from '../execute/template-set.ts';
import { FUNCTIONS } from '../functions/function-table.ts';
import { baseName } from '../functions/path.ts';
import { describeMismatches } from '../schema/check-values.ts';
import { TemplateExecError, TemplateParseError } from '../template/template-error.ts';
import { OriginRecorder } from '../trace/origin-recorder.ts';
import { originsOf, summarize, traceChart } from '../trace/trace-chart.ts';
import type { Tracer } from '../trace/tracer.ts';
import { mapFromPlain } from '../value/convert.ts';
import { compareText, decodeUtf8 } from '../value/utf8.ts';
import { Named } from '../value/value.ts';
import type { CallContext, Value, ValueMap } from '../value/value.ts';
import { coalesceValues } from '../values/coalesce.ts';
import { growTree, isCompatible } from './chart-tree.ts';
import type { TreeChart } from './chart-tree.ts';
import { executionFailure, parseFailure } from './exec-error.ts';
import type { RenderOptions } from './render-options.ts';
import type { RenderedChart } from './rendered-chart.ts';
import { sortManifests } from './sort-manifests.ts';
import { capabilitiesData, chartData, filesData, kubeVersionParts, releaseData, valuesData } from './template-data.ts';

/** One template with the data that it sees. */
interface Renderable {
  readonly text: string;
  readonly data: ValueMap;
  readonly basePath: string;
}

/**
 * Renders a chart for one release: values are coalesced through its subcharts, templates executed, manifests
 * put into Helm's install order and hooks taken out.
 *
 * Throws `ChartError` with the template's place. The chart's templates are compiled once, on its first render.
 */
export function renderChart(chart: Chart, options: RenderOptions): RenderedChart {
  checkType(chart);
  const given = mapFromPlain(options.values);
  const tree = growTree(chart, given);
  const collected = new Map<string, Renderable>();
  const shared = { release: releaseData(options), capabilities: capabilitiesData(options) };
  const values = coalesceValues(tree, given, false);
  if (options.skipSchemaValidation !== true) checkValues(tree, values);
  checkKubeVersion(chart, options.capabilities.kubeVersion);
  collect(tree, { ...shared, values }, collected);
  const templates = new Map([...collected].sort(([a], [b]) => deepestFirst(a, b)));
  const recorder = options.origins === true ? new OriginRecorder() : undefined;
  const tracer = options.trace === true || recorder !== undefined ? traceChart(tree, values, recorder) : undefined;
  const set = compile(chart, templates);
  const outputs = execute(set, templates, options, tracer);
  const notes = outputs.get(`${chart.metadata.name}/templates/NOTES.txt`) ?? '';
  for (const name of outputs.keys()) if (name.endsWith('NOTES.txt')) outputs.delete(name);
  const rendered = { crds: crdsOf(tree), ...sortManifests(outputs), notes };
  if (tracer === undefined) return rendered;
  const origins = originsOf(tracer, tree, given);
  return { ...rendered, trace: summarize(tracer, set, tree, given), ...(origins === undefined ? {} : { origins }) };
}

/** A library only defines templates for others. */
function checkType({ metadata: { type } }: Chart): void {
  if (type !== '' && type !== 'application') throw new ChartError('CHART_NOT_INSTALLABLE', { type });
}

function checkValues(tree: TreeChart, values: ValueMap): void {
  const problems = describeMismatches(tree, values);
  if (problems !== '') throw new ChartError('VALUES_UNMATCHED', { problems });
}

function checkKubeVersion({ metadata }: Chart, version: string): void {
  const parts = kubeVersionParts(version);
  if (parts === undefined) {
    throw new ChartError('VALUES_INVALID', { reason: `invalid kube version '${version}': could not parse it` });
  }
  if (metadata.kubeVersion === '' || isCompatible(metadata.kubeVersion, parts.normalized)) return;
  throw new ChartError('CHART_VERSION_UNSUPPORTED', {
    constraint: metadata.kubeVersion,
    version: version.startsWith('v') ? version : `v${version}`,
  });
}

interface SharedData {
  readonly release: Value;
  readonly capabilities: Value;
  readonly values: ValueMap;
}

function collect(tree: TreeChart, shared: SharedData, templates: Map<string, Renderable>): ValueMap {
  const subcharts: ValueMap = new Map();
  const data: ValueMap = new Map<string, Value>([
    ['Chart', chartData(tree)],
    ['Files', filesData(tree.chart.files)],
    ['Release', shared.release],
    ['Capabilities', shared.capabilities],
    ['Values', valuesData(shared.values)],
    ['Subcharts', subcharts],
  ]);
  for (const child of tree.dependencies) {
    const values = shared.values.get(child.name);
    const inner = values instanceof Map ? values : new Map<string, Value>();
    subcharts.set(child.name, collect(child, { ...shared, values: inner }, templates));
  }
  const isLibrary = tree.chart.metadata.type.toLowerCase() === 'library';
  for (const file of tree.chart.templates) {
    if (isLibrary && !baseName(file.name).startsWith('_')) continue;
    templates.set(`${tree.path}/${file.name}`, {
      text: decodeUtf8(file.data),
      data,
      basePath: `${tree.path}/templates`,
    });
  }
  return data;
}

interface Compiled {
  readonly key: string;
  readonly set: TemplateSet;
}

/** Templates depend on the chart and on which subcharts take part: kept while the chart lives. */
const compiledSets = new WeakMap<Chart, Compiled>();

function execute(
  set: TemplateSet,
  templates: ReadonlyMap<string, Renderable>,
  options: RenderOptions,
  tracer: Tracer | undefined,
): Map<string, string> {
  let rendering = '';
  const context: CallContext = {
    randomBytes: (count) => options.random.bytes(count, rendering),
    nowMilliseconds: options.now,
    lookup: (apiVersion, kind, namespace, name) =>
      mapFromPlain(options.lookup?.({ apiVersion, kind, namespace, name }) ?? {}),
  };
  const engine = new Engine(set, context, { isStrict: options.strict ?? false, tracer, limits: options.limits });
  const outputs = new Map<string, string>();
  for (const [name, template] of templates) {
    if (baseName(name).startsWith('_')) continue;
    const about = new Map([
      ['Name', name],
      ['BasePath', template.basePath],
    ]);
    rendering = name;
    template.data.set('Template', new Named('common.Values', about));
    outputs.set(name, executeOne(engine, name, template).replaceAll('<no value>', ''));
  }
  return outputs;
}

function compile(chart: Chart, templates: ReadonlyMap<string, Renderable>): TemplateSet {
  const key = [...templates.keys()].join('\n');
  const known = compiledSets.get(chart);
  if (known?.key === key) return known.set;
  const set = new TemplateSet(FUNCTIONS);
  const failures: TemplateParseError[] = [];
  for (const [name, { text }] of templates) {
    try {
      refuseOverflow(name, () => set.add(name, text));
    } catch (error) {
      if (!(error instanceof TemplateParseError)) throw error;
      failures.push(error);
    }
  }
  const [first, ...others] = failures;
  // Each template is parsed by itself: what is wrong with one does not follow from another.
  if (first !== undefined) throw parseFailure(first, others);
  compiledSets.set(chart, { key, set });
  return set;
}

function executeOne(engine: Engine, name: string, { data }: Renderable): string {
  try {
    return engine.execute(name, data);
  } catch (error) {
    throw error instanceof TemplateExecError ? executionFailure(error) : error;
  }
}

/** Helm's order: templates of subcharts before those of their parents, so that parents redefine. */
function deepestFirst(a: string, b: string): number {
  const depth = b.split('/').length - a.split('/').length;
  return depth === 0 ? compareText(b, a) : depth;
}

function crdsOf(tree: TreeChart): { template: string; content: string }[] {
  const own = tree.chart.files
    .filter(({ name }) => name.startsWith('crds/') && /\.(ya?ml|json)$/i.test(name))
    .map(({ name, data }) => ({ template: `${tree.path}/${name}`, content: decodeUtf8(data) }));
  return [...own, ...tree.dependencies.flatMap(crdsOf)];
}
