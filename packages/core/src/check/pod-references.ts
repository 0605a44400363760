import { isRecord } from '../object/manifest.ts';
import type { Pods } from './object-index.ts';
import { recordsIn } from './untyped.ts';

/** A name that a pod relies on. `entry`: the key of a Secret or ConfigMap that it reads. */
export interface Reference {
  readonly kind: string;
  readonly name: string;
  readonly field: string;
  readonly entry: string | undefined;
}

/** Every object of its namespace that a pod cannot start without; what is marked `optional` is left out. */
export function podReferences({ spec, path, owner }: Pods): readonly Reference[] {
  const account = spec['serviceAccountName'];
  const containers = ['initContainers', 'containers', 'ephemeralContainers'].flatMap((list) =>
    recordsIn(spec[list]).map((container, index) => ({ container, field: `${path}.${list}[${index}]` })),
  );
  return [
    ...(typeof account === 'string' && account !== ''
      ? [{ kind: 'ServiceAccount', name: account, field: `${path}.serviceAccountName`, entry: undefined }]
      : []),
    ...recordsIn(spec['imagePullSecrets']).flatMap((item) => named('Secret', item, `${path}.imagePullSecrets`)),
    ...containers.flatMap(({ container, field }) => environmentReferences(container, field)),
    ...recordsIn(spec['volumes']).flatMap((volume) =>
      volumeReferences(volume, `${path}.volumes`, claimNames(owner.manifest.spec)),
    ),
  ];
}

function environmentReferences(container: Readonly<Record<string, unknown>>, field: string): readonly Reference[] {
  const single = recordsIn(container['env']).flatMap((variable) => {
    const source = isRecord(variable['valueFrom']) ? variable['valueFrom'] : {};
    return [
      ...keyed('Secret', source['secretKeyRef'], `${field}.env`),
      ...keyed('ConfigMap', source['configMapKeyRef'], `${field}.env`),
    ];
  });
  const whole = recordsIn(container['envFrom']).flatMap((source) => [
    ...named('Secret', source['secretRef'], `${field}.envFrom`),
    ...named('ConfigMap', source['configMapRef'], `${field}.envFrom`),
  ]);
  return [...single, ...whole];
}

function volumeReferences(
  volume: Readonly<Record<string, unknown>>,
  field: string,
  claims: ReadonlySet<string>,
): readonly Reference[] {
  const { secret, configMap, persistentVolumeClaim: claim, projected } = volume;
  const sources = isRecord(projected) ? recordsIn(projected['sources']) : [];
  const claimed = isRecord(claim) ? claim['claimName'] : undefined;
  return [
    ...fileReferences('Secret', secret, 'secretName', field),
    ...fileReferences('ConfigMap', configMap, 'name', field),
    ...sources.flatMap((source) => [
      ...fileReferences('Secret', source['secret'], 'name', field),
      ...fileReferences('ConfigMap', source['configMap'], 'name', field),
    ]),
    ...(typeof claimed === 'string' && !claims.has(claimed)
      ? [{ kind: 'PersistentVolumeClaim', name: claimed, field, entry: undefined }]
      : []),
  ];
}

/** The keys that are asked for by name; all of them when none is. */
function fileReferences(kind: string, source: unknown, nameField: string, field: string): readonly Reference[] {
  if (!isRecord(source) || source['optional'] === true || typeof source[nameField] !== 'string') return [];
  const base = { kind, name: source[nameField], field };
  const items = recordsIn(source['items']);
  if (items.length === 0) return [{ ...base, entry: undefined }];
  return items.map((item) => ({ ...base, entry: String(item['key']) }));
}

function keyed(kind: string, source: unknown, field: string): readonly Reference[] {
  return named(kind, source, field).map((reference) => ({
    ...reference,
    entry: isRecord(source) ? String(source['key']) : undefined,
  }));
}

function named(kind: string, source: unknown, field: string): readonly Reference[] {
  if (!isRecord(source) || source['optional'] === true) return [];
  return typeof source['name'] === 'string' && source['name'] !== ''
    ? [{ kind, name: source['name'], field, entry: undefined }]
    : [];
}

/** A volume of a StatefulSet may bear the name of its own claim template. */
function claimNames(spec: unknown): ReadonlySet<string> {
  const templates = isRecord(spec) ? recordsIn(spec['volumeClaimTemplates']) : [];
  return new Set(templates.map(({ metadata }) => (isRecord(metadata) ? String(metadata['name']) : '')));
}
