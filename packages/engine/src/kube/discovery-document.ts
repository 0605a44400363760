import { objectAt, objectsAt, textAt, type JsonObject } from './json-value.ts';
import type { ResourceType } from './kube-object.ts';

/** The kinds of an `APIGroupDiscoveryList`, without subresources; `undefined` for another document. */
export function readDiscovery(document: JsonObject): readonly ResourceType[] | undefined {
  if (document['kind'] !== 'APIGroupDiscoveryList') return undefined;
  const types: ResourceType[] = [];
  for (const group of objectsAt(document, 'items')) {
    for (const version of objectsAt(group, 'versions')) {
      for (const resource of objectsAt(version, 'resources')) {
        types.push(typeOf(textAt(objectAt(group, 'metadata'), 'name'), textAt(version, 'version'), resource));
      }
    }
  }
  return types;
}

/** A resource may answer with a kind of another group or version than its own, as an extension server's may. */
function typeOf(group: string, version: string, resource: JsonObject): ResourceType {
  const verbs = resource['verbs'];
  return {
    group,
    version,
    kind: textAt(objectAt(resource, 'responseKind'), 'kind'),
    plural: textAt(resource, 'resource'),
    namespaced: textAt(resource, 'scope') === 'Namespaced',
    verbs: Array.isArray(verbs) ? verbs.filter((verb) => typeof verb === 'string') : [],
  };
}
