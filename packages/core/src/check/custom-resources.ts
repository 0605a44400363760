import { type Check, objectFinding } from './checking.ts';
import { groupOf } from '../object/object-key.ts';
import { isRecord } from '../object/manifest.ts';
import type { PlacedObject } from './placed-object.ts';
import { recordsIn } from './records.ts';
import { structuralFaults } from './structural-schema.ts';

/** Custom resources that no definition of the platform describes, or that do not fit theirs. */
export const customResources: Check = ({ api, objects }) => {
  const definitions = new Map(objects.flatMap((object) => definedKinds(object)));
  return objects.flatMap((object) => {
    const { apiVersion, kind } = object.manifest;
    const foreign =
      api === undefined ? groupOf(apiVersion).includes('.') : api.served(apiVersion, kind).kind === 'foreign';
    if (!foreign) return [];
    const schema = definitions.get(`${apiVersion} ${kind}`);
    if (schema === undefined)
      return [objectFinding(object, 'warning', 'DEFINITION_MISSING', { key: object.key, apiVersion })];
    const { status: _, apiVersion: __, kind: ___, metadata: ____, ...content } = object.manifest;
    return structuralFaults(schema, content).map(({ path, reason, reasonKo }) =>
      objectFinding(object, 'error', 'RESOURCE_INVALID', { key: object.key, field: path, reason, reasonKo }),
    );
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
