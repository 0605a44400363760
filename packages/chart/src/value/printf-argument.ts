import { integerOf, kindOf, typeOf } from './kind.ts';
import { printValue, sortedKeys } from './print.ts';
import { pad } from './printf-flags.ts';
import type { PrintfFlags } from './printf-flags.ts';
import { formatFloatVerb, formatInteger } from './printf-number.ts';
import { formatTextVerb } from './printf-text.ts';
import { asList, asMap, Bytes, Duration, Named, Time, TypedList } from './value.ts';
import type { Value } from './value.ts';

/** One argument as its verb wants it. */
export function formatArgument(value: Value, verb: string, flags: PrintfFlags): string {
  if (value === null || value === undefined) {
    return verb === 'v' || verb === 'T' ? pad('<nil>', flags) : `%!${verb}(<nil>)`;
  }
  if (verb === 'T') return formatTextVerb(typeOf(value), 's', flags) ?? '';
  const isComposite = typeof value === 'object' && integerOf(value) === undefined;
  if (verb === 'w' && isComposite) return bad(value, verb, flags);
  return formatValue(value, verb, flags);
}

function formatValue(value: Value, verb: string, flags: PrintfFlags): string {
  return formatStringer(value, verb, flags) ?? formatPlain(value, verb, flags) ?? bad(value, verb, flags);
}

/** Types with a `String` method are texts to the verbs of texts. */
function formatStringer(value: Value, verb: string, flags: PrintfFlags): string | undefined {
  if (flags.sharpV || !'vsxXq'.includes(verb)) return undefined;
  const hasMethod =
    value instanceof Duration || value instanceof Time || (value instanceof Named && value.text !== undefined);
  return hasMethod ? formatTextVerb(printValue(value), verb, flags) : undefined;
}

function formatPlain(value: Value, verb: string, flags: PrintfFlags): string | undefined {
  if (typeof value === 'string') return formatTextVerb(value, verb, flags);
  if (typeof value === 'boolean') return verb === 't' || verb === 'v' ? pad(String(value), flags) : undefined;
  if (typeof value === 'number') return formatFloatVerb(value, verb, flags);
  const integer = integerOf(value);
  if (integer !== undefined) return formatInteger(integer, verb, flags);
  if (value instanceof Bytes) return formatBytes(value, verb, flags);
  return formatComposite(value, verb, flags);
}

function formatBytes(value: Bytes, verb: string, flags: PrintfFlags): string | undefined {
  if ('sqxX'.includes(verb)) return formatTextVerb(String.fromCharCode(...value.data), verb, flags);
  if (verb === 'v' && flags.sharpV) {
    return `[]byte{${Array.from(value.data, (byte) => `0x${byte.toString(16)}`).join(', ')}}`;
  }
  return formatComposite(value, verb, flags);
}

function formatComposite(value: Value, verb: string, flags: PrintfFlags): string {
  const separator = flags.sharpV ? ', ' : ' ';
  const list = asList(value);
  if (list !== undefined) {
    if (flags.sharpV && value instanceof TypedList && value.isNil) return `${typeOf(value)}(nil)`;
    const items = list.map((item) => formatInside(item, verb, flags)).join(separator);
    return flags.sharpV ? `${typeOf(value)}{${items}}` : `[${items}]`;
  }
  const map = asMap(value);
  if (map !== undefined) {
    const entries = sortedKeys(map)
      .map((key) => `${formatInside(key, verb, flags)}:${formatInside(map.get(key), verb, flags)}`)
      .join(separator);
    return flags.sharpV ? `${typeOf(value)}{${entries}}` : `map[${entries}]`;
  }
  if (value instanceof Named && value.content instanceof Map) return formatStruct(value, verb, flags);
  return verb === 'v' ? printValue(value) : bad(value, verb, flags);
}

function formatStruct(value: Named, verb: string, flags: PrintfFlags): string {
  const isNamed = flags.plusV || flags.sharpV;
  const fields = value.content instanceof Map ? [...value.content] : [];
  const shown = fields.map(([name, field]) => (isNamed ? `${name}:` : '') + formatInside(field, verb, flags));
  const pointer = kindOf(value) === 'ptr' ? '&' : '';
  const type = flags.sharpV ? value.type.replace(/^\*/, '') : '';
  return `${pointer}${type}{${shown.join(flags.sharpV ? ', ' : ' ')}}`;
}

/** A value inside another one: nil is no fault there, whatever the verb. */
function formatInside(value: Value, verb: string, flags: PrintfFlags): string {
  if (value === null || value === undefined) return flags.sharpV ? 'interface {}(nil)' : '<nil>';
  return formatValue(value, verb, flags);
}

/** What Go writes for a verb that does not fit. Width and flags stay; methods are not asked. */
function bad(value: Value, verb: string, flags: PrintfFlags): string {
  return `%!${verb}(${typeOf(value)}=${formatPlain(value, 'v', flags) ?? ''})`;
}
