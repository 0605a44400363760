import type { NaruError } from '../error/naru-error.ts';
import type { Secret } from '../spec/secret.ts';

/** A secret that the platform declares, with what was given for it from outside. */
export interface DeclaredSecret {
  readonly spec: Secret;
  /** Undefined for one that is generated. */
  readonly given: GivenSecret | undefined;
}

/** The text of a variable or a file of whoever delivers; or why there is none, which matters to a delivery alone. */
export type GivenSecret =
  | { readonly text: string; readonly missing: undefined }
  | { readonly text: undefined; readonly missing: NaruError };
