import type { Value } from '../value/value.ts';

/** The drafts of JSON Schema, by their numbers and years. */
export type Draft = 4 | 6 | 7 | 2019 | 2020;

/** A compiled schema. References are resolved, so schemas may point in circles. */
export interface Schema {
  /** Its absolute URL with a JSON pointer as fragment. */
  readonly location: string;
  readonly draft: Draft;
  /** The schema that gives this one its base URL. */
  readonly resource: Schema | undefined;
  /** A schema that takes everything, or nothing. */
  readonly verdict: boolean | undefined;
  readonly dynamicAnchors: ReadonlyMap<string, Schema>;
  readonly ref: Schema | undefined;
  readonly recursiveRef: Schema | undefined;
  readonly recursiveAnchor: boolean;
  readonly dynamicRef: { readonly target: Schema; readonly anchor: string } | undefined;
  readonly dynamicAnchor: string;
  readonly rules: Rules;
}

export interface Pattern {
  readonly source: string;
  readonly matches: (text: string) => boolean;
}

export interface Format {
  readonly name: string;
  /** Why a value is not of this format; nothing when it is, or when the format says nothing about such values. */
  readonly fault: (value: Value) => string | undefined;
}

/** Maps from property names stay in the order in which they are written. */
type Named<T> = ReadonlyMap<string, T>;

/** What a schema demands besides its references. */
export interface Rules {
  readonly types?: readonly string[] | undefined;
  readonly enum?: readonly Value[] | undefined;
  readonly const?: { readonly value: Value } | undefined;
  readonly format?: Format | undefined;
  readonly not?: Schema | undefined;
  readonly allOf?: readonly Schema[] | undefined;
  readonly anyOf?: readonly Schema[] | undefined;
  readonly oneOf?: readonly Schema[] | undefined;
  /** `if`, and the schemas that hold when it takes the value and when it does not. */
  readonly condition?: Schema | undefined;
  readonly whenTrue?: Schema | undefined;
  readonly whenFalse?: Schema | undefined;

  readonly minProperties?: number | undefined;
  readonly maxProperties?: number | undefined;
  readonly required?: readonly string[] | undefined;
  readonly properties?: Named<Schema> | undefined;
  readonly patternProperties?: readonly { readonly pattern: Pattern; readonly schema: Schema }[] | undefined;
  readonly additionalProperties?: Schema | boolean | undefined;
  readonly propertyNames?: Schema | undefined;
  readonly dependencies?: Named<Schema | readonly string[]> | undefined;
  readonly dependentSchemas?: Named<Schema> | undefined;
  readonly dependentRequired?: Named<readonly string[]> | undefined;
  readonly unevaluatedProperties?: Schema | undefined;

  readonly minItems?: number | undefined;
  readonly maxItems?: number | undefined;
  readonly uniqueItems?: boolean | undefined;
  /** One schema each for the first items: `prefixItems`, or `items` as a list before 2020-12. */
  readonly firstItems?: readonly Schema[] | undefined;
  /** For the items after those: `items`, or `additionalItems` before 2020-12. */
  readonly otherItems?: Schema | boolean | undefined;
  readonly contains?: Schema | undefined;
  readonly minContains?: number | undefined;
  readonly maxContains?: number | undefined;
  readonly unevaluatedItems?: Schema | undefined;

  readonly minLength?: number | undefined;
  readonly maxLength?: number | undefined;
  readonly pattern?: Pattern | undefined;

  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly exclusiveMinimum?: number | undefined;
  readonly exclusiveMaximum?: number | undefined;
  readonly multipleOf?: number | undefined;
}

/** Why a schema cannot be used, in the words of the validator that Helm uses (santhosh-tekuri/jsonschema). */
export class SchemaError extends Error {}
