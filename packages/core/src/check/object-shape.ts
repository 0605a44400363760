import { type ObjectFault, validateObject } from '../api/validate-object.ts';
import type { KubernetesApi } from '../api/kubernetes-api.ts';
import type { Finding } from '../finding/finding.ts';
import { type Check, objectFinding } from './checking.ts';
import type { PlacedObject } from './placed-object.ts';

/** Objects that the API server of the site's version would refuse for their shape, or does not serve at all. */
export const objectShape: Check = ({ api, objects }) =>
  api === undefined ? [] : objects.flatMap((object) => shapeFindings(api, object));

function shapeFindings(api: KubernetesApi, object: PlacedObject): readonly Finding[] {
  const { key, manifest } = object;
  const { apiVersion } = manifest;
  const served = api.served(apiVersion, manifest.kind);
  if (served.kind === 'foreign') return [];
  if (served.kind === 'gone') {
    const details = { key, apiVersion, minor: api.minor, instead: served.instead.join(', ') };
    return [objectFinding(object, 'error', 'API_REMOVED', details)];
  }
  const { until } = served;
  const ending =
    until === undefined
      ? []
      : [objectFinding(object, 'warning', 'API_ENDING', { key, apiVersion, until, instead: others(api, object) })];
  return [...ending, ...validateObject(api, served.type, manifest).map((fault) => faultFinding(object, fault))];
}

function others(api: KubernetesApi, { manifest: { kind, apiVersion } }: PlacedObject): string {
  return api
    .versionsOf(kind)
    .filter(({ version, until }) => version !== apiVersion && until === undefined)
    .map(({ version }) => version)
    .join(', ');
}

function faultFinding(object: PlacedObject, fault: ObjectFault): Finding {
  const base = { key: object.key, field: fault.path, source: object.source ?? object.component };
  if (fault.kind === 'unknown')
    return objectFinding(object, 'error', 'OBJECT_FIELD_UNKNOWN', { ...base, suggestion: fault.suggestion });
  if (fault.kind === 'missing') return objectFinding(object, 'error', 'OBJECT_FIELD_MISSING', base);
  if (fault.kind === 'duplicated')
    return objectFinding(object, 'error', 'OBJECT_ENTRY_DUPLICATED', { ...base, entry: fault.entry });
  const { expected, found } = fault;
  return objectFinding(object, 'error', 'OBJECT_FIELD_MISTYPED', { ...base, expected, found });
}
