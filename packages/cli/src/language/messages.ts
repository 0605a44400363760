import type { RehearsalStage } from '@naru/engine';
import type { Action, LayerName, Reason, Risk, Severity, StatusWord } from '@naru/core';

export type CommandName =
  | 'init'
  | 'check'
  | 'compose'
  | 'explain'
  | 'render'
  | 'images'
  | 'graph'
  | 'plan'
  | 'apply'
  | 'status'
  | 'delete'
  | 'rehearse'
  | 'catalog'
  | 'catalog list'
  | 'catalog lint'
  | 'chart'
  | 'chart template'
  | 'chart pull'
  | 'chart deps';

export type OptionName =
  | 'site'
  | 'output'
  | 'lang'
  | 'kubeconfig'
  | 'context'
  | 'set'
  | 'offline'
  | 'exitCode'
  | 'out'
  | 'yes'
  | 'deleteData'
  | 'parallel'
  | 'timeout'
  | 'takeOver'
  | 'level'
  | 'kube'
  | 'images'
  | 'failOn'
  | 'watch'
  | 'help'
  | 'version'
  | 'values'
  | 'chartSet'
  | 'chartSetString'
  | 'chartSetJson'
  | 'chartSetFile'
  | 'chartSetLiteral'
  | 'skipSchemaValidation'
  | 'nameTemplate'
  | 'generateName'
  | 'outputDir'
  | 'releaseNameFolder'
  | 'validate'
  | 'namespace'
  | 'kubeVersion'
  | 'apiVersions'
  | 'includeCrds'
  | 'skipTests'
  | 'noHooks'
  | 'isUpgrade'
  | 'showOnly'
  | 'batch'
  | 'batchOut'
  | 'batchOutput'
  | 'noCache'
  | 'chartRepo'
  | 'chartVersion'
  | 'chartDigest'
  | 'cacheOnly'
  | 'username'
  | 'passwordStdin'
  | 'passCredentials'
  | 'caFile'
  | 'certFile'
  | 'keyFile'
  | 'insecure'
  | 'plainHttp'
  | 'prov'
  | 'pullOut'
  | 'updateLock';

/** How many releases of a batch were rendered, found unchanged in the cache, refused. */
export interface BatchCounts {
  readonly rendered: number;
  readonly unchanged: number;
  readonly failed: number;
}

/** Every sentence of the command line that is not an error; each language has all of them. */
export interface Messages {
  readonly summary: string;
  readonly commands: Readonly<Record<CommandName, string>>;
  readonly options: Readonly<Record<OptionName, string>>;
  readonly arguments: {
    readonly folder: string;
    readonly platform: string;
    readonly newFolder: string;
    readonly folderOrPath: string;
    readonly valuePath: string;
    readonly componentFolders: string;
    readonly nameOrChart: string;
    readonly chartSource: string;
    readonly chartFolder: string;
    readonly chart: string;
  };
  readonly help: {
    readonly usage: string;
    readonly arguments: string;
    readonly options: string;
    readonly commands: string;
    readonly examples: string;
    readonly choices: string;
    readonly byDefault: string;
    /** What stands in the usage line for any options, and for one of the commands. */
    readonly anyOptions: string;
    readonly anyCommand: string;
  };
  readonly usage: {
    readonly unknownCommand: (name: string) => string;
    readonly unknownOption: (name: string) => string;
    readonly missingArgument: (name: string) => string;
    readonly missingValue: (name: string) => string;
    readonly badChoice: (name: string, value: string, allowed: string) => string;
    readonly badAssignment: (assignment: string) => string;
    readonly unreadAssignment: (assignment: string, reason: string) => string;
    readonly excessArguments: string;
    readonly optionLacks: (name: string, needed: string) => string;
    readonly optionExcluded: (name: string, by: string) => string;
    readonly loginIncomplete: string;
    readonly needsCluster: (name: string) => string;
  };
  readonly severities: Readonly<Record<Severity, string>>;
  readonly actions: Readonly<Record<Action, string>>;
  readonly reasons: Readonly<Record<Reason, string>>;
  readonly risks: Readonly<Record<Risk, string>>;
  readonly words: Readonly<Record<StatusWord, string>>;
  readonly phases: Readonly<
    Record<'waiting' | 'applying' | 'settling' | 'removing' | 'done' | 'failed' | 'blocked', string>
  >;
  readonly stages: Readonly<Record<RehearsalStage, string>>;
  readonly namespaces: string;
  readonly fix: string;
  readonly at: string;
  readonly checkPassed: (components: number, objects: number, warnings: number) => string;
  readonly checkFound: (errors: number, warnings: number) => string;
  readonly moreFindings: (count: number, code: string) => string;
  readonly catalogColumns: readonly [string, string, string, string, string];
  readonly linted: (components: number, errors: number, warnings: number) => string;
  readonly waived: (count: number) => string;
  readonly watching: (folder: string, elapsed: string) => string;
  readonly planHead: (platform: string, version: string | undefined, site: string) => string;
  readonly planNothing: string;
  readonly planSummary: (counts: Readonly<Record<Action, number>>) => string;
  readonly planOffline: string;
  readonly held: (holder: string) => string;
  readonly progress: (done: number, total: number, elapsed: string) => string;
  readonly delivered: (platform: string, site: string, elapsed: string) => string;
  readonly interrupted: (command: string) => string;
  readonly deleted: (platform: string) => string;
  readonly retained: string;
  readonly confirmDelete: (platform: string) => string;
  readonly notConfirmed: string;
  readonly needsYes: string;
  readonly layers: Readonly<Record<LayerName, string>>;
  readonly bySetting: (setting: string) => string;
  readonly takenAway: string;
  readonly composed: Readonly<
    Record<'standsOn' | 'needs' | 'secrets' | 'settings' | 'outside' | 'seeAbove' | 'namespace', string>
  >;
  readonly imageColumns: readonly [string, string, string, string];
  readonly statusColumns: readonly [string, string, string];
  readonly healthy: (platform: string) => string;
  readonly unhealthy: (platform: string) => string;
  readonly written: (files: number, folder: string) => string;
  readonly batched: (releases: BatchCounts, folder: string) => string;
  readonly initDone: (folder: string) => string;
  readonly askName: (suggestion: string) => string;
  readonly askComponents: (known: string, suggestion: string) => string;
  readonly askSite: (suggestion: string) => string;
  readonly building: (binary: string, version: string, from: string) => string;
  readonly rehearsed: (platform: string, site: string, level: string, kubernetes: string) => string;
  readonly rehearsalImpossible: string;
  readonly leftNothing: string;
  readonly pulled: (address: string, digest: string) => string;
}
