import { canonicalJson } from '../object/canonical.ts';
import { fieldBelow } from '../object/field-path.ts';
import { isRecord, type Manifest } from '../object/manifest.ts';
import { suggest } from '../document/suggestion.ts';
import { type TypeWord, typeWordOf } from '../error/type-words.ts';
import type { FieldType, KubernetesApi, ScalarLetter } from './kubernetes-api.ts';

/** One thing that an API server refuses about an object. `path` is as in `spec.containers[0].image`. */
export type ObjectFault =
  | { readonly kind: 'unknown'; readonly path: string; readonly suggestion: string | undefined }
  | { readonly kind: 'mistyped'; readonly path: string; readonly expected: TypeWord; readonly found: TypeWord }
  | { readonly kind: 'missing'; readonly path: string }
  | { readonly kind: 'duplicated'; readonly path: string; readonly entry: string };

/** What a list's key is when an entry does not say it: the server fills these in before it compares. */
const KEY_DEFAULTS: Readonly<Record<string, string>> = { protocol: 'TCP' };

const SCALAR_WORDS: Readonly<Record<ScalarLetter, TypeWord>> = {
  s: 'string',
  i: 'integer',
  n: 'number',
  b: 'boolean',
  q: 'string',
  x: 'integer',
  o: 'map',
};

/**
 * What server-side apply would refuse about the shape of an object of `type`: fields that nobody knows, wrong types, missing required fields, and
 * two list entries with one key. Says nothing about meaning: ranges, patterns and fields that exclude each other are the server's.
 */
export function validateObject(api: KubernetesApi, type: string, manifest: Manifest): readonly ObjectFault[] {
  const { status: _, ...written } = manifest;
  return objectFaults(api, type, { value: written, path: '' });
}

interface At {
  readonly value: unknown;
  readonly path: string;
}

function objectFaults(api: KubernetesApi, type: string, { value, path }: At): readonly ObjectFault[] {
  if (!isRecord(value)) return [{ kind: 'mistyped', path, expected: 'map', found: typeWordOf(value) }];
  const fields = api.fieldsOf(type);
  const missing = [...fields]
    .filter(([name, { required }]) => required && isAbsent(value[name]) && name !== 'status')
    .map(([name]): ObjectFault => ({ kind: 'missing', path: fieldBelow(path, name) }));
  const wrong = Object.entries(value).flatMap(([name, item]): readonly ObjectFault[] => {
    const field = fields.get(name);
    const at = fieldBelow(path, name);
    if (field === undefined) return [{ kind: 'unknown', path: at, suggestion: suggest(name, fields.keys()) }];
    return isAbsent(item) ? [] : valueFaults(api, field.type, { value: item, path: at });
  });
  return [...missing, ...wrong];
}

function valueFaults(api: KubernetesApi, type: FieldType, at: At): readonly ObjectFault[] {
  const { value, path } = at;
  if (type.kind === 'object') return objectFaults(api, type.type, at);
  if (type.kind === 'scalar') return scalarFault(type.letter, at);
  if (type.kind === 'map') {
    if (!isRecord(value)) return [{ kind: 'mistyped', path, expected: 'map', found: typeWordOf(value) }];
    return Object.entries(value).flatMap(([name, item]) =>
      isAbsent(item) ? [] : valueFaults(api, type.of, { value: item, path: fieldBelow(path, name) }),
    );
  }
  if (!Array.isArray(value)) return [{ kind: 'mistyped', path, expected: 'list', found: typeWordOf(value) }];
  const inside = value.flatMap((item: unknown, index) =>
    valueFaults(api, type.of, { value: item, path: fieldBelow(path, index) }),
  );
  return [...inside, ...duplicates(value, type.keys, path)];
}

function duplicates(list: readonly unknown[], keys: readonly string[], path: string): readonly ObjectFault[] {
  if (keys.length === 0) return [];
  const seen = new Set<string>();
  return list.flatMap((item): readonly ObjectFault[] => {
    if (!isRecord(item)) return [];
    const entry = keys.map((key) => item[key] ?? KEY_DEFAULTS[key]);
    const identity = canonicalJson(entry);
    if (!seen.has(identity)) {
      seen.add(identity);
      return [];
    }
    return [
      { kind: 'duplicated', path, entry: keys.map((key, index) => `${key}: ${plainText(entry[index])}`).join(', ') },
    ];
  });
}

function plainText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function scalarFault(letter: ScalarLetter, { value, path }: At): readonly ObjectFault[] {
  if (FITS[letter](value)) return [];
  return [{ kind: 'mistyped', path, expected: SCALAR_WORDS[letter], found: typeWordOf(value) }];
}

const FITS: Readonly<Record<ScalarLetter, (value: unknown) => boolean>> = {
  o: () => true,
  s: (value) => typeof value === 'string',
  b: (value) => typeof value === 'boolean',
  i: isInteger,
  n: isNumber,
  q: (value) => isNumber(value) || typeof value === 'string',
  x: (value) => isInteger(value) || typeof value === 'string',
};

function isNumber(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'bigint';
}

function isInteger(value: unknown): boolean {
  return typeof value === 'bigint' || Number.isInteger(value);
}

/** `null` is what Kubernetes reads as not given. */
function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}
