import { z } from 'zod';
import type { Document, Path } from '../document/document.ts';
import { suggest } from '../document/suggestion.ts';
import { NaruError } from '../error/naru-error.ts';
import { type TypeWord, typeWordOf } from '../error/type-words.ts';
import { type Finding, findingOf } from '../finding/finding.ts';
import { isRecord } from '../object/manifest.ts';
import { LABEL_LIMIT } from './name.ts';
import { branchOf } from './union-branch.ts';

/** A document that its schema accepts, or what is wrong with it. */
export type SpecReading<T> =
  | { readonly spec: T; readonly findings: readonly [] }
  | { readonly spec: undefined; readonly findings: readonly Finding[] };

/** Checks a document against its schema. Every problem is a finding with the place of the field at fault. */
export function readSpec<S extends z.ZodType>(schema: S, document: Document): SpecReading<z.infer<S>> {
  const result = schema.safeParse(document.value, { reportInput: true });
  if (result.success) return { spec: result.data, findings: [] };
  return { spec: undefined, findings: result.error.issues.flatMap((issue) => findingsOf(issue, schema, document)) };
}

function findingsOf(issue: z.core.$ZodIssue, schema: z.ZodType, document: Document): readonly Finding[] {
  const path = issue.path.filter((step) => typeof step !== 'symbol');
  const place = document.placeOf(path);
  const field = path.join('.') || document.file;
  const parent = path.slice(0, -1).join('.') || document.file;
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(schema, path, valueAt(document.value, path));
    return issue.keys.map((key) => {
      const details = { field: key, parent: field, suggestion: suggest(key, known), known: known.join(', ') };
      return findingOf(new NaruError('FIELD_UNKNOWN', details, { place: document.placeOf([...path, key]) }));
    });
  }
  if (issue.code === 'invalid_union') {
    return branchOf(issue).flatMap((inner) => findingsOf(inner, schema, document));
  }
  const input = valueAt(document.value, path);
  if (issue.code === 'invalid_type') {
    if (input === undefined)
      return [findingOf(new NaruError('FIELD_MISSING', { field: String(path.at(-1)), parent }, { place }))];
    const details = { field, expected: expectedWord(issue.expected), found: typeWordOf(input) };
    return [findingOf(new NaruError('FIELD_MISTYPED', details, { place }))];
  }
  if (issue.code === 'too_big' && issue.maximum === LABEL_LIMIT && typeof input === 'string') {
    const details = { field, name: input, length: input.length, limit: LABEL_LIMIT };
    return [findingOf(new NaruError('NAME_TOO_LONG', details, { place }))];
  }
  if (issue.code === 'invalid_key' && path.length > 0) return keyFinding(String(path.at(-1)), place);
  if (input === undefined)
    return [findingOf(new NaruError('FIELD_MISSING', { field: String(path.at(-1)), parent }, { place }))];
  const details = { field, value: shown(input), allowed: allowedBy(issue) };
  return [findingOf(new NaruError('FIELD_INVALID', details, { place }))];
}

function keyFinding(name: string, place: ReturnType<Document['placeOf']>): readonly Finding[] {
  if (name.length > LABEL_LIMIT) {
    const details = { field: name, name, length: name.length, limit: LABEL_LIMIT };
    return [findingOf(new NaruError('NAME_TOO_LONG', details, { place }))];
  }
  return [findingOf(new NaruError('FIELD_INVALID', { field: name, value: name, allowed: 'a-z 0-9 -' }, { place }))];
}

/** What would be accepted, in words that need no translation: values, a pattern, a bound. */
function allowedBy(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_value':
      return issue.values.map(String).join(', ');
    case 'invalid_format':
      return issue.pattern ?? issue.format;
    case 'too_small':
      return `≥ ${issue.minimum}`;
    case 'too_big':
      return `≤ ${issue.maximum}`;
    default:
      return issue.message;
  }
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

const WORDS: Readonly<Record<string, TypeWord>> = {
  array: 'list',
  boolean: 'boolean',
  int: 'integer',
  number: 'number',
  object: 'map',
  record: 'map',
  string: 'string',
};

function expectedWord(expected: string): TypeWord {
  return WORDS[expected] ?? 'string';
}

/** The value at `path`; undefined when it is not there. */
export function valueAt(value: unknown, path: Path): unknown {
  let current = value;
  for (const step of path) {
    if (Array.isArray(current) && typeof step === 'number') current = current[step];
    else if (isRecord(current)) current = current[String(step)];
    else return undefined;
  }
  return current;
}

/** The keys that the schema knows at `path`; of several forms those of the one that knows most of what is written there. */
function knownKeys(schema: z.ZodType, path: Path, written: unknown): readonly string[] {
  let current: z.core.$ZodType | undefined = schema;
  for (const step of path) current = current === undefined ? undefined : inside(current, step);
  const object = current === undefined ? undefined : unwrapped(current);
  const forms = object instanceof z.ZodUnion ? object.options : [object];
  const keys = Object.keys(isRecord(written) ? written : {});
  const [meant = []] = forms
    .map((form) => (form instanceof z.ZodObject ? Object.keys(form.shape) : []))
    .toSorted((a, b) => keys.filter((key) => b.includes(key)).length - keys.filter((key) => a.includes(key)).length);
  return meant;
}

function inside(schema: z.core.$ZodType, step: string | number): z.core.$ZodType | undefined {
  const container = unwrapped(schema);
  if (container instanceof z.ZodObject) return container.shape[step];
  if (container instanceof z.ZodRecord) return container.valueType;
  if (container instanceof z.ZodArray) return container.element;
  return undefined;
}

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodOptional ? unwrapped(schema.unwrap()) : schema;
}
