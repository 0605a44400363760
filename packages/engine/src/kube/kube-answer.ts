import { NaruError } from '@naru/core';
import { isObject, objectAt, textAt, type JsonObject } from './json-value.ts';
import type { KubeObject, ObjectKind } from './kube-object.ts';

/** Takes an answer for an object only when it is one. */
export function asKubeObject(
  value: JsonObject,
  about: { readonly server: string; readonly action: string },
): KubeObject {
  if (isKubeObject(value)) return value;
  throw new NaruError('CLUSTER_ANSWER_UNREADABLE', {
    server: about.server,
    request: about.action,
    reason: 'the answer is not an object with apiVersion, kind and a name',
  });
}

function isKubeObject(value: JsonObject): value is JsonObject & KubeObject {
  return textAt(value, 'apiVersion') !== '' && textAt(value, 'kind') !== '' && hasName(value);
}

/** The members of a list of a built-in kind do not say what they are, nor do objects without their body: who asked knows. */
export function asListed(value: unknown, kind: ObjectKind): KubeObject | undefined {
  if (!isObject(value) || !hasName(value)) return undefined;
  const named: JsonObject = { ...value, ...kind };
  return isKubeObject(named) ? named : undefined;
}

function hasName(value: JsonObject): boolean {
  return textAt(objectAt(value, 'metadata'), 'name') !== '';
}
