import {
  type Chart,
  ChartError,
  formatTemplateOutput,
  loadChart,
  mergeValues,
  renderChart,
  type Values,
} from '@naru/chart';
import { chartRefusal } from '../commands/chart-refusal.ts';
import { assign, DEFAULT_KUBE_VERSION, valuesIn } from '../commands/chart-values.ts';
import { randomBytes } from '../commands/random-bytes.ts';
import type { Wording } from '../context.ts';
import type { ChartInput, ReleaseInput, ValuesInput } from './release-input.ts';

export interface RenderedRelease {
  readonly text: string;
  /** Whether another run gives the same: the templates asked neither for chance nor time nor a cluster. */
  readonly isRepeatable: boolean;
}

/** Charts are compiled, and values files parsed, once for all releases that share them. */
const charts = new WeakMap<ChartInput, Chart>();
const parsed = new WeakMap<ValuesInput, Values>();

/** The bytes that `helm template` prints for a release. Throws `CHART_REFUSED` or what is wrong with the values. */
export function renderRelease(input: ReleaseInput, wording: Wording): RenderedRelease {
  const { release, chart } = input;
  let isRepeatable = true;
  const unrepeatable = <T>(answer: T): T => {
    isRepeatable = false;
    return answer;
  };
  const values = valuesOf(input, wording);
  try {
    const { release: name, namespace, kubeVersion = DEFAULT_KUBE_VERSION, apiVersions = [] } = release;
    const rendered = renderChart(chartOf(chart), {
      release: { name, namespace },
      values,
      capabilities: { kubeVersion, apiVersions },
      random: { bytes: (count) => unrepeatable(randomBytes(count)) },
      now: () => unrepeatable(Date.now()),
      lookup: () => unrepeatable({}),
    });
    const text = formatTemplateOutput(rendered, { includeCrds: release.includeCrds === true });
    return { text, isRepeatable };
  } catch (error) {
    if (!(error instanceof ChartError)) throw error;
    throw chartRefusal(chart.path, error);
  }
}

function chartOf(input: ChartInput): Chart {
  const chart = charts.get(input) ?? loadChart(input.files);
  charts.set(input, chart);
  return chart;
}

function valuesOf({ release, values: files }: ReleaseInput, wording: Wording): Values {
  let values: Values = {};
  for (const file of files) values = mergeValues(values, parse(file));
  for (const assignment of release.set ?? []) values = assign(assignment, values, { mode: 'set', context: wording });
  return values;
}

function parse(input: ValuesInput): Values {
  const known = parsed.get(input);
  if (known !== undefined) return known;
  const values = valuesIn(input.path, input.text);
  parsed.set(input, values);
  return values;
}
