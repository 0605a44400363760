import { suggest } from '../document/suggestion.ts';
import type { Finding } from '../finding/finding.ts';
import { isRecord } from '../object/manifest.ts';
import { type Check, type Checking, objectFinding } from './checking.ts';
import { volumeClaims } from './volume-claims.ts';

/** Storage and ingress classes that neither the platform makes nor the site names. A site that names none may have any. */
export const classNames: Check = (checking) => {
  const { site } = checking.composition;
  const storage = [site.storageClass, site.sharedStorageClass, ...site.storageCapacity.keys()];
  return [...storageNames(checking, storage), ...ingressNames(checking, [site.ingressClass])];
};

/** Undefined when the site names none: then every name may be one. */
function knownClasses(
  { objects }: Checking,
  kind: string,
  named: readonly (string | undefined)[],
): ReadonlySet<string> | undefined {
  const given = named.filter((name) => name !== undefined);
  if (given.length === 0) return undefined;
  const made = objects.filter(({ manifest }) => manifest.kind === kind).map(({ manifest }) => manifest.metadata.name);
  return new Set([...given, ...made]);
}

function storageNames(checking: Checking, named: readonly (string | undefined)[]): readonly Finding[] {
  const known = knownClasses(checking, 'StorageClass', named);
  if (known === undefined) return [];
  return checking.objects.flatMap(volumeClaims).flatMap(({ object, storageClass }) => {
    if (storageClass === undefined || storageClass === '' || known.has(storageClass)) return [];
    const name = `StorageClass ${storageClass}`;
    return [objectFinding(object, 'warning', 'CLASS_UNKNOWN', { key: object.key, name, ...hint(storageClass, known) })];
  });
}

function ingressNames(checking: Checking, named: readonly (string | undefined)[]): readonly Finding[] {
  const known = knownClasses(checking, 'IngressClass', named);
  if (known === undefined) return [];
  return checking.objects.flatMap((object) => {
    const { kind, spec } = object.manifest;
    const used = kind === 'Ingress' && isRecord(spec) ? spec['ingressClassName'] : undefined;
    if (typeof used !== 'string' || known.has(used)) return [];
    const name = `IngressClass ${used}`;
    return [objectFinding(object, 'warning', 'CLASS_UNKNOWN', { key: object.key, name, ...hint(used, known) })];
  });
}

function hint(name: string, known: ReadonlySet<string>) {
  return { suggestion: suggest(name, known), known: [...known].join(', ') };
}
