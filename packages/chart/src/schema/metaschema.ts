import { fromPlain } from '../value/convert.ts';
import type { Value } from '../value/value.ts';
import type { Draft } from './schema.ts';

type Json = Readonly<Record<string, unknown>>;

const URLS: Readonly<Record<Draft, string>> = {
  4: 'http://json-schema.org/draft-04/schema',
  6: 'http://json-schema.org/draft-06/schema',
  7: 'http://json-schema.org/draft-07/schema',
  2019: 'https://json-schema.org/draft/2019-09/schema',
  2020: 'https://json-schema.org/draft/2020-12/schema',
};

const DRAFTS = [4, 6, 7, 2019, 2020] as const;

export function metaschemaUrl(draft: Draft): string {
  return URLS[draft];
}

/**
 * What the schemas of a draft must look like; nothing for other URLs.
 *
 * Written from the drafts, and shorter than what their authors publish: annotations are left out, and what is spread over
 * vocabularies from 2019-09 on stands in one document. What is refused, and where, is the same.
 */
export function metaschema(url: string): Value | undefined {
  const draft = DRAFTS.find((known) => withoutScheme(URLS[known]) === withoutScheme(url));
  if (draft === undefined) return undefined;
  return fromPlain(draft === 2019 || draft === 2020 ? modern(draft) : classic(draft));
}

function withoutScheme(url: string): string {
  return url.replace(/^https?:/, '');
}

const SELF = { $ref: '#' };
const TEXT = { type: 'string' };
const TRUTH = { type: 'boolean' };
const NUMBER = { type: 'number' };
const URI = { type: 'string', format: 'uri' };
const URI_REFERENCE = { type: 'string', format: 'uri-reference' };
const REGEX = { type: 'string', format: 'regex' };
const COUNT = { type: 'integer', minimum: 0 };
const SCHEMAS = { type: 'array', minItems: 1, items: SELF };
const NAMED_SCHEMAS = { type: 'object', additionalProperties: SELF };
const PATTERN_SCHEMAS = { type: 'object', additionalProperties: SELF, propertyNames: { format: 'regex' } };
const NAMES = { type: 'array', items: TEXT, uniqueItems: true };
const KINDS = { enum: ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'] };
const KIND = { anyOf: [KINDS, { type: 'array', items: KINDS, minItems: 1, uniqueItems: true }] };
const CONDITIONS = Object.fromEntries(['if', 'then', 'else'].map((name) => [name, SELF]));

/** Drafts 4 to 7: one list of keywords. */
function classic(draft: Draft): Json {
  const [names, count] = [draft === 4 ? { ...NAMES, minItems: 1 } : NAMES, { allOf: [COUNT, {}] }];
  const additional = draft === 4 ? { anyOf: [TRUTH, SELF] } : SELF;
  const properties = {
    [draft === 4 ? 'id' : '$id']: draft === 4 ? TEXT : URI_REFERENCE,
    $schema: URI,
    $ref: draft === 4 ? TEXT : URI_REFERENCE,
    title: TEXT,
    description: TEXT,
    ...numberRules(draft === 4),
    maxLength: COUNT,
    minLength: count,
    pattern: REGEX,
    additionalItems: additional,
    items: { anyOf: [SELF, SCHEMAS] },
    maxItems: COUNT,
    minItems: count,
    uniqueItems: TRUTH,
    maxProperties: COUNT,
    minProperties: count,
    required: names,
    additionalProperties: additional,
    definitions: NAMED_SCHEMAS,
    properties: NAMED_SCHEMAS,
    patternProperties: draft < 7 ? NAMED_SCHEMAS : PATTERN_SCHEMAS,
    dependencies: { type: 'object', additionalProperties: { anyOf: [SELF, names] } },
    enum: { type: 'array', minItems: 1, uniqueItems: true },
    type: KIND,
    allOf: SCHEMAS,
    anyOf: SCHEMAS,
    oneOf: SCHEMAS,
    not: SELF,
    format: TEXT,
    ...(draft >= 6 && { contains: SELF, propertyNames: SELF }),
    ...(draft >= 7 && { ...sevenRules() }),
  };
  return {
    $schema: `${URLS[draft]}#`,
    type: draft === 4 ? 'object' : ['object', 'boolean'],
    properties,
    ...(draft === 4 && { dependencies: { exclusiveMaximum: ['maximum'], exclusiveMinimum: ['minimum'] } }),
  };
}

function sevenRules(): Json {
  return {
    $comment: TEXT,
    readOnly: TRUTH,
    writeOnly: TRUTH,
    examples: { type: 'array' },
    contentMediaType: TEXT,
    contentEncoding: TEXT,
    ...CONDITIONS,
  };
}

function numberRules(hasBooleanLimits: boolean): Json {
  const limit = hasBooleanLimits ? TRUTH : NUMBER;
  return {
    multipleOf: hasBooleanLimits
      ? { type: 'number', minimum: 0, exclusiveMinimum: true }
      : { type: 'number', exclusiveMinimum: 0 },
    maximum: NUMBER,
    exclusiveMaximum: limit,
    minimum: NUMBER,
    exclusiveMinimum: limit,
  };
}

const ANY_SCHEMA = ['object', 'boolean'];

/** From 2019-09 on: a list of keywords for each vocabulary. */
function modern(draft: 2019 | 2020): Json {
  const vocabularies = [
    core(draft),
    applicator(draft),
    ...(draft === 2020 ? [unevaluated()] : []),
    validation(),
    metadata(),
  ];
  return {
    $schema: URLS[draft],
    $id: URLS[draft],
    allOf: [...vocabularies, { format: TEXT }, content()].map((properties) => ({ type: ANY_SCHEMA, properties })),
    type: ANY_SCHEMA,
    properties: {
      definitions: NAMED_SCHEMAS,
      dependencies: { type: 'object', additionalProperties: { anyOf: [SELF, NAMES] } },
      ...(draft === 2020 && {
        $recursiveAnchor: { type: 'string', pattern: '^[A-Za-z_][-A-Za-z0-9._]*$' },
        $recursiveRef: URI_REFERENCE,
      }),
    },
  };
}

function core(draft: 2019 | 2020): Json {
  const anchor = {
    type: 'string',
    pattern: draft === 2019 ? '^[A-Za-z][-A-Za-z0-9.:_]*$' : '^[A-Za-z_][-A-Za-z0-9._]*$',
  };
  return {
    $id: { ...URI_REFERENCE, pattern: '^[^#]*#?$' },
    $schema: URI,
    $ref: URI_REFERENCE,
    $anchor: anchor,
    ...(draft === 2019
      ? { $recursiveRef: URI_REFERENCE, $recursiveAnchor: TRUTH }
      : { $dynamicRef: URI_REFERENCE, $dynamicAnchor: anchor }),
    $vocabulary: { type: 'object', propertyNames: URI, additionalProperties: TRUTH },
    $comment: TEXT,
    $defs: NAMED_SCHEMAS,
  };
}

function applicator(draft: 2019 | 2020): Json {
  return {
    ...(draft === 2019
      ? { ...unevaluated(), additionalItems: SELF, items: { anyOf: [SELF, SCHEMAS] } }
      : { prefixItems: SCHEMAS, items: SELF }),
    contains: SELF,
    additionalProperties: SELF,
    properties: NAMED_SCHEMAS,
    patternProperties: PATTERN_SCHEMAS,
    dependentSchemas: NAMED_SCHEMAS,
    propertyNames: SELF,
    ...CONDITIONS,
    allOf: SCHEMAS,
    anyOf: SCHEMAS,
    oneOf: SCHEMAS,
    not: SELF,
  };
}

function unevaluated(): Json {
  return { unevaluatedItems: SELF, unevaluatedProperties: SELF };
}

function validation(): Json {
  const counts = ['Length', 'Items', 'Contains', 'Properties'].flatMap((what) => [`max${what}`, `min${what}`]);
  return {
    type: KIND,
    enum: { type: 'array' },
    ...numberRules(false),
    ...Object.fromEntries(counts.map((name) => [name, COUNT])),
    pattern: REGEX,
    uniqueItems: TRUTH,
    required: NAMES,
    dependentRequired: { type: 'object', additionalProperties: NAMES },
  };
}

function metadata(): Json {
  const truths = ['deprecated', 'readOnly', 'writeOnly'].map((name) => [name, TRUTH] as const);
  return { title: TEXT, description: TEXT, ...Object.fromEntries(truths), examples: { type: 'array' } };
}

function content(): Json {
  return { contentMediaType: TEXT, contentEncoding: TEXT, contentSchema: SELF };
}
