import { goRegExp } from '../functions/linear-regexp.ts';
import { asMap } from '../value/value.ts';
import type { Value } from '../value/value.ts';
import { addSchema, openDocument, pointerIn, resourceAt, valueAt } from './document.ts';
import type { SchemaDocument } from './document.ts';
import { escapeStep } from './failure.ts';
import { formatNamed } from './format.ts';
import { isInteger, numberOf } from './json-value.ts';
import { metaschema } from './metaschema.ts';
import { locationOf, resolveReference, splitReference } from './reference.ts';
import { SchemaError } from './schema.ts';
import type { Draft, Pattern, Rules, Schema } from './schema.ts';

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

class SchemaCompiler {
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
    else fillSchema(schema, new Keywords(fields, { compiler: this, document, pointer, draft: resource.draft }));
  }
}

function whyNotLoaded(url: string): string {
  const path = /^file:\/\/(.*)$/.exec(url)?.[1];
  return path === undefined ? 'schemas are not fetched' : `open ${path}: no such file or directory`;
}

interface Place {
  readonly compiler: SchemaCompiler;
  readonly document: SchemaDocument;
  readonly pointer: string;
  readonly draft: Draft;
}

/** The keywords of one schema, each read as what it must be; what is something else counts as not there. */
class Keywords {
  readonly #fields: ReadonlyMap<string, Value>;
  readonly place: Place;

  constructor(fields: ReadonlyMap<string, Value>, place: Place) {
    this.#fields = fields;
    this.place = place;
  }

  value(name: string): { value: Value } | undefined {
    return this.#fields.has(name) ? { value: this.#fields.get(name) } : undefined;
  }

  text(name: string): string | undefined {
    const value = this.#fields.get(name);
    return typeof value === 'string' ? value : undefined;
  }

  isTrue(name: string): boolean {
    return this.#fields.get(name) === true;
  }

  number(name: string): number | undefined {
    return numberOf(this.#fields.get(name));
  }

  integer(name: string): number | undefined {
    return isInteger(this.#fields.get(name)) ? this.number(name) : undefined;
  }

  list(name: string): readonly Value[] | undefined {
    const value = this.#fields.get(name);
    return Array.isArray(value) ? value : undefined;
  }

  texts(name: string): readonly string[] | undefined {
    return this.list(name)?.filter((item) => typeof item === 'string');
  }

  map(name: string): ReadonlyMap<string, Value> | undefined {
    return asMap(this.#fields.get(name));
  }

  reference(name: string): Schema | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : this.place.compiler.refer(this.place.document, this.place.pointer, text);
  }

  schema(name: string): Schema | undefined {
    return this.#fields.has(name) ? this.at(name) : undefined;
  }

  at(...steps: readonly string[]): Schema {
    const pointer = this.place.pointer + steps.map((step) => `/${escapeStep(step)}`).join('');
    return this.place.compiler.enqueue(this.place.document, pointer);
  }

  /** A boolean as it is, so that messages can name all that it refuses together. */
  additional(name: string): Schema | boolean | undefined {
    const value = this.#fields.get(name);
    return typeof value === 'boolean' ? value : this.schema(name);
  }

  schemas(name: string): readonly Schema[] | undefined {
    return this.list(name)?.map((_, i) => this.at(name, String(i)));
  }

  schemaMap(name: string): ReadonlyMap<string, Schema> | undefined {
    const map = this.map(name);
    return map === undefined ? undefined : new Map([...map.keys()].map((key) => [key, this.at(name, key)]));
  }

  pattern(source: string, name: string): Pattern {
    try {
      return { source, matches: goRegExp(source).test };
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const location = locationOf(this.place.document.url, `${this.place.pointer}/${name}`);
      throw new SchemaError(`invalid regex "${source}" at "${location}": ${error.message}`);
    }
  }
}

function fillSchema(schema: Writable<Schema>, keywords: Keywords): void {
  const { draft } = keywords.place;
  schema.ref = keywords.reference('$ref');
  // Before 2019-09 a reference stands alone.
  if (draft < 2019 && schema.ref !== undefined) return;
  if (draft >= 2019) {
    schema.recursiveRef = keywords.reference('$recursiveRef');
    schema.recursiveAnchor = keywords.isTrue('$recursiveAnchor');
  }
  if (draft >= 2020) {
    const target = keywords.reference('$dynamicRef');
    const { fragment } = splitReference(keywords.text('$dynamicRef') ?? '');
    if (target !== undefined) schema.dynamicRef = { target, anchor: fragment.startsWith('/') ? '' : fragment };
    schema.dynamicAnchor = keywords.text('$dynamicAnchor') ?? '';
  }
  schema.rules = {
    ...generalRules(keywords),
    ...objectRules(keywords),
    ...arrayRules(keywords),
    ...scalarRules(keywords),
  };
}

function generalRules(keywords: Keywords): Rules {
  const { draft, compiler } = keywords.place;
  const type = keywords.value('type')?.value;
  const format = keywords.text('format');
  const asserts = draft < 2019 || compiler.assertsFormat;
  return {
    types: typeof type === 'string' ? [type] : keywords.texts('type'),
    enum: keywords.list('enum'),
    const: draft >= 6 ? keywords.value('const') : undefined,
    format: asserts && format !== undefined ? formatNamed(format) : undefined,
    not: keywords.schema('not'),
    allOf: keywords.schemas('allOf'),
    anyOf: keywords.schemas('anyOf'),
    oneOf: keywords.schemas('oneOf'),
    ...(draft >= 7 && {
      condition: keywords.schema('if'),
      whenTrue: keywords.schema('then'),
      whenFalse: keywords.schema('else'),
    }),
  };
}

function objectRules(keywords: Keywords): Rules {
  const { draft } = keywords.place;
  const patterns = keywords.schemaMap('patternProperties');
  const dependencies = keywords.map('dependencies');
  const required = keywords.map('dependentRequired');
  const textsOf = (value: Value): readonly string[] | undefined =>
    Array.isArray(value) ? value.filter((item) => typeof item === 'string') : undefined;
  return {
    minProperties: keywords.integer('minProperties'),
    maxProperties: keywords.integer('maxProperties'),
    required: keywords.texts('required'),
    properties: keywords.schemaMap('properties'),
    patternProperties:
      patterns &&
      [...patterns].map(([key, schema]) => ({ pattern: keywords.pattern(key, 'patternProperties'), schema })),
    additionalProperties: keywords.additional('additionalProperties'),
    dependencies:
      dependencies &&
      new Map([...dependencies].map(([key, value]) => [key, textsOf(value) ?? keywords.at('dependencies', key)])),
    propertyNames: draft >= 6 ? keywords.schema('propertyNames') : undefined,
    ...(draft >= 2019 && {
      dependentSchemas: keywords.schemaMap('dependentSchemas'),
      dependentRequired: required && new Map([...required].map(([key, value]) => [key, textsOf(value) ?? []])),
      unevaluatedProperties: keywords.schema('unevaluatedProperties'),
    }),
  };
}

function arrayRules(keywords: Keywords): Rules {
  const { draft } = keywords.place;
  return {
    minItems: keywords.integer('minItems'),
    maxItems: keywords.integer('maxItems'),
    uniqueItems: keywords.isTrue('uniqueItems'),
    ...itemRules(keywords),
    contains: draft >= 6 ? keywords.schema('contains') : undefined,
    ...(draft >= 2019 && {
      minContains: keywords.integer('minContains'),
      maxContains: keywords.integer('maxContains'),
      unevaluatedItems: keywords.schema('unevaluatedItems'),
    }),
  };
}

function itemRules(keywords: Keywords): Rules {
  if (keywords.place.draft >= 2020) {
    return { firstItems: keywords.schemas('prefixItems'), otherItems: keywords.schema('items') };
  }
  const firstItems = keywords.schemas('items');
  if (firstItems === undefined) return { otherItems: keywords.schema('items') };
  return { firstItems, otherItems: keywords.additional('additionalItems') };
}

function scalarRules(keywords: Keywords): Rules {
  const pattern = keywords.text('pattern');
  const [minimum, maximum] = [keywords.number('minimum'), keywords.number('maximum')];
  // Draft 4 says with a boolean that a limit itself is out.
  const [above, below] = [keywords.isTrue('exclusiveMinimum'), keywords.isTrue('exclusiveMaximum')];
  return {
    minLength: keywords.integer('minLength'),
    maxLength: keywords.integer('maxLength'),
    pattern: pattern === undefined ? undefined : keywords.pattern(pattern, 'pattern'),
    minimum: above ? undefined : minimum,
    maximum: below ? undefined : maximum,
    exclusiveMinimum: above ? minimum : keywords.number('exclusiveMinimum'),
    exclusiveMaximum: below ? maximum : keywords.number('exclusiveMaximum'),
    multipleOf: keywords.number('multipleOf'),
  };
}
