import { isRecord } from '../object/manifest.ts';
import type { PlacedObject } from './placed-object.ts';
import { recordsIn } from './untyped.ts';

/** A volume that the platform asks for. */
export interface VolumeClaim {
  readonly object: PlacedObject;
  /** Undefined when the claim leaves the class to the cluster; empty for a claim that wants none. */
  readonly storageClass: string | undefined;
  readonly storage: unknown;
  /** How many of them: one for each replica of a StatefulSet. */
  readonly count: number;
}

export function volumeClaims(object: PlacedObject): readonly VolumeClaim[] {
  const { kind, spec } = object.manifest;
  if (!isRecord(spec)) return [];
  if (kind === 'PersistentVolumeClaim') return [claimOf(object, spec, 1)];
  if (kind !== 'StatefulSet') return [];
  const replicas = typeof spec['replicas'] === 'number' ? spec['replicas'] : 1;
  return recordsIn(spec['volumeClaimTemplates']).flatMap((template) =>
    isRecord(template['spec']) ? [claimOf(object, template['spec'], replicas)] : [],
  );
}

function claimOf(object: PlacedObject, spec: Readonly<Record<string, unknown>>, count: number): VolumeClaim {
  const { storageClassName, resources } = spec;
  const requests = isRecord(resources) && isRecord(resources['requests']) ? resources['requests'] : {};
  return {
    object,
    storageClass: typeof storageClassName === 'string' ? storageClassName : undefined,
    storage: requests['storage'],
    count,
  };
}
