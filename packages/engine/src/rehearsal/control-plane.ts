/**
 * How much of Kubernetes a rehearsal gets.
 *
 * `api`: etcd and the API server; objects are validated and stored, nothing acts on them. `controllers`: also the
 * controller manager, the scheduler and simulated nodes, on which every workload becomes ready. `node`: real pods.
 */
export type Level = 'api' | 'controllers' | 'node';

/** Where a binary came from: the user's folder, our cache, an official archive, or a build from Go modules. */
export type BinarySource = 'assets' | 'cache' | 'archive' | 'go';

/** What happens while a control plane starts, as it happens. */
export type RehearsalEvent =
  | { readonly kind: 'binary-fetching'; readonly binary: string; readonly version: string; readonly from: BinarySource }
  | {
      readonly kind: 'binary-ready';
      readonly binary: string;
      readonly version: string;
      readonly from: BinarySource;
      readonly durationMs: number;
    }
  | { readonly kind: 'process-started'; readonly process: string }
  | { readonly kind: 'control-plane-ready'; readonly level: Level; readonly durationMs: number };

/** Values of environment variables. The engine never reads the environment of its own process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Resident memory of one process of a control plane. */
export interface ProcessMemory {
  readonly process: string;
  readonly residentMiB: number;
}

export interface ControlPlaneOptions {
  readonly level: Level;
  /** A minor (`1.34`: its newest known patch) or an exact version (`1.36.3`). */
  readonly kube?: string;
  readonly environment: Environment;
  /** Image archives (`docker save` format) that the node of level `node` shall have. Refused on the other levels. */
  readonly images?: readonly string[];
  readonly onProgress?: (event: RehearsalEvent) => void;
  readonly signal?: AbortSignal;
}

/** A running throw-away control plane. It lives no longer than the process that started it, however that one ends. */
export interface ControlPlane {
  readonly level: Level;
  readonly kubernetesVersion: string;
  /** Reaches the API server as a member of `system:masters`. */
  readonly kubeconfigPath: string;
  readonly server: string;
  /** Private to this control plane; removed by `stop`. Logs are in `log/`. */
  readonly directory: string;
  /** Ends every process and removes every trace. Calling it again waits for the same end. */
  stop(): Promise<void>;
  /** The processes of the control plane itself; pods are not counted. */
  memory(): Promise<readonly ProcessMemory[]>;
  /** Makes images available to pods. Refused below level `node`, where no image is ever run. */
  importImages(archives: readonly string[]): Promise<void>;
}
