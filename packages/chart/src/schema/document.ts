import { asMap } from '../value/value.ts';
import type { Value } from '../value/value.ts';
import { escapeStep } from './failure.ts';
import { locationOf, resolveReference, splitReference } from './reference.ts';
import { SchemaError } from './schema.ts';
import type { Draft } from './schema.ts';

/** A schema with an `$id` of its own, or the root of a document: what references inside of it are resolved against. */
export interface Resource {
  readonly pointer: string;
  readonly id: string;
  readonly draft: Draft;
  readonly anchors: Map<string, string>;
  readonly dynamicAnchors: Set<string>;
}

/** A JSON document with the schemas in it that have names. */
export interface SchemaDocument {
  readonly url: string;
  readonly content: Value;
  /** By pointer. */
  readonly resources: Map<string, Resource>;
  /** Pointers of everything that is known to be a schema. */
  readonly schemas: Set<string>;
}

/** Where schemas stand inside of a schema, and since which draft: one schema, a list, or a map of them. */
const SUBSCHEMAS: readonly { readonly since: Draft; readonly one?: string; readonly many?: string }[] = [
  ...['definitions', 'properties', 'patternProperties', 'dependencies'].map((many) => ({ since: 4 as const, many })),
  ...['allOf', 'anyOf', 'oneOf', 'items'].map((many) => ({ since: 4 as const, many })),
  ...['not', 'additionalProperties', 'items', 'additionalItems'].map((one) => ({ since: 4 as const, one })),
  ...['propertyNames', 'contains'].map((one) => ({ since: 6 as const, one })),
  ...['if', 'then', 'else'].map((one) => ({ since: 7 as const, one })),
  ...['$defs', 'dependentSchemas'].map((many) => ({ since: 2019 as const, many })),
  ...['unevaluatedProperties', 'unevaluatedItems', 'contentSchema'].map((one) => ({ since: 2019 as const, one })),
  { since: 2020, many: 'prefixItems' },
];

const DRAFTS: ReadonlyMap<string, Draft> = new Map([
  ['json-schema.org/schema', 2020],
  ['json-schema.org/draft/2020-12/schema', 2020],
  ['json-schema.org/draft/2019-09/schema', 2019],
  ['json-schema.org/draft-07/schema', 7],
  ['json-schema.org/draft-06/schema', 6],
  ['json-schema.org/draft-04/schema', 4],
]);

/** Reads which schemas of a document have names. `draft` holds where the document names none. */
export function openDocument(url: string, content: Value, draft: Draft): SchemaDocument {
  const document = { url, content, resources: new Map<string, Resource>(), schemas: new Set<string>() };
  collect(document, content, { pointer: '', base: url, draft });
  return document;
}

interface Position {
  readonly pointer: string;
  readonly base: string;
  readonly draft: Draft;
}

/** Adds what stands at a place of which only a reference says that it is a schema. */
export function addSchema(document: SchemaDocument, pointer: string): void {
  const { id, draft } = resourceAt(document, pointer);
  collect(document, valueAt(document, pointer), { pointer, base: id, draft });
}

function collect(document: SchemaDocument, content: Value, position: Position): void {
  const { pointer } = position;
  if (document.schemas.has(pointer)) return;
  document.schemas.add(pointer);
  const fields = asMap(content);
  const draft = draftOf(document, fields, position);
  const id = fields === undefined ? '' : idOf(fields, draft);
  const base = id === '' ? position.base : resolveReference(position.base, id).url;
  if (id !== '' || pointer === '') {
    const known = [...document.resources.values()].find((resource) => resource.id === base);
    if (known !== undefined) {
      throw new SchemaError(`duplicate id "${base}" in "${document.url}" at "${pointer}" and "${known.pointer}"`);
    }
    document.resources.set(pointer, { pointer, id: base, draft, anchors: new Map(), dynamicAnchors: new Set() });
  }
  if (fields === undefined) return;
  addAnchors(document, fields, pointer);
  for (const { since, one, many } of SUBSCHEMAS) {
    if (draft < since) continue;
    const name = one ?? many ?? '';
    const inner = fields.get(name);
    const at = `${pointer}/${name}`;
    if (one !== undefined) {
      if (!Array.isArray(inner) && isSchema(inner)) collect(document, inner, { pointer: at, base, draft });
      continue;
    }
    for (const [key, item] of entriesOf(inner, name === 'items')) {
      if (isSchema(item)) collect(document, item, { pointer: `${at}/${escapeStep(key)}`, base, draft });
    }
  }
}

function isSchema(value: Value): boolean {
  return typeof value === 'boolean' || asMap(value) !== undefined;
}

/** `items` may be one schema, whose fields are no schemas. */
function entriesOf(value: Value, listOnly: boolean): Iterable<[string, Value]> {
  if (Array.isArray(value)) return value.map((item, i): [string, Value] => [String(i), item]);
  return listOnly ? [] : (asMap(value) ?? []);
}

/** Only the root and what has an `$id` may name a draft of their own. */
function draftOf(document: SchemaDocument, fields: ReadonlyMap<string, Value> | undefined, position: Position): Draft {
  const written = fields?.get('$schema');
  if (fields === undefined || typeof written !== 'string') return position.draft;
  const draft = draftNamed(written);
  if (draft === undefined) {
    if (position.pointer !== '') return position.draft;
    const { url } = splitReference(written);
    throw new SchemaError(
      url === document.url ? `draft "${url}" is not supported` : `failing loading "${url}": schemas are not fetched`,
    );
  }
  return position.pointer === '' || idOf(fields, draft) !== '' ? draft : position.draft;
}

function draftNamed(url: string): Draft | undefined {
  const hash = url.indexOf('#');
  if (hash >= 0 && hash < url.length - 1) return undefined;
  return DRAFTS.get(url.replace(/^https?:\/\//, '').replace(/#$/, ''));
}

/** The `$id` without its fragment. Before 2019-09 nothing counts beside a `$ref`. */
function idOf(fields: ReadonlyMap<string, Value>, draft: Draft): string {
  if (draft < 2019 && fields.has('$ref')) return '';
  const id = fields.get(draft === 4 ? 'id' : '$id');
  return typeof id === 'string' ? id.replace(/#.*$/s, '') : '';
}

function addAnchors(document: SchemaDocument, fields: ReadonlyMap<string, Value>, pointer: string): void {
  const resource = resourceAt(document, pointer);
  const text = (name: string): string => {
    const value = fields.get(name);
    return typeof value === 'string' ? value : '';
  };
  const names: string[] = [];
  if (resource.draft >= 2019) names.push(text('$anchor'));
  else if (!fields.has('$ref')) names.push(splitReference(text(resource.draft === 4 ? 'id' : '$id')).fragment);
  if (resource.draft >= 2020 && text('$dynamicAnchor') !== '') {
    names.push(text('$dynamicAnchor'));
    resource.dynamicAnchors.add(text('$dynamicAnchor'));
  }
  for (const name of names) {
    if (name === '' || name.startsWith('/')) continue;
    const known = resource.anchors.get(name) ?? pointer;
    if (known !== pointer) {
      throw new SchemaError(`duplicate anchor "${name}" in "${document.url}" at "${known}" and "${pointer}"`);
    }
    resource.anchors.set(name, pointer);
  }
}

/** The resource that a place belongs to. */
export function resourceAt({ resources }: SchemaDocument, pointer: string): Resource {
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf('/'))) {
    const found = resources.get(at);
    if (found !== undefined) return found;
    if (at === '') throw new Error('a document without a root resource');
  }
}

/** The pointer that a fragment means in a resource: an anchor, or a pointer from there. */
export function pointerIn(document: SchemaDocument, resource: Resource, fragment: string): string {
  if (fragment === '' || fragment.startsWith('/')) return resource.pointer + fragment;
  const pointer = resource.anchors.get(fragment);
  if (pointer !== undefined) return pointer;
  throw new SchemaError(`anchor in "${locationOf(resource.id, fragment)}" not found in schema "${document.url}"`);
}

export function valueAt(document: SchemaDocument, pointer: string): Value {
  let value = document.content;
  for (const step of pointer.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    const inner = Array.isArray(value) ? value[/^\d+$/.test(key) ? Number(key) : -1] : asMap(value)?.get(key);
    if (inner === undefined) throw new SchemaError(`json-pointer in "${locationOf(document.url, pointer)}" not found`);
    value = inner;
  }
  return value;
}
