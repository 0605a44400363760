import { readYaml } from '../yaml/parse-yaml.ts';
import { writeYaml, writeYamlPretty, YamlWriteError } from '../yaml/stringify-yaml.ts';
import { ChartError } from '../error/chart-error.ts';
import { decodeBase32, decodeBase64, encodeBase32, encodeBase64 } from '../value/base64.ts';
import { decodeJson, encodeJson, JsonError } from '../value/json.ts';
import type { JsonOptions } from '../value/json.ts';
import { decodeUtf8, encodeUtf8 } from '../value/utf8.ts';
import type { Value, ValueMap } from '../value/value.ts';
import { fixed, refuse, text } from './define.ts';
import type { FunctionTable } from './define.ts';

/** Helm swallows what cannot be written; the `must` functions refuse it. */
function written(write: () => string, isStrict: boolean): string {
  try {
    return write();
  } catch (error) {
    if (!(error instanceof JsonError) && !(error instanceof YamlWriteError)) throw error;
    return isStrict ? refuse(error.message) : '';
  }
}

function json(options: JsonOptions, isStrict: boolean): FunctionTable[string] {
  return fixed(['any'], ([value]) => written(() => encodeJson(value, options), isStrict));
}

function yaml(isStrict: boolean): FunctionTable[string] {
  return fixed(['any'], ([value]) => written(() => writeYaml(value).replace(/\n$/, ''), isStrict));
}

function decoded(value: string, decode: (text: string) => Uint8Array | number, base: number): string {
  const bytes = decode(value);
  return typeof bytes === 'number' ? `illegal base${base} data at input byte ${bytes}` : decodeUtf8(bytes);
}

/** Reads, or gives the reason as a text. */
function readOr(read: () => Value): { value: Value } | { failure: string } {
  try {
    return { value: read() };
  } catch (error) {
    if (error instanceof ChartError || error instanceof JsonError) return { failure: error.message };
    throw error;
  }
}

/** A map; an error and anything else come back as a map with the key `Error`, as Helm has it. */
function asMapResult(read: () => Value, kindError: (kind: string) => string): ValueMap {
  const result = readOr(read);
  if ('failure' in result) return new Map([['Error', result.failure]]);
  if (result.value instanceof Map) return result.value;
  if (result.value === null) return new Map();
  return new Map([['Error', kindError(jsonKind(result.value))]]);
}

function asListResult(read: () => Value, kindError: (kind: string) => string): Value[] {
  const result = readOr(read);
  if ('failure' in result) return [result.failure];
  if (Array.isArray(result.value)) return result.value;
  return result.value === null ? [] : [kindError(jsonKind(result.value))];
}

function jsonKind(value: Value): string {
  if (Array.isArray(value)) return 'array';
  if (value instanceof Map) return 'object';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

const MAP = 'map[string]interface {}';
const LIST = '[]interface {}';
const fromJson = (target: string) => (kind: string) => `json: cannot unmarshal ${kind} into Go value of type ${target}`;
const fromYaml = (target: string) => (kind: string) =>
  `error unmarshaling JSON: while decoding JSON: ${fromJson(target)(kind)}`;

/** Helm's and sprig's ways in and out of YAML, JSON, base64 and base32. */
export const ENCODING: FunctionTable = {
  toYaml: yaml(false),
  mustToYaml: yaml(true),
  toYamlPretty: fixed(['any'], ([value]) => written(() => writeYamlPretty(value).replace(/\n$/, ''), false)),
  fromYaml: fixed(['string'], (args) => asMapResult(() => readYaml(text(args, 0)), fromYaml(MAP))),
  fromYamlArray: fixed(['string'], (args) => asListResult(() => readYaml(text(args, 0)), fromYaml(LIST))),
  toJson: json({}, false),
  mustToJson: json({}, true),
  toPrettyJson: json({ indent: '  ' }, false),
  mustToPrettyJson: json({ indent: '  ' }, true),
  toRawJson: json({ escapeHtml: false }, true),
  mustToRawJson: json({ escapeHtml: false }, true),
  fromJson: fixed(['string'], (args) =>
    // JSON's null makes Go's map nil; YAML's leaves it empty.
    text(args, 0).trim() === 'null' ? null : asMapResult(() => decodeJson(text(args, 0)), fromJson(MAP)),
  ),
  fromJsonArray: fixed(['string'], (args) => asListResult(() => decodeJson(text(args, 0)), fromJson(LIST))),
  mustFromJson: fixed(['string'], (args) => {
    const result = readOr(() => decodeJson(text(args, 0)));
    return 'failure' in result ? refuse(result.failure) : result.value;
  }),
  b64enc: fixed(['string'], (args) => encodeBase64(encodeUtf8(text(args, 0)))),
  b64dec: fixed(['string'], (args) => decoded(text(args, 0), decodeBase64, 64)),
  b32enc: fixed(['string'], (args) => encodeBase32(encodeUtf8(text(args, 0)))),
  b32dec: fixed(['string'], (args) => decoded(text(args, 0), decodeBase32, 32)),
};
