import { ChartError } from '../error/chart-error.ts';
import { withReason } from '../error/with-reason.ts';
import type { Values } from '../render/rendered-chart.ts';
import { toPlain } from '../value/convert.ts';
import type { Value, ValueMap } from '../value/value.ts';
import { jsonKind } from '../chart/metadata-shape.ts';
import { readYaml } from '../yaml/parse-yaml.ts';
import { mergeMaps } from './merge-values.ts';

/** Reads a values file as plain objects. It may hold several documents; later ones are laid on earlier ones, as in Helm 4. */
export function readValues(text: string, file: string): Values {
  try {
    return toPlain(readValuesText(text, file)) as Values;
  } catch (error) {
    throw withReason(error, (reason) => `failed to parse ${file}: ${reason}`);
  }
}

/** The same as Go values, in words that name no file. */
export function readValuesText(text: string, file: string): ValueMap {
  let values: ValueMap = new Map();
  for (const { content, line } of chunksOf(text, file)) {
    try {
      values = mergeMaps(values, mapOf(readYaml(content, { file }), file));
    } catch (error) {
      throw withReason(movedBy(line, error), (reason) => `cannot unmarshal yaml document: ${reason}`);
    }
  }
  return values;
}

/** Cuts a file where Kubernetes does: at lines of `---`, whatever they stand in. Of each part the first document counts. */
function chunksOf(text: string, file: string): readonly { content: string; line: number }[] {
  const chunks: { content: string; line: number }[] = [];
  let lines: string[] = [];
  let line = 0;
  const push = (next: number): void => {
    if (lines.length > 0) chunks.push({ content: `${lines.join('\n')}\n`, line });
    lines = [];
    line = next;
  };
  for (const [i, written] of text.replace(/\n$/, '').split('\n').entries()) {
    const rest = written.startsWith('---') ? written.slice(3).trim() : '';
    if (rest !== '' && !rest.startsWith('#')) {
      const reason = `error reading yaml document: invalid Yaml document separator: ${rest}`;
      throw new ChartError('VALUES_INVALID', { reason }, { place: { file, line: i + 1, column: 1 } });
    }
    if (written.startsWith('---') && lines.length > 0) push(i + 1);
    else lines.push(written);
  }
  push(0);
  return chunks;
}

/** The failure where it stands in the whole file; Helm's words count from where the part starts. */
function movedBy(lines: number, error: unknown): unknown {
  if (lines === 0 || !(error instanceof ChartError) || error.place === undefined) return error;
  const place = { ...error.place, line: error.place.line + lines };
  return new ChartError(error.code, error.details, { cause: error, place });
}

function mapOf(document: Value, file: string): ValueMap {
  if (document instanceof Map) return document;
  if (document === null || document === undefined) return new Map();
  const reason = `error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${jsonKind(document)} into Go value of type map[string]interface {}`;
  throw new ChartError('VALUES_INVALID', { reason }, { place: { file, line: 1, column: 1 } });
}
