import { NaruError } from '@naru/core';
import type { ListOptions, ObjectList } from './client.ts';
import { asListed } from './kube-answer.ts';
import { objectAt, textAt } from './json-value.ts';
import type { KubeObject, ResourceType } from './kube-object.ts';
import type { KubeRequest } from './request.ts';
import { kindOf, resourcePath, withQuery, type Query } from './resource-path.ts';
import type { Transport } from './transport.ts';

const PAGE_SIZE = 500;
const METADATA_ONLY = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';

/**
 * Every object of a kind at one moment. Pages belong together only while the server keeps the version of the first: when it
 * does not, what was read is thrown away and the list begins again, in one piece, which cannot expire half-way.
 */
export async function listObjects(transport: Transport, type: ResourceType, options: ListOptions): Promise<ObjectList> {
  try {
    return await listPages(transport, type, options, options.pageSize ?? PAGE_SIZE);
  } catch (error) {
    if (!(error instanceof NaruError) || error.code !== 'VERSION_EXPIRED') throw error;
    return listPages(transport, type, options, undefined);
  }
}

/** The parameters that a list and its watch share. */
export function selectionOf({ labelSelector, fieldSelector }: ListOptions): Query {
  return { labelSelector, fieldSelector };
}

async function listPages(
  transport: Transport,
  type: ResourceType,
  options: ListOptions,
  limit: number | undefined,
): Promise<ObjectList> {
  const items: KubeObject[] = [];
  const path = resourcePath(type, options.namespace === undefined ? {} : { namespace: options.namespace });
  for (let token = ''; ; ) {
    const request: KubeRequest = {
      method: 'GET',
      path: withQuery(path, { ...selectionOf(options), limit, continue: token }),
      ...(options.metadataOnly === true ? { accept: METADATA_ONLY } : {}),
      repeatable: true,
      action: `list ${type.plural}`,
      object: type.plural,
      kind: kindOf(type),
      signal: options.signal,
    };
    const page = await transport.json(request);
    // An empty list is `null` for some extension servers.
    const found = page['items'] ?? [];
    if (!Array.isArray(found)) throw notAList(transport, request);
    for (const item of found) {
      const object = asListed(item, kindOf(type));
      if (object === undefined) throw notAList(transport, request);
      items.push(object);
    }
    const meta = objectAt(page, 'metadata');
    token = textAt(meta, 'continue');
    if (token === '') return { items, resourceVersion: textAt(meta, 'resourceVersion') };
  }
}

function notAList({ server }: Transport, { action }: KubeRequest): NaruError {
  return new NaruError('CLUSTER_ANSWER_UNREADABLE', {
    server,
    request: action,
    reason: 'the answer is not a list of objects',
  });
}
