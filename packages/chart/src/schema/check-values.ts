import { decodeUtf8 } from '../value/utf8.ts';
import { decodeJson, JsonError } from '../value/json.ts';
import { typeOf } from '../value/kind.ts';
import type { Value, ValueMap } from '../value/value.ts';
import { compileSchema } from './compile-schema.ts';
import { formatFailures, quoted } from './failure.ts';
import { metaschema, metaschemaUrl } from './metaschema.ts';
import { SchemaError } from './schema.ts';
import type { Draft, Schema } from './schema.ts';
import { validate } from './validator.ts';

/** A chart as far as schemas are concerned: after aliases and conditions have been applied. */
export interface SchemaChart {
  readonly name: string;
  readonly chart: { readonly schema: Uint8Array | undefined };
  readonly dependencies: readonly SchemaChart[];
}

const LOCATION = 'file:///values.schema.json';

/**
 * What the schemas of a chart and its subcharts say against its values, as Helm words it, a paragraph for each chart;
 * empty when nothing. Charts without a schema cost nothing here.
 */
export function describeMismatches(chart: SchemaChart, values: ValueMap): string {
  let text = '';
  const { schema } = chart.chart;
  if (schema !== undefined) {
    const wrong = mismatchesOf(schema, values);
    if (wrong !== undefined) text += `${chart.name}:\n${wrong}`;
  }
  for (const child of chart.dependencies) {
    const inner = values.get(child.name);
    if (inner === undefined || inner === null) continue;
    text +=
      inner instanceof Map
        ? describeMismatches(child, inner)
        : `${child.name}:\ninvalid type for values: expected object (map), got ${typeOf(inner)}\n`;
  }
  return text;
}

/** Schemas are compiled once, however often their chart is rendered. */
const compiled = new WeakMap<Uint8Array, Schema>();

function mismatchesOf(schema: Uint8Array, values: Value): string | undefined {
  let known = compiled.get(schema);
  try {
    known ??= compileSchema(LOCATION, documentOf(schema), { inspect: checkDialect, assertsFormat: false });
  } catch (error) {
    if (error instanceof SchemaError) return error.message;
    throw error;
  }
  compiled.set(schema, known);
  const failures = validate(known, values);
  return failures.length === 0 ? undefined : `${formatFailures(failures).slice(1)}\n`;
}

function documentOf(schema: Uint8Array): Value {
  const text = decodeUtf8(schema);
  if (text.trim() === '') throw new SchemaError('EOF');
  try {
    return decodeJson(text);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    // Go words it otherwise when it reads a stream.
    throw new SchemaError(error.message.replace('unexpected end of JSON input', 'unexpected EOF'), { cause: error });
  }
}

const dialects = new Map<Draft, Schema>();

/** Refuses what is no schema of its draft. */
function checkDialect(content: Value, location: string, draft: Draft): void {
  const url = metaschemaUrl(draft);
  let dialect = dialects.get(draft);
  if (dialect === undefined) {
    dialect = compileSchema(url, metaschema(url) ?? true, { inspect: () => undefined, assertsFormat: true });
    dialects.set(draft, dialect);
  }
  const failures = validate(dialect, content);
  if (failures.length === 0) return;
  const reason = `jsonschema validation failed with ${quoted(`${url}#`)}${formatFailures(failures)}`;
  throw new SchemaError(`"${location}" is not valid against metaschema: ${reason}`);
}
