import type { ObjectKind } from './kube-object.ts';

/** What is asked of the server, apart from who asks and over which connection. */
export interface KubeRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With its query. */
  readonly path: string;
  readonly accept?: string;
  readonly contentType?: string;
  readonly body?: string;
  /** Whether asking twice has the effect of asking once. */
  readonly repeatable: boolean;
  /** What a person reads in an error: `list configmaps`. */
  readonly action: string;
  /** What is acted on: `Deployment shop/web`. */
  readonly object: string;
  /** The kind behind the path. A 404 without a name then means that the server does not serve it. */
  readonly kind?: ObjectKind;
  readonly signal?: AbortSignal | undefined;
}
