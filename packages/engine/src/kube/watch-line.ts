import { isObject, objectAt, textAt, type JsonObject } from './json-value.ts';
import { asListed } from './kube-answer.ts';
import type { KubeObject, ObjectKind } from './kube-object.ts';

/** One line of a watch, understood. */
export type WatchLine =
  | { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: KubeObject; readonly resourceVersion: string }
  | { readonly type: 'BOOKMARK'; readonly resourceVersion: string }
  | { readonly type: 'ERROR'; readonly status: JsonObject; readonly code: number };

/** `undefined` for a line that is no event. `kind` is what was asked for: objects without their body do not say what they are. */
export function parseWatchLine(line: string, kind: ObjectKind): WatchLine | undefined {
  const event = parsed(line);
  if (!isObject(event)) return undefined;
  const object = objectAt(event, 'object');
  const type = event['type'];
  if (type === 'ERROR') return { type, status: object, code: Number(object['code'] ?? 500) };
  const resourceVersion = textAt(objectAt(object, 'metadata'), 'resourceVersion');
  if (type === 'BOOKMARK') return { type, resourceVersion };
  if (type !== 'ADDED' && type !== 'MODIFIED' && type !== 'DELETED') return undefined;
  const named = asListed(object, kind);
  return named === undefined ? undefined : { type, object: named, resourceVersion };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
