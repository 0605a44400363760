import { type Check, objectFinding } from './checking.ts';
import { isRecord } from '../object/manifest.ts';
import type { PlacedObject } from './placed-object.ts';
import { recordsIn } from './untyped.ts';
import { structuralFaults } from './structural-schema.ts';

/**
 * Custom resources that no definition of the platform describes, or that do not fit theirs. Without data of the site's Kubernetes nobody can tell
 * which resources are custom, and only what the platform itself defines is looked at.
 */
export const customResources: Check = ({ api, objects }) => {
  const definitions = new Map(objects.flatMap((object) => definedKinds(object)));
  return objects.flatMap((object) => {
    const { key, manifest } = object;
    const { status: _, apiVersion, kind, metadata: __, ...content } = manifest;
    const schema = definitions.get(`${apiVersion} ${kind}`);
    if (schema !== undefined) {
      return structuralFaults(schema, content).map(({ path, reason, reasonKo }) =>
        objectFinding(object, 'error', 'RESOURCE_INVALID', { key, field: path, reason, reasonKo }),
      );
    }
    const isCustom = api?.served(apiVersion, kind).kind === 'foreign';
    return isCustom ? [objectFinding(object, 'warning', 'DEFINITION_MISSING', { key, apiVersion })] : [];
  });
};

/** The schema of each version that is served, by `group/version Kind`. */
function definedKinds({ manifest: { kind, spec } }: PlacedObject): readonly (readonly [string, unknown])[] {
  if (kind !== 'CustomResourceDefinition' || !isRecord(spec) || !isRecord(spec['names'])) return [];
  const { group, names } = spec;
  return recordsIn(spec['versions'])
    .filter(({ served }) => served !== false)
    .map((version) => {
      const schema = isRecord(version['schema']) ? version['schema']['openAPIV3Schema'] : undefined;
      return [`${String(group)}/${String(version['name'])} ${String(names['kind'])}`, schema ?? {}];
    });
}
