import type { Composition } from '../compose/composition.ts';
import type { KubernetesApi } from '../api/kubernetes-api.ts';
import type { Details, ErrorCode } from '../error/catalogue.ts';
import { NaruError } from '../error/naru-error.ts';
import { type Finding, findingOf, type Severity } from '../finding/finding.ts';
import type { Compiling } from '../revision/compile.ts';
import { indexObjects, type ObjectIndex } from './object-index.ts';
import type { PlacedObject } from './placed-object.ts';

/** What a check of compiled objects looks at. */
export interface Checking {
  readonly composition: Composition;
  /** What the site's Kubernetes serves; undefined for a version that Naru has no data of. */
  readonly api: KubernetesApi | undefined;
  readonly objects: readonly PlacedObject[];
  readonly index: ObjectIndex;
  /** What the templates of each chart read, by component. */
  readonly reads: Compiling['reads'];
  readonly originsOf: Compiling['originsOf'];
}

/** Looks for one kind of fault. Pure; linear in the objects of the platform. */
export type Check = (checking: Checking) => readonly Finding[];

export function checkingOf(
  composition: Composition,
  { revision, reads, originsOf }: Compiling,
  api: KubernetesApi | undefined,
): Checking {
  const places = new Map(composition.components.map(({ name, place }) => [name, place]));
  const objects = revision.components.flatMap((component) =>
    component.objects.map((object) => ({ ...object, component: component.name, place: places.get(component.name) })),
  );
  return { composition, api, objects, index: indexObjects(objects), reads, originsOf };
}

/** A finding about an object, placed where the platform names its component. */
export function objectFinding<C extends ErrorCode>(
  { place }: Pick<PlacedObject, 'place'>,
  severity: Severity,
  code: C,
  details: Details<C>,
): Finding {
  return findingOf(new NaruError(code, details, place === undefined ? {} : { place }), severity);
}
