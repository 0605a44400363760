import { digestOf } from '@naru/core';
import type { KubeObject } from '../kube/kube-object.ts';
import { FIELD_MANAGER } from '../record/record-store.ts';

/**
 * Digest of our entry in an object's `managedFields`; undefined when we never applied it.
 *
 * The entry's time does not count: an identical apply moves it. What counts is which fields we own and in which version.
 */
export function appliedHashOf({ metadata }: KubeObject): string | undefined {
  const entry = metadata.managedFields?.find(
    ({ manager, operation, subresource }) =>
      manager === FIELD_MANAGER && operation === 'Apply' && (subresource ?? '') === '',
  );
  return entry === undefined ? undefined : digestOf({ apiVersion: entry.apiVersion, fields: entry.fieldsV1 });
}

/** Everyone who manages fields of an object, by name. */
export function managersOf({ metadata }: KubeObject): readonly string[] {
  return [...new Set((metadata.managedFields ?? []).flatMap(({ manager }) => manager ?? []))].toSorted();
}
