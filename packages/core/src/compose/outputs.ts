import type { Document, Path } from '../document/document.ts';
import { NaruError } from '../error/naru-error.ts';
import { type Finding, findingOf } from '../finding/finding.ts';
import { CAPABILITIES, type KnownCapability } from '../spec/capability.ts';
import type { Platform } from '../spec/platform.ts';
import { schemaVerdict } from './schema-verdict.ts';
import type { Written } from './sources.ts';

type JsonSchema = Readonly<Record<string, unknown>>;

const SCHEMAS: ReadonlyMap<string, JsonSchema> = new Map(
  Object.entries(CAPABILITIES).map(([name, capability]) => [name, schemaOf(capability)]),
);

function schemaOf({ outputs }: KnownCapability): JsonSchema {
  const entries = Object.entries(outputs);
  return {
    type: 'object',
    properties: Object.fromEntries(entries.map(([name, { schema }]) => [name, schema])),
    required: entries.filter(([, { isRequired }]) => isRequired).map(([name]) => name),
  };
}

export interface OutputsAt {
  readonly component: string;
  readonly capability: string;
  readonly document: Document;
  readonly path: Path;
}

/**
 * What is wrong with the outputs of a provider, by the vocabulary or what the platform adds to it. A capability that neither
 * knows may give anything: it is between the two who use the word.
 */
export function outputFindings(
  outputs: Readonly<Record<string, unknown>>,
  { component, capability, document, path }: OutputsAt,
  platform: Written<Platform>,
): readonly Finding[] {
  const added = new Map(Object.entries(platform.spec.spec.capabilities ?? {})).get(capability);
  const schema = SCHEMAS.get(capability) ?? added?.outputs;
  const verdict = schema === undefined ? undefined : schemaVerdict(schema, outputs);
  if (verdict === undefined) return [];
  const { path: inside, ...reasons } = verdict;
  // A schema that is none stands in the platform, whoever provides the capability.
  const place =
    inside === undefined
      ? platform.document.placeOf(['spec', 'capabilities', capability, 'outputs'])
      : document.placeOf([...path, ...inside.filter((step) => typeof step !== 'symbol')]);
  return [findingOf(new NaruError('OUTPUT_INVALID', { component, capability, ...reasons }, { place }))];
}

/** A platform adds words to the vocabulary; it does not give those that are there another meaning. */
export function capabilityFindings({ spec, document }: Written<Platform>): readonly Finding[] {
  return Object.keys(spec.spec.capabilities ?? {})
    .filter((capability) => SCHEMAS.has(capability))
    .map((capability) => {
      const place = document.placeOf(['spec', 'capabilities', capability]);
      return findingOf(new NaruError('CAPABILITY_TAKEN', { capability }, { place }));
    });
}
