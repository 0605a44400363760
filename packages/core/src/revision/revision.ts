import type { Manifest } from '../object/manifest.ts';
import type { ObjectKey } from '../object/object-key.ts';
import type { ImageUse } from './pod-template.ts';

/** One object of a revision. */
export interface RevisionObject {
  readonly key: ObjectKey;
  readonly manifest: Manifest;
  /** The template or file that it comes from; undefined for what Naru adds. */
  readonly source: string | undefined;
  /** Every image that it names, in pods and where the rules of the component say. */
  readonly images: readonly ImageUse[];
  /** Digest of the manifest: what the inventory records as desired. */
  readonly hash: string;
  /** A namespace that Naru adds so that the component has a place. One that is there already is used and left alone. */
  readonly implied: boolean;
}

export interface RevisionComponent {
  readonly name: string;
  readonly namespace: string;
  readonly version: string | undefined;
  /** Pins the chart to what was fetched; absent for manifests and for a chart of this disk. */
  readonly chartDigest?: string;
  readonly standsOn: readonly string[];
  /** In install order. */
  readonly objects: readonly RevisionObject[];
  /** What the chart tells its user; empty for most. */
  readonly notes: string;
}

/** The compiled platform: every object of every component, in install order. Immutable, addressed by its digest. */
export interface Revision {
  readonly platform: string;
  readonly version: string | undefined;
  readonly site: string;
  /** Digest of everything that the cluster receives. Equal input gives an equal digest on every machine. */
  readonly digest: string;
  readonly components: readonly RevisionComponent[];
}
