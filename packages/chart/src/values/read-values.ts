import { ChartError } from '../error/chart-error.ts';
import { withReason } from '../error/with-reason.ts';
import type { Values } from '../render/rendered-chart.ts';
import { toPlain } from '../value/convert.ts';
import type { Value, ValueMap } from '../value/value.ts';
import { jsonKind } from '../chart/metadata-shape.ts';
import { readYamlDocuments } from '../yaml/parse-yaml.ts';
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
  try {
    for (const document of readYamlDocuments(text, { file })) values = mergeMaps(values, mapOf(document, file));
  } catch (error) {
    throw withReason(error, (reason) => `cannot unmarshal yaml document: ${reason}`);
  }
  return values;
}

function mapOf(document: Value, file: string): ValueMap {
  if (document instanceof Map) return document;
  if (document === null || document === undefined) return new Map();
  const reason = `error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${jsonKind(document)} into Go value of type map[string]interface {}`;
  throw new ChartError('VALUES_INVALID', { reason }, { place: { file, line: 1, column: 1 } });
}
