import { asMap } from '../value/value.ts';
import type { Value } from '../value/value.ts';
import { addSchema, openDocument, pointerIn, resourceAt, valueAt } from './document.ts';
import type { SchemaDocument } from './document.ts';
import { fillSchema } from './fill-schema.ts';
import { Keywords } from './keywords.ts';
import type { Linker } from './keywords.ts';
import { metaschema } from './metaschema.ts';
import { locationOf, resolveReference, splitReference } from './reference.ts';
import { SchemaError } from './schema.ts';
import type { Draft, Schema } from './schema.ts';

/** Schemas that name no draft are of the latest. */
const LATEST: Draft = 2020;

type Writable<T> = { -readonly [K in keyof T]: T[K] };

export interface CompileOptions {
  /** Called for every place that turns out to be a schema, before it is compiled: to refuse what is none. */
  readonly inspect: (content: Value, location: string, draft: Draft) => void;
  /** Drafts from 2019-09 on check formats only where a metaschema asks for it. */
  readonly assertsFormat: boolean;
}

/**
 * Compiles the schema at `url` with everything that it refers to. Other documents are never fetched: only the metaschemas
 * of the drafts are known, and a `urn:` stands for a schema that takes everything, as in Helm.
 *
 * Throws `SchemaError` in the words of the validator that Helm uses.
 */
export function compileSchema(url: string, content: Value, options: CompileOptions): Schema {
  return new SchemaCompiler(url, content, options).compile(url);
}

class SchemaCompiler implements Linker {
  readonly #documents = new Map<string, SchemaDocument>();
  readonly #schemas = new Map<string, Writable<Schema>>();
  readonly #queue: { document: SchemaDocument; pointer: string; schema: Writable<Schema> }[] = [];
  readonly #options: CompileOptions;

  constructor(url: string, content: Value, options: CompileOptions) {
    this.#options = options;
    this.#open(url, content);
  }

  compile(reference: string): Schema {
    const { url, fragment } = splitReference(reference);
    const document = this.#load(url);
    const schema = this.enqueue(document, pointerIn(document, resourceAt(document, ''), fragment));
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
      this.#fill(next.document, next.pointer, next.schema);
    }
    return schema;
  }

  enqueue(document: SchemaDocument, pointer: string): Schema {
    const location = locationOf(document.url, pointer);
    const known = this.#schemas.get(location);
    if (known !== undefined) return known;
    const schema: Writable<Schema> = {
      location,
      draft: LATEST,
      resource: undefined,
      verdict: undefined,
      dynamicAnchors: new Map(),
      ref: undefined,
      recursiveRef: undefined,
      recursiveAnchor: false,
      dynamicRef: undefined,
      dynamicAnchor: '',
      rules: {},
    };
    this.#schemas.set(location, schema);
    this.#queue.push({ document, pointer, schema });
    return schema;
  }

  /** The schema that a reference at a place means. */
  refer(document: SchemaDocument, pointer: string, reference: string): Schema {
    const { url, fragment } = resolveReference(resourceAt(document, pointer).id, reference);
    const local =
      url === document.url
        ? resourceAt(document, '')
        : [...document.resources.values()].find((resource) => resource.id === url);
    if (local !== undefined) return this.enqueue(document, pointerIn(document, local, fragment));
    const other = this.#load(url);
    return this.enqueue(other, pointerIn(other, resourceAt(other, ''), fragment));
  }

  get assertsFormat(): boolean {
    return this.#options.assertsFormat;
  }

  #load(url: string): SchemaDocument {
    const known = this.#documents.get(url);
    if (known !== undefined) return known;
    if (url.startsWith('urn:')) return this.#open(url, true);
    const meta = metaschema(url);
    if (meta === undefined) throw new SchemaError(`failing loading "${url}": ${whyNotLoaded(url)}`);
    const document = openDocument(url, meta, LATEST);
    this.#documents.set(url, document);
    return document;
  }

  #open(url: string, content: Value): SchemaDocument {
    const document = openDocument(url, content, LATEST);
    this.#options.inspect(content, locationOf(url, ''), resourceAt(document, '').draft);
    this.#documents.set(url, document);
    return document;
  }

  #fill(document: SchemaDocument, pointer: string, schema: Writable<Schema>): void {
    const content = valueAt(document, pointer);
    if (!document.schemas.has(pointer)) {
      addSchema(document, pointer);
      this.#options.inspect(content, schema.location, resourceAt(document, pointer).draft);
    }
    const resource = resourceAt(document, pointer);
    schema.draft = resource.draft;
    schema.resource = this.enqueue(document, resource.pointer);
    if (resource.draft >= 2020 && resource.pointer === pointer) {
      const anchors = [...resource.dynamicAnchors].map(
        (name) => [name, this.enqueue(document, resource.anchors.get(name) ?? '')] as const,
      );
      schema.dynamicAnchors = new Map(anchors);
    }
    const fields = asMap(content);
    if (fields === undefined) schema.verdict = content !== false;
    else if (fields.size === 0) schema.verdict = true;
    else fillSchema(schema, new Keywords(fields, { linker: this, document, pointer, draft: resource.draft }));
  }
}

function whyNotLoaded(url: string): string {
  const path = /^file:\/\/(.*)$/.exec(url)?.[1];
  return path === undefined ? 'schemas are not fetched' : `open ${path}: no such file or directory`;
}
