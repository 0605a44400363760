import { goRegExp } from '../functions/linear-regexp.ts';
import { asMap } from '../value/value.ts';
import type { Value } from '../value/value.ts';
import type { SchemaDocument } from './document.ts';
import { escapeStep } from './failure.ts';
import { isInteger, numberOf } from './json-value.ts';
import { locationOf } from './reference.ts';
import { SchemaError } from './schema.ts';
import type { Draft, Pattern, Schema } from './schema.ts';

/** Gives the schemas that others mean; they are compiled when it is their turn. */
export interface Linker {
  readonly assertsFormat: boolean;
  readonly enqueue: (document: SchemaDocument, pointer: string) => Schema;
  readonly refer: (document: SchemaDocument, pointer: string, reference: string) => Schema;
}

/** Where a schema stands. */
export interface SchemaPlace {
  readonly linker: Linker;
  readonly document: SchemaDocument;
  readonly pointer: string;
  readonly draft: Draft;
}

/** The keywords of one schema, each read as what it must be; what is something else counts as not there. */
export class Keywords {
  readonly #fields: ReadonlyMap<string, Value>;
  readonly place: SchemaPlace;

  constructor(fields: ReadonlyMap<string, Value>, place: SchemaPlace) {
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
    return text === undefined ? undefined : this.place.linker.refer(this.place.document, this.place.pointer, text);
  }

  schema(name: string): Schema | undefined {
    return this.#fields.has(name) ? this.at(name) : undefined;
  }

  at(...steps: readonly string[]): Schema {
    const pointer = this.place.pointer + steps.map((step) => `/${escapeStep(step)}`).join('');
    return this.place.linker.enqueue(this.place.document, pointer);
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
