import type { Place } from '../error/naru-error.ts';
import type { RevisionObject } from '../revision/revision.ts';

/** An object, whose it is, and where the platform names that component. */
export interface PlacedObject extends RevisionObject {
  readonly component: string;
  readonly place: Place | undefined;
}
