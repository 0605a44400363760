import { CLUSTER_ERRORS } from './cluster-errors.ts';
import { COMPONENT_ERRORS } from './component-errors.ts';
import { COMPOSITION_ERRORS } from './composition-errors.ts';
import type { ErrorDefinition } from './definition.ts';
import { DELIVERY_ERRORS } from './delivery-errors.ts';
import { DOCUMENT_ERRORS } from './document-errors.ts';
import { OBJECT_ERRORS } from './object-errors.ts';
import { PLATFORM_ERRORS } from './platform-errors.ts';
import { REHEARSAL_ERRORS } from './rehearsal-errors.ts';
import { WAIVER_ERRORS } from './waiver-errors.ts';
import { WIRING_ERRORS } from './wiring-errors.ts';
import { SOURCE_ERRORS } from './source-errors.ts';

/** Every error a person can meet. `docs/reference/errors.md` is generated from this table. */
export const ERRORS = {
  ...DOCUMENT_ERRORS,
  ...COMPONENT_ERRORS,
  ...COMPOSITION_ERRORS,
  ...PLATFORM_ERRORS,
  ...OBJECT_ERRORS,
  ...WIRING_ERRORS,
  ...WAIVER_ERRORS,
  ...DELIVERY_ERRORS,
  ...CLUSTER_ERRORS,
  ...REHEARSAL_ERRORS,
  ...SOURCE_ERRORS,
};

export type ErrorCode = keyof typeof ERRORS;

/** What an error of code `C` must be told to be worded. */
export type Details<C extends ErrorCode> = (typeof ERRORS)[C] extends ErrorDefinition<infer D> ? D : never;

/** The row of the table for `code`, typed for its details. */
export function definitionOf<C extends ErrorCode>(code: C): ErrorDefinition<Details<C>> {
  // TypeScript cannot see that a row and its details belong together; `Details` says it.
  const table: Record<ErrorCode, unknown> = ERRORS;
  return table[code] as ErrorDefinition<Details<C>>;
}
