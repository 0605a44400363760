import { typeIn, type TypeWord, typeWordOf } from '../error/type-words.ts';
import { fieldBelow } from '../object/field-path.ts';
import { isRecord } from '../object/manifest.ts';

/** Where a value does not fit its schema, and why, in both languages. */
export interface StructuralFault {
  readonly path: string;
  readonly reason: string;
  readonly reasonKo: string;
}

/**
 * What the structural schema of a CustomResourceDefinition refuses about a value: types, required and unknown fields, enumerations, lengths
 * and bounds. Patterns, CEL rules and `oneOf` are left to the API server.
 *
 * A field that the schema does not name would be pruned without a word, unless the schema preserves it: that is a fault here, because it
 * is a misspelling.
 */
export function structuralFaults(schema: unknown, value: unknown): readonly StructuralFault[] {
  return isRecord(schema) ? faults(schema, { value, path: '' }, true) : [];
}

type Schema = Readonly<Record<string, unknown>>;

interface At {
  readonly value: unknown;
  readonly path: string;
}

function faults(schema: Schema, at: At, isRoot = false): readonly StructuralFault[] {
  const { value, path } = at;
  if (value === null) return [];
  if (schema['x-kubernetes-int-or-string'] === true) {
    return Number.isInteger(value) || typeof value === 'string' ? [] : [mistyped(path, 'integer', value)];
  }
  const expected = typeof schema['type'] === 'string' ? WORDS[schema['type']] : undefined;
  if (expected !== undefined && !fits(expected, value)) return [mistyped(path, expected, value)];
  if (Array.isArray(value)) {
    const { items } = schema;
    return isRecord(items)
      ? value.flatMap((item: unknown, index) => faults(items, { value: item, path: fieldBelow(path, index) }))
      : [];
  }
  if (isRecord(value)) return mapFaults(schema, { value, path }, isRoot);
  return scalarFaults(schema, at);
}

const WORDS: Readonly<Record<string, TypeWord>> = {
  object: 'map',
  array: 'list',
  string: 'string',
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
};

function fits(expected: TypeWord, value: unknown): boolean {
  const found = typeWordOf(value);
  if (expected === 'integer') return typeof value === 'bigint' || Number.isInteger(value);
  return found === expected;
}

function mapFaults(
  schema: Schema,
  { value, path }: { readonly value: Schema; readonly path: string },
  isRoot: boolean,
): readonly StructuralFault[] {
  const properties = isRecord(schema['properties']) ? schema['properties'] : {};
  const { additionalProperties: additional } = schema;
  const keeps = schema['x-kubernetes-preserve-unknown-fields'] === true || additional === true;
  const required = Array.isArray(schema['required']) ? schema['required'].map(String) : [];
  const outside = isRoot || schema['x-kubernetes-embedded-resource'] === true ? ROOT_FIELDS : NO_FIELDS;
  const missing = required
    .filter((name) => value[name] === undefined && !outside.has(name))
    .map((name) => fault(fieldBelow(path, name), 'it is missing', '필드가 없습니다'));
  const inside = Object.entries(value).flatMap(([name, item]): readonly StructuralFault[] => {
    const known = Object.hasOwn(properties, name) ? properties[name] : additional;
    if (isRecord(known)) return faults(known, { value: item, path: fieldBelow(path, name) });
    const describes = isRecord(schema['properties']) && !keeps && !outside.has(name);
    return describes
      ? [fault(fieldBelow(path, name), 'the definition does not know this field', '정의에 없는 필드입니다')]
      : [];
  });
  return [...missing, ...inside];
}

/** What every object has, whether its schema says so or not. */
const ROOT_FIELDS: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata', 'status']);
const NO_FIELDS: ReadonlySet<string> = new Set();

function scalarFaults(schema: Schema, { value, path }: At): readonly StructuralFault[] {
  const found: StructuralFault[] = [];
  const { enum: choices, minimum, maximum } = schema;
  if (Array.isArray(choices) && !choices.includes(value)) {
    const list = choices.map(String).join(', ');
    found.push(
      fault(path, `${String(value)} is none of ${list}`, `${String(value)} 은(는) 허용된 값이 아닙니다: ${list}`),
    );
  }
  if (typeof value === 'number') {
    if (typeof minimum === 'number' && value < minimum)
      found.push(fault(path, `${value} is less than ${minimum}`, `${value} 이(가) 최솟값 ${minimum} 보다 작습니다`));
    if (typeof maximum === 'number' && value > maximum)
      found.push(fault(path, `${value} is more than ${maximum}`, `${value} 이(가) 최댓값 ${maximum} 보다 큽니다`));
  }
  if (typeof value === 'string') found.push(...textFaults(schema, value, path));
  return found;
}

function textFaults({ minLength, maxLength }: Schema, value: string, path: string): readonly StructuralFault[] {
  const length = [...value].length;
  if (typeof minLength === 'number' && length < minLength)
    return [fault(path, `it has fewer than ${minLength} characters`, `${minLength} 자보다 짧습니다`)];
  if (typeof maxLength === 'number' && length > maxLength)
    return [fault(path, `it has more than ${maxLength} characters`, `${maxLength} 자보다 깁니다`)];
  return [];
}

function mistyped(path: string, expected: TypeWord, value: unknown): StructuralFault {
  const found = typeWordOf(value);
  return fault(
    path,
    `it must be ${typeIn('en', expected)}, and is ${typeIn('en', found)}`,
    `${typeIn('ko', expected)} 형식이 필요한데 ${typeIn('ko', found)} 형식이 있습니다`,
  );
}

function fault(path: string, reason: string, reasonKo: string): StructuralFault {
  return { path, reason, reasonKo };
}
