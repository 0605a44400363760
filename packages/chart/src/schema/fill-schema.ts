import { formatNamed } from './format.ts';
import type { Keywords } from './keywords.ts';
import { splitReference } from './reference.ts';
import type { Rules, Schema } from './schema.ts';
import type { Value } from '../value/value.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Gives a schema what its keywords say, as its draft understands them. */
export function fillSchema(schema: Writable<Schema>, keywords: Keywords): void {
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
  const { draft, linker } = keywords.place;
  const type = keywords.value('type')?.value;
  const format = keywords.text('format');
  const asserts = draft < 2019 || linker.assertsFormat;
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
