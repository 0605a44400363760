export type { ApplyEvent, Listener, Phase } from './apply/event.ts';
export { type ExecuteOptions, execute, type Outcome } from './apply/execute.ts';
export type { KubeClient } from './kube/client.ts';
export { type ConnectOptions, connect } from './kube/connect.ts';
export { readChart } from './load/read-chart.ts';
export { loadCatalog } from './load/catalog.ts';
export { folderChanges } from './load/folder-changes.ts';
export { loadYaml } from './load/yaml-file.ts';
export { fileFault, readText } from './load/read-text.ts';
export { filesDigest, type OutputCache, openOutputCache, outputKey } from './output-cache/output-cache.ts';
export { type LocatedBinaries, type LocateOptions, locateBinaries } from './rehearsal/binary/locate-binaries.ts';
export { type BinaryName, LEVEL_BINARIES } from './rehearsal/binary/recipe.ts';
export type {
  BinarySource,
  ControlPlane,
  ControlPlaneOptions,
  Level,
  ProcessMemory,
  RehearsalEvent,
} from './rehearsal/control-plane.ts';
export { readReference } from './source/chart-reference.ts';
export type { Published } from './source/depot.ts';
export type { FetchOptions } from './source/fetch-options.ts';
export { fetchPublished } from './source/fetch-published.ts';
export { aliasedChart } from './source/helm-repositories.ts';
export { vendorDependencies, type VendoredChart } from './source/vendor-dependencies.ts';
export { startControlPlane } from './rehearsal/start-control-plane.ts';
export { lintFolder } from './road/lint-folder.ts';
export { observeStatus, type PlatformStatus } from './road/observe-status.ts';
export { type PlannedDelivery, planDeletion, planDelivery, platformOf } from './road/plan-delivery.ts';
export { DISPLAY_SEED, loadSources, type Prepared, prepare, type PrepareOptions, siteOf } from './road/prepare.ts';
export { completed, type RehearsalStage, rehearse, type RehearseOptions } from './road/rehearse.ts';
