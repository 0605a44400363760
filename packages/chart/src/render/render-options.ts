import type { RenderLimits } from '../execute/limits.ts';
import type { Values } from './rendered-chart.ts';

/** Where random functions draw from. The same bytes give the same output. */
export interface RandomSource {
  /**
   * `count` bytes, each from 0 to 255, for the template whose output they go into: a file of the chart such as
   * `web/templates/secret.yaml`, whatever helpers it includes. A source can so answer each template apart from the others.
   */
  readonly bytes: (count: number, template: string) => Uint8Array;
}

/** What a chart asks a cluster for with `lookup`. */
export interface LookupRequest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** What a render depends on besides the chart. Nothing else does: no clock, no environment, no network. */
export interface RenderOptions {
  readonly release: {
    readonly name: string;
    readonly namespace: string;
    readonly revision?: number;
    readonly isUpgrade?: boolean;
    /** `Helm` when left out; charts write it into `app.kubernetes.io/managed-by`. */
    readonly service?: string;
  };
  /** What the user sets, already merged; laid over the chart's defaults. */
  readonly values: Values;
  readonly capabilities: {
    /** Such as `v1.37.0`. */
    readonly kubeVersion: string;
    /** What the cluster serves besides what Kubernetes itself has. */
    readonly apiVersions?: readonly string[];
  };
  readonly random: RandomSource;
  /** Milliseconds since 1970, for `now` and certificates. */
  readonly now: () => number;
  /** Take values that `values.schema.json` refuses. */
  readonly skipSchemaValidation?: boolean;
  /** Refuse a template that asks a map for a key that it does not have, instead of giving it nothing. */
  readonly strict?: boolean;
  /** Say in the result what was read. */
  readonly trace?: boolean;
  /** Say in the result which values went into which field of an object. */
  readonly origins?: boolean;
  /** Bounds against hostile charts, where others than the usual ones are wanted. */
  readonly limits?: Partial<RenderLimits>;
  /** Answers `lookup`; when left out, every lookup finds nothing, as in `helm template`. */
  readonly lookup?: (request: LookupRequest) => Values;
}
