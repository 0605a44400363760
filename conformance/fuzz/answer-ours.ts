import {
  type Chart,
  chartDefaults,
  ChartError,
  loadChart,
  parseSet,
  parseYaml,
  renderChart,
  stringifyYaml,
  type SetMode,
  type Values,
} from '@naru/chart';
import type { Answer, Question } from './helm-driver.ts';

const encoder = new TextEncoder();
const METADATA = encoder.encode('apiVersion: v2\nname: c\nversion: 0.1.0\n');

/** What our engine makes of a question. Anything but a refusal of its own is an answer that no Helm gives. */
export function answerOurs(question: Question): Answer {
  try {
    return { output: outputOf(question) };
  } catch (error) {
    if (error instanceof ChartError) return { error: error.message };
    return { error: `crashed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}` };
  }
}

function outputOf({ kind, text, values }: Question): string {
  switch (kind) {
    case 'template':
      return render(text, parseYaml(values) as Values);
    case 'yaml':
      return stringifyYaml(parseYaml(text));
    case 'values':
      return stringifyYaml(chartDefaults(chartOf('', text)));
    default:
      return stringifyYaml(parseSet(text, parseSet(values, {}, 'set-json'), kind satisfies SetMode));
  }
}

function chartOf(template: string, values: string): Chart {
  return loadChart(
    new Map([
      ['Chart.yaml', METADATA],
      ['values.yaml', encoder.encode(values)],
      ['templates/NOTES.txt', encoder.encode(template)],
    ]),
  );
}

function render(template: string, values: Values): string {
  const chart = chartOf(template, '');
  const { notes } = renderChart(chart, {
    release: { name: 'rel', namespace: 'default' },
    values,
    capabilities: { kubeVersion: 'v1.37.0' },
    random: { bytes: (count) => new Uint8Array(count) },
    now: Date.now,
  });
  return notes;
}
