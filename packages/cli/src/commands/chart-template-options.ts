import { NaruError } from '@naru/core';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import type { OptionName } from '../language/messages.ts';
import { DEFAULT_KUBE_VERSION, type ValueFlags } from './chart-values.ts';
import { collect, option } from './command.ts';

/** What `naru chart template` is told of one release, besides its chart. */
export interface TemplateFlags extends ValueFlags {
  readonly namespace: string;
  readonly kubeVersion: string;
  readonly apiVersions: readonly string[];
  readonly includeCrds?: true;
  readonly skipTests?: true;
  readonly skipSchemaValidation?: true;
  readonly hooks: boolean;
  readonly isUpgrade?: true;
  readonly showOnly: readonly string[];
  readonly nameTemplate?: string;
  readonly generateName?: true;
  readonly outputDir?: string;
  readonly releaseName?: true;
  readonly validate?: true;
}

/** The options of `helm template` that need neither a cluster nor a network. */
export function withTemplate(command: Command, context: Context): Command {
  const many = (flags: string, name: OptionName, parse = collect) =>
    option(flags, name, context).argParser(parse).default([]);
  return command
    .addOption(many('-f, --values <file>', 'values', collectList))
    .addOption(many('--set <assignment>', 'chartSet'))
    .addOption(many('--set-json <assignment>', 'chartSetJson'))
    .addOption(many('--set-string <assignment>', 'chartSetString'))
    .addOption(many('--set-file <assignment>', 'chartSetFile'))
    .addOption(many('--set-literal <assignment>', 'chartSetLiteral'))
    .addOption(option('--skip-schema-validation', 'skipSchemaValidation', context))
    .addOption(option('-n, --namespace <name>', 'namespace', context).default('default'))
    .addOption(option('--name-template <template>', 'nameTemplate', context))
    .addOption(option('-g, --generate-name', 'generateName', context))
    .addOption(option('--kube-version <version>', 'kubeVersion', context).default(DEFAULT_KUBE_VERSION))
    .addOption(many('-a, --api-versions <version>', 'apiVersions', collectList))
    .addOption(option('--include-crds', 'includeCrds', context))
    .addOption(option('--skip-tests', 'skipTests', context))
    .addOption(option('--no-hooks', 'noHooks', context))
    .addOption(option('--is-upgrade', 'isUpgrade', context))
    .addOption(many('-s, --show-only <template>', 'showOnly'))
    .addOption(option('--output-dir <folder>', 'outputDir', context))
    .addOption(option('--release-name', 'releaseNameFolder', context))
    .addOption(option('--validate', 'validate', context).hideHelp());
}

/** Refuses options that do not go together, and those that only a cluster could answer. */
export function checkTemplateFlags(flags: TemplateFlags, hasName: boolean, { messages: { usage } }: Context): void {
  const refuse = (reason: string): never => {
    throw new NaruError('USAGE_INVALID', { reason });
  };
  if (flags.validate === true) refuse(usage.needsCluster('--validate'));
  if (hasName && flags.generateName === true) refuse('cannot set --generate-name and also specify a name');
  if (hasName && flags.nameTemplate !== undefined) refuse('cannot set --name-template and also specify a name');
  if (flags.outputDir === undefined) {
    if (flags.releaseName === true) refuse(usage.optionLacks('--release-name', '--output-dir'));
  } else if (flags.showOnly.length > 0) refuse(usage.optionExcluded('--show-only', '--output-dir'));
}

/** Several values between commas, as Go reads a line of CSV: a comma inside double quotes does not part them. */
function collectList(value: string, collected: readonly string[]): readonly string[] {
  const fields = [...value.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)];
  return [...collected, ...fields.map(([, quoted, plain = '']) => quoted?.replaceAll('""', '"') ?? plain)];
}
