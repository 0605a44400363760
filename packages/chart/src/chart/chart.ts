import type { ValueMap } from '../value/value.ts';

/** The files of a chart: paths relative to its root, separated by '/', and their bytes. */
export type ChartFiles = ReadonlyMap<string, Uint8Array>;

/** One entry of `dependencies` in `Chart.yaml`. */
export interface ChartDependency {
  readonly name: string;
  readonly version: string;
  readonly repository: string;
  readonly condition: string;
  readonly tags: readonly string[];
  readonly alias: string;
  /** `exports` keys, or pairs of a child's and a parent's path. */
  readonly importValues: readonly (string | { readonly child: string; readonly parent: string })[];
}

export interface ChartMaintainer {
  readonly name: string;
  readonly email: string;
  readonly url: string;
}

/** `Chart.yaml`; what is not written there is an empty text. */
export interface ChartMetadata {
  readonly name: string;
  readonly home: string;
  readonly sources: readonly string[];
  readonly version: string;
  readonly description: string;
  readonly keywords: readonly string[];
  readonly maintainers: readonly ChartMaintainer[];
  readonly icon: string;
  readonly apiVersion: string;
  readonly condition: string;
  readonly tags: string;
  readonly appVersion: string;
  readonly deprecated: boolean;
  readonly annotations: ReadonlyMap<string, string>;
  readonly kubeVersion: string;
  readonly dependencies: readonly ChartDependency[];
  readonly type: string;
}

export interface ChartFile {
  readonly name: string;
  readonly data: Uint8Array;
}

/** A loaded chart. It is never changed: rendering works on copies. */
export interface Chart {
  readonly metadata: ChartMetadata;
  /** `values.yaml`, as Go values. `chartDefaults` gives them as plain objects. */
  readonly values: ValueMap;
  readonly templates: readonly ChartFile[];
  /** Everything that is neither a template nor metadata, `crds/` included. */
  readonly files: readonly ChartFile[];
  /** `values.schema.json`, when the chart has one. */
  readonly schema: Uint8Array | undefined;
  readonly dependencies: readonly Chart[];
}
