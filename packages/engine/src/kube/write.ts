import { NaruError } from '@naru/core';
import type { ApplyOptions, DeleteOptions, Discovery, KubeClient, Patch, WriteOptions } from './client.ts';
import { asKubeObject } from './kube-answer.ts';
import type { KubeObject, ObjectName, ResourceType } from './kube-object.ts';
import type { KubeRequest } from './request.ts';
import { describeObject, kindOf, resourcePath, withQuery, type Query } from './resource-path.ts';
import type { Transport } from './transport.ts';

export interface WriteDeps {
  readonly transport: Transport;
  readonly discovery: Discovery;
  /** Where an object goes that names no namespace. */
  readonly namespace: string;
}

export type Writes = Pick<KubeClient, 'apply' | 'create' | 'update' | 'patch' | 'delete'>;

const PATCH_TYPES = { merge: 'application/merge-patch+json', json: 'application/json-patch+json' } as const;

export function createWrites(deps: WriteDeps): Writes {
  return {
    apply: (object, options) => applyObject(deps, object, options),
    create: (object, options) => createObject(deps, object, options),
    update: (object, options) => updateObject(deps, object, options),
    patch: (type, name, patch, options) => patchObject(deps, { type, name, patch }, options),
    delete: (type, name, options) => deleteObject(deps, { type, name }, options),
  };
}

/** Of an object of a kind with namespaces, in which it stands. */
export function placed(type: ResourceType, name: ObjectName, namespace: string): ObjectName {
  return type.namespaced ? { name: name.name, namespace: name.namespace ?? namespace } : { name: name.name };
}

async function applyObject(deps: WriteDeps, object: KubeObject, options: ApplyOptions): Promise<KubeObject> {
  const type = await typeOf(deps, object, options);
  return write(deps, type, object.metadata, {
    ...options,
    method: 'PATCH',
    verb: 'apply',
    contentType: 'application/apply-patch+yaml',
    body: object,
    repeatable: true,
    query: { force: options.force },
  });
}

async function createObject(deps: WriteDeps, object: KubeObject, options: WriteOptions): Promise<KubeObject> {
  const type = await typeOf(deps, object, options);
  return write(deps, type, object.metadata, {
    ...options,
    method: 'POST',
    verb: 'create',
    body: object,
    repeatable: false,
  });
}

async function updateObject(deps: WriteDeps, object: KubeObject, options: WriteOptions): Promise<KubeObject> {
  const type = await typeOf(deps, object, options);
  // Without a version the last one wins, however often it is said; with one, the second saying would fail for the first.
  const repeatable = object.metadata.resourceVersion === undefined;
  return write(deps, type, object.metadata, { ...options, method: 'PUT', verb: 'update', body: object, repeatable });
}

function patchObject(
  deps: WriteDeps,
  { type, name, patch }: { readonly type: ResourceType; readonly name: ObjectName; readonly patch: Patch },
  options: WriteOptions,
): Promise<KubeObject> {
  return write(deps, type, name, {
    ...options,
    method: 'PATCH',
    verb: 'patch',
    contentType: PATCH_TYPES[patch.kind],
    body: patch.body,
    repeatable: patch.kind === 'merge',
  });
}

interface Write extends WriteOptions {
  readonly method: KubeRequest['method'];
  readonly verb: string;
  readonly contentType?: string;
  readonly body: object;
  readonly repeatable: boolean;
  readonly query?: Query;
}

async function write(deps: WriteDeps, type: ResourceType, name: ObjectName, one: Write): Promise<KubeObject> {
  const at = placed(type, name, deps.namespace);
  const { name: _, ...collection } = at;
  const object = describeObject(type.kind, at);
  const action = `${one.verb} ${object}`;
  const request: KubeRequest = {
    method: one.method,
    path: withQuery(resourcePath(type, one.method === 'POST' ? collection : at, one.subresource), {
      fieldManager: one.fieldManager,
      fieldValidation: one.fieldValidation,
      dryRun: one.dryRun === true ? 'All' : undefined,
      ...one.query,
    }),
    ...(one.contentType === undefined ? {} : { contentType: one.contentType }),
    body: JSON.stringify(one.body),
    repeatable: one.repeatable,
    action,
    object,
    kind: kindOf(type),
    signal: one.signal,
  };
  try {
    return asKubeObject(await deps.transport.json(request), { server: deps.transport.server, action });
  } catch (error) {
    // What discovery remembers is older than the server: the kind went, and may come back under another path.
    if (error instanceof NaruError && error.code === 'KIND_UNSERVED') await deps.discovery.refresh(one);
    throw error;
  }
}

async function deleteObject(
  deps: WriteDeps,
  { type, name }: { readonly type: ResourceType; readonly name: ObjectName },
  options: DeleteOptions,
): Promise<'deleted' | 'gone'> {
  const at = placed(type, name, deps.namespace);
  const object = describeObject(type.kind, at);
  const { propagation, preconditions, gracePeriodSeconds, dryRun } = options;
  try {
    await deps.transport.json({
      method: 'DELETE',
      path: resourcePath(type, at),
      body: JSON.stringify({
        apiVersion: 'v1',
        kind: 'DeleteOptions',
        propagationPolicy: propagation,
        preconditions,
        gracePeriodSeconds,
        dryRun: dryRun === true ? ['All'] : undefined,
      }),
      repeatable: true,
      action: `delete ${object}`,
      object,
      kind: kindOf(type),
      signal: options.signal,
    });
    return 'deleted';
  } catch (error) {
    if (isAbsence(error)) return 'gone';
    throw error;
  }
}

/** The object is not there, or not even its kind. */
export function isAbsence(error: unknown): boolean {
  return error instanceof NaruError && (error.code === 'OBJECT_MISSING' || error.code === 'KIND_UNSERVED');
}

async function typeOf(
  { transport, discovery }: WriteDeps,
  object: KubeObject,
  options: WriteOptions,
): Promise<ResourceType> {
  const type = await discovery.resourceFor(object, options);
  if (type !== undefined) return type;
  const { apiVersion, kind } = object;
  throw new NaruError('KIND_UNSERVED', { apiVersion, kind, server: transport.server });
}
