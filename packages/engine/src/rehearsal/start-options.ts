import type { ControlPlaneOptions } from './control-plane.ts';

/** `ControlPlaneOptions` with every default filled in. */
export interface StartOptions extends ControlPlaneOptions {
  readonly images: readonly string[];
  readonly onProgress: NonNullable<ControlPlaneOptions['onProgress']>;
  readonly signal: AbortSignal;
  /** Tests use them to make the API server fail. */
  readonly apiServerArgs?: readonly string[];
}
