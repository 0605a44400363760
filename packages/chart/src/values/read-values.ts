import { ChartError } from '../error/chart-error.ts';
import type { Value, ValueMap } from '../value/value.ts';
import { readYamlDocuments } from '../yaml/parse-yaml.ts';
import { mergeMaps } from './merge-values.ts';

/** Reads a values file. It may hold several documents; later ones are laid on earlier ones, as in Helm 4. */
export function readValuesText(text: string, file: string): ValueMap {
  let values: ValueMap = new Map();
  for (const document of readYamlDocuments(text, { file })) values = mergeMaps(values, mapOf(document, file));
  return values;
}

function mapOf(document: Value, file: string): ValueMap {
  if (document instanceof Map) return document;
  if (document === null || document === undefined) return new Map();
  const reason = 'json: cannot unmarshal the document into a map of values';
  throw new ChartError('VALUES_INVALID', { reason }, { place: { file, line: 1, column: 1 } });
}
