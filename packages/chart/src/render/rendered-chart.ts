import type { OriginTrace } from '../trace/object-origin.ts';
import type { ReadTrace } from '../trace/read-trace.ts';

/** Values as plain JavaScript: numbers are Go's `float64`, bigints its `int64`. */
export interface Values {
  readonly [key: string]: unknown;
}

export interface RenderedManifest {
  /** Path of the template with the chart's name in front: `web/templates/service.yaml`. */
  readonly template: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** The text of one document, without its `---`. */
  readonly content: string;
}

export type HookEvent =
  | 'pre-install'
  | 'post-install'
  | 'pre-delete'
  | 'post-delete'
  | 'pre-upgrade'
  | 'post-upgrade'
  | 'pre-rollback'
  | 'post-rollback'
  | 'test';

export interface RenderedHook extends RenderedManifest {
  readonly events: readonly HookEvent[];
  readonly weight: number;
  readonly deletePolicies: readonly string[];
}

/** Everything that a chart says for one release. */
export interface RenderedChart {
  readonly crds: readonly { readonly template: string; readonly content: string }[];
  /** In Helm's install order of kinds. */
  readonly manifests: readonly RenderedManifest[];
  readonly hooks: readonly RenderedHook[];
  /** What the chart tells its user after an install; empty when it has no `NOTES.txt`. */
  readonly notes: string;
  /** What the render read; there when the options ask for it. */
  readonly trace?: ReadTrace;
  /** Where each object comes from; there when the options ask for it. */
  readonly origins?: OriginTrace;
}
