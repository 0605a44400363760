import type { Finding } from '../finding/finding.ts';
import { isRecord } from '../object/manifest.ts';
import { type Check, objectFinding } from './checking.ts';
import type { PlacedObject } from './placed-object.ts';
import { quantityMillis } from './quantity.ts';
import { recordsIn, textOf } from './untyped.ts';

/** Amounts of CPU, memory and storage that the API server refuses, or that can hardly be meant. */
export const quantities: Check = ({ objects, index }) => [
  ...index.pods.flatMap(({ owner, spec, path }) =>
    ['initContainers', 'containers'].flatMap((list) =>
      recordsIn(spec[list]).flatMap((container, at) =>
        resourceFindings(owner, container['resources'], `${path}.${list}[${at}].resources`),
      ),
    ),
  ),
  ...objects.flatMap((object) =>
    claimResources(object).flatMap(({ resources, path }) => resourceFindings(object, resources, path)),
  ),
];

function claimResources({ manifest: { kind, spec } }: PlacedObject): readonly { resources: unknown; path: string }[] {
  if (!isRecord(spec)) return [];
  if (kind === 'PersistentVolumeClaim') return [{ resources: spec['resources'], path: 'spec.resources' }];
  if (kind !== 'StatefulSet') return [];
  return recordsIn(spec['volumeClaimTemplates']).flatMap((claim, at) =>
    isRecord(claim['spec'])
      ? [{ resources: claim['spec']['resources'], path: `spec.volumeClaimTemplates[${at}].spec.resources` }]
      : [],
  );
}

function resourceFindings(object: PlacedObject, resources: unknown, path: string): readonly Finding[] {
  if (!isRecord(resources)) return [];
  const limits = isRecord(resources['limits']) ? resources['limits'] : {};
  const requests = isRecord(resources['requests']) ? resources['requests'] : {};
  const single = Object.entries({ limits, requests }).flatMap(([list, amounts]) =>
    Object.entries(amounts).flatMap(([resource, value]) =>
      amountFinding(object, { resource, value, field: `${path}.${list}.${resource}` }),
    ),
  );
  const between = Object.entries(requests).flatMap(([resource, request]) => {
    const [low, high] = [quantityMillis(request), quantityMillis(limits[resource])];
    if (low === undefined || high === undefined || low <= high) return [];
    const details = {
      key: object.key,
      field: `${path}.${resource}`,
      limit: String(limits[resource]),
      request: String(request),
    };
    return [objectFinding(object, 'error', 'LIMIT_UNDER_REQUEST', details)];
  });
  return [...single, ...between];
}

/** Below this nothing runs: a container of one byte is a slip of the unit. */
const LEAST_BYTES_MILLIS = 1024n * 1024n * 1000n;
/** More cores than any machine has: millicores without their `m`. */
const MOST_CORES_MILLIS = 1024n * 1000n;

function amountFinding(
  object: PlacedObject,
  { resource, value, field }: { readonly resource: string; readonly value: unknown; readonly field: string },
): readonly Finding[] {
  if (value === null || value === undefined) return [];
  const millis = quantityMillis(value);
  const base = { key: object.key, field, value: textOf(value) };
  if (millis === undefined || millis < 0n) return [objectFinding(object, 'error', 'QUANTITY_INVALID', base)];
  const meant = meantInstead(resource, textOf(value), millis);
  return meant === undefined ? [] : [objectFinding(object, 'warning', 'QUANTITY_SUSPICIOUS', { ...base, meant })];
}

function meantInstead(resource: string, value: string, millis: bigint): string | undefined {
  const digits = value.replace(/\D+$/, '');
  if (/^(memory|storage|ephemeral-storage)$/.test(resource) && millis > 0n && millis < LEAST_BYTES_MILLIS)
    return resource === 'memory' ? `${digits}Mi` : `${digits}Gi`;
  if (resource === 'cpu' && millis >= MOST_CORES_MILLIS) return `${digits}m`;
  return undefined;
}
