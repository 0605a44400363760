import { formatFloat, formatJsonFloat, specialFloat } from '../value/float.ts';
import { fromPlain } from '../value/convert.ts';
import { integerOf } from '../value/kind.ts';
import { encodeBase64 } from '../value/base64.ts';
import { formatTime } from '../value/time.ts';
import { Bytes, isNilList, Named, Time } from '../value/value.ts';
import type { Value } from '../value/value.ts';
import { compareKeys } from './key-order.ts';
import { resolveScalar } from './resolve-scalar.ts';
import { writeText } from './write-scalar.ts';

/** How Go's two yaml libraries differ in what they write. */
interface Dialect {
  readonly width: number;
  /** How far the dashes of a list stand to the right of its key. */
  readonly listIndent: number;
  readonly printsEmoji: boolean;
  readonly number: (value: number) => string;
  readonly nilList: string;
}

/** JSON lets these pass as they are; the YAML reader that takes the JSON over does not. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const NOT_YAML = /[\u007f-\u0084\u0086-\u009f\ufffe\uffff]/;
const SIMPLE_KEY_LENGTH = 128;

/** `sigs.k8s.io/yaml`: values pass through JSON, then yaml.v2 writes them. */
const KUBERNETES: Dialect = { width: 80, listIndent: 0, printsEmoji: false, number: jsonNumber, nilList: 'null' };
/** yaml.v3, with lists indented: Helm's `toYamlPretty`. */
const PRETTY: Dialect = { width: Infinity, listIndent: 2, printsEmoji: true, number: yamlFloat, nilList: '[]' };

/** What cannot be written as YAML: JSON has no word for it. */
export class YamlWriteError extends Error {}

/** Writes plain JavaScript as `sigs.k8s.io/yaml` does: sorted keys, Go's quoting, a newline at the end. */
export function stringifyYaml(value: unknown): string {
  return writeYaml(fromPlain(value));
}

/** Writes a Go value as `sigs.k8s.io/yaml` does. Throws `YamlWriteError` for what JSON cannot say. */
export function writeYaml(value: Value): string {
  return write(value, KUBERNETES);
}

/** Writes a Go value as Helm's `toYamlPretty` does. */
export function writeYamlPretty(value: Value): string {
  return write(value, PRETTY);
}

function write(value: Value, dialect: Dialect): string {
  const content = contentOf(value);
  let text: string;
  if (content instanceof Map && content.size > 0) text = writeMap(content, 0, dialect);
  else if (Array.isArray(content) && content.length > 0) text = writeList(content, 0, dialect);
  else text = writeScalar(content, { indent: 2, column: 0, isKey: false }, dialect);
  return text.endsWith('\n') ? text : `${text}\n`;
}

function contentOf(value: Value): Value {
  return value instanceof Named ? (value.marshalled ?? value.content) : value;
}

interface Placement {
  readonly indent: number;
  readonly column: number;
  readonly isKey: boolean;
}

function writeMap(map: ReadonlyMap<string, Value>, indent: number, dialect: Dialect): string {
  const padding = ' '.repeat(indent);
  let out = '';
  let isFirst = true;
  for (const key of [...map.keys()].sort(compareKeys)) {
    if (!isFirst) out += out.endsWith('\n') ? padding : `\n${padding}`;
    isFirst = false;
    out += writeEntry(key, contentOf(map.get(key)), indent, dialect);
  }
  return out;
}

function writeEntry(key: string, value: Value, indent: number, dialect: Dialect): string {
  const isSimple = key.length <= SIMPLE_KEY_LENGTH && !/[\n\r\u0085\u2028\u2029]/.test(key);
  const written = isSimple
    ? `${writeText(key, { indent: indent + 2, column: indent, isKey: true, ...dialect })}:`
    : explicitKey(key, indent, dialect);
  if (value instanceof Map && value.size > 0) {
    const inner = indent + 2;
    return `${written}\n${' '.repeat(inner)}${writeMap(value, inner, dialect)}`;
  }
  if (Array.isArray(value) && value.length > 0) {
    const inner = indent + dialect.listIndent;
    return `${written}\n${' '.repeat(inner)}${writeList(value, inner, dialect)}`;
  }
  const column = indent + (isSimple ? [...written].length : 1) + 1;
  return `${written} ${writeScalar(value, { indent: indent + 2, column, isKey: false }, dialect)}`;
}

/** A key that is long or has line breaks stands on lines of its own. */
function explicitKey(key: string, indent: number, dialect: Dialect): string {
  const text = writeText(key, { indent: indent + 2, column: indent + 2, isKey: false, ...dialect });
  return `? ${text}${text.endsWith('\n') ? '' : '\n'}${' '.repeat(indent)}:`;
}

function writeList(list: readonly Value[], indent: number, dialect: Dialect): string {
  const padding = ' '.repeat(indent);
  let out = '';
  for (const [i, element] of list.entries()) {
    if (i > 0) out += out.endsWith('\n') ? padding : `\n${padding}`;
    const item = contentOf(element);
    const inner = indent + 2;
    if (item instanceof Map && item.size > 0) out += `- ${writeMap(item, inner, dialect)}`;
    else if (Array.isArray(item) && item.length > 0) out += `- ${writeList(item, inner, dialect)}`;
    else out += `- ${writeScalar(item, { indent: inner, column: inner, isKey: false }, dialect)}`;
  }
  return out;
}

function writeScalar(value: Value, placement: Placement, dialect: Dialect): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') {
    if (NOT_YAML.test(value)) throw new YamlWriteError('yaml: control characters are not allowed');
    return writeText(value.toWellFormed(), { ...placement, ...dialect });
  }
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return dialect.number(value);
  const integer = integerOf(value);
  if (integer !== undefined) return String(integer);
  if (value instanceof Map) return '{}';
  if (Array.isArray(value)) return isNilList(value) ? dialect.nilList : '[]';
  if (value instanceof Time) {
    return writeText(formatTime(value, '2006-01-02T15:04:05.999999999Z07:00'), { ...placement, ...dialect });
  }
  if (value instanceof Bytes) return writeText(encodeBase64(value.data), { ...placement, ...dialect });
  throw new YamlWriteError('json: unsupported type: func()');
}

/** A float that went through JSON: whole numbers come back as integers, others in Go's shortest form. */
function jsonNumber(value: number): string {
  const special = specialFloat(value);
  if (special !== undefined) throw new YamlWriteError(`json: unsupported value: ${special}`);
  const text = formatJsonFloat(value);
  const resolved = resolveScalar(text);
  return resolved.tag === 'int' ? String(resolved.value) : formatFloat(value);
}

function yamlFloat(value: number): string {
  const special = specialFloat(value);
  if (special === undefined) return formatFloat(value);
  return { NaN: '.nan', '+Inf': '.inf', '-Inf': '-.inf' }[special] ?? special;
}
