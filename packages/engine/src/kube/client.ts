import type { KubeObject, ObjectKind, ObjectName, ResourceType } from './kube-object.ts';

export interface RequestOptions {
  /** Aborting rejects with the signal's reason, whatever the request was waiting for. */
  readonly signal?: AbortSignal;
}

export interface ServerVersion {
  readonly gitVersion: string;
  readonly major: string;
  readonly minor: string;
  readonly platform: string;
}

/** The kinds that the server serves. Asked once, then remembered until `refresh` or a miss. */
export interface Discovery {
  /** `undefined` when the server does not serve the kind, which was asked again before saying so. */
  resourceFor(kind: ObjectKind, options?: RequestOptions): Promise<ResourceType | undefined>;
  resources(options?: RequestOptions): Promise<readonly ResourceType[]>;
  /** Forgets what is remembered and asks again. */
  refresh(options?: RequestOptions): Promise<void>;
}

export interface ListOptions extends RequestOptions {
  /** All namespaces when left out. */
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  /** Objects per page, 500 when left out. The answer is complete whatever the page is. */
  readonly pageSize?: number;
  /** Only `apiVersion`, `kind` and `metadata` of each object travel. */
  readonly metadataOnly?: boolean;
}

/** Every object at one moment: the state of the server at `resourceVersion`. */
export interface ObjectList {
  readonly items: readonly KubeObject[];
  readonly resourceVersion: string;
}

export interface WatchOptions extends Omit<ListOptions, 'pageSize'> {
  /** A list that the caller has already; the watch goes on from there. Without it the watch lists by itself. */
  readonly from?: ObjectList;
  /** After how long without a byte the connection counts as dead. Must be above a minute, which is how often an idle server speaks. */
  readonly idleTimeoutSeconds?: number;
}

/**
 * What happened to one object, or `SYNCED`: from here on the events seen so far add up to the whole state.
 * `SYNCED` comes again whenever the watch had to list anew; it then stands behind the differences.
 */
export type WatchEvent =
  | { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: KubeObject }
  | { readonly type: 'SYNCED'; readonly resourceVersion: string };

export interface WriteOptions extends RequestOptions {
  readonly fieldManager: string;
  /** The server does everything but keep the result. */
  readonly dryRun?: boolean;
  /** What the server does with fields that it does not know. `Warn` when left out. */
  readonly fieldValidation?: 'Strict' | 'Warn' | 'Ignore';
  readonly subresource?: 'status' | 'scale';
}

export interface ApplyOptions extends WriteOptions {
  /** Takes fields away from the managers that own them, instead of failing with `FIELD_CONFLICTED`. */
  readonly force?: boolean;
}

/** A merge patch is an object, a JSON patch is a list of operations. */
export type Patch =
  | { readonly kind: 'merge'; readonly body: Readonly<Record<string, unknown>> }
  | { readonly kind: 'json'; readonly body: readonly JsonPatchOperation[] };

export type JsonPatchOperation =
  | { readonly op: 'add' | 'replace' | 'test'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string }
  | { readonly op: 'move' | 'copy'; readonly path: string; readonly from: string };

export interface DeleteOptions extends RequestOptions {
  readonly propagation: 'Background' | 'Foreground' | 'Orphan';
  /** Refuses with `OBJECT_CHANGED` unless the object still is exactly this one. */
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
  readonly gracePeriodSeconds?: number;
  readonly dryRun?: boolean;
}

export interface LogOptions extends RequestOptions {
  /** Needed when the pod has several. */
  readonly container?: string;
  readonly tailLines?: number;
  /** The run before the last restart. */
  readonly previous?: boolean;
  /** Waits for more until the container ends. */
  readonly follow?: boolean;
}

/**
 * One API server as one user.
 *
 * Expected failures are `NaruError`s. Answers that promise nothing (429, 500, 502 to 504, broken connections) are asked again
 * a few times when asking twice cannot do harm; what is reported then has the retry class `backoff`.
 */
export interface KubeClient {
  readonly server: string;
  readonly context: string | undefined;
  /** The namespace that the context names, or `default`: where an `ObjectName` without a namespace is looked for. */
  readonly namespace: string;
  readonly discovery: Discovery;
  version(options?: RequestOptions): Promise<ServerVersion>;
  /** `undefined` when there is no such object. */
  get(type: ResourceType, name: ObjectName, options?: RequestOptions): Promise<KubeObject | undefined>;
  list(type: ResourceType, options?: ListOptions): Promise<ObjectList>;
  /**
   * Follows a kind until the signal is aborted, across server restarts and expired versions: no change is lost, though several changes
   * of one object may arrive as one. Ends with an error when the server stays away for five minutes or refuses for good.
   */
  watch(type: ResourceType, options?: WatchOptions): AsyncIterable<WatchEvent>;
  /** Server-side apply. Refuses a kind that the server does not serve with `KIND_UNSERVED`. */
  apply(object: KubeObject, options: ApplyOptions): Promise<KubeObject>;
  create(object: KubeObject, options: WriteOptions): Promise<KubeObject>;
  /** Replaces the object. With `metadata.resourceVersion` it refuses, with `OBJECT_CHANGED`, when someone was faster. */
  update(object: KubeObject, options: WriteOptions): Promise<KubeObject>;
  patch(type: ResourceType, name: ObjectName, patch: Patch, options: WriteOptions): Promise<KubeObject>;
  /** `gone` when there was nothing to delete. `deleted` says that deletion began: finalizers may hold the object for longer. */
  delete(type: ResourceType, name: ObjectName, options: DeleteOptions): Promise<'deleted' | 'gone'>;
  /** The lines of a pod's log, as the container wrote them: they may hold control characters. */
  logs(pod: ObjectName, options?: LogOptions): AsyncIterable<string>;
  /** Ends every connection. The client is of no use afterwards. */
  close(): Promise<void>;
}
