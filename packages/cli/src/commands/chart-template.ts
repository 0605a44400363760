import { ChartError, formatTemplateOutput, loadChart, mergeValues, renderChart, type Values } from '@naru/chart';
import { NaruError } from '@naru/core';
import { readChartFolder } from '@naru/engine';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { batchFlags, withBatch } from './batch-options.ts';
import { chartRefusal } from './chart-refusal.ts';
import { assign, DEFAULT_KUBE_VERSION, readValuesFile } from './chart-values.ts';
import { publishedFiles, type SourceFlags, withSource } from './chart-source-options.ts';
import { collect, examples, newCommand, option } from './command.ts';
import { randomBytes } from './random-bytes.ts';

interface Flags extends SourceFlags {
  readonly values: readonly string[];
  readonly set: readonly string[];
  readonly setString: readonly string[];
  readonly namespace: string;
  readonly kubeVersion: string;
  readonly apiVersions: readonly string[];
  readonly includeCrds?: true;
  readonly skipTests?: true;
  readonly hooks: boolean;
  readonly isUpgrade?: true;
  readonly showOnly: readonly string[];
}

const DEFAULT_RELEASE = 'release-name';

/** Prints what `helm template` prints, byte for byte. */
export function chartTemplateCommand(context: Context): Command {
  const many = (flags: string, name: Parameters<typeof option>[1]) =>
    option(flags, name, context).argParser(collect).default([]);
  const command = newCommand('template', context)
    .description(context.messages.commands['chart template'])
    .argument('[name-or-chart]', context.messages.arguments.nameOrChart)
    .argument('[chart]', context.messages.arguments.chart)
    .addOption(many('-f, --values <file>', 'values'))
    .addOption(many('--set <assignment>', 'chartSet'))
    .addOption(many('--set-string <assignment>', 'chartSetString'))
    .addOption(option('-n, --namespace <name>', 'namespace', context).default('default'))
    .addOption(option('--kube-version <version>', 'kubeVersion', context).default(DEFAULT_KUBE_VERSION))
    .addOption(many('-a, --api-versions <version>', 'apiVersions'))
    .addOption(option('--include-crds', 'includeCrds', context))
    .addOption(option('--skip-tests', 'skipTests', context))
    .addOption(option('--no-hooks', 'noHooks', context))
    .addOption(option('--is-upgrade', 'isUpgrade', context))
    .addOption(many('-s, --show-only <template>', 'showOnly'));
  return withBatch(withSource(command, context), context)
    .addHelpText(
      'after',
      examples(
        context,
        'naru chart template web catalog/hello/chart --set database.host=db,cache.host=cache',
        'naru chart template catalog/postgresql/chart -n data',
      ),
    )
    .action(async (first: string | undefined, second: string | undefined, flags: Flags, called: Command) => {
      const batch = batchFlags(called, context);
      if (batch !== undefined) return await (await import('./chart-batch.ts')).templateBatch(batch, context);
      if (first === undefined) {
        throw new NaruError('USAGE_INVALID', { reason: context.messages.usage.missingArgument('name-or-chart') });
      }
      const [name, folder] = second === undefined ? [DEFAULT_RELEASE, first] : [first, second];
      context.io.print(await template(name, folder, { flags, context }));
    });
}

async function template(
  name: string,
  folder: string,
  { flags, context }: { readonly flags: Flags; readonly context: Context },
): Promise<string> {
  const chartFiles =
    (await publishedFiles(folder, flags, context)) ??
    (await readChartFolder(folder, { file: folder, line: 1, column: 1 }));
  const values = await valuesOf(flags, context);
  try {
    const rendered = renderChart(loadChart(chartFiles), {
      release: { name, namespace: flags.namespace, isUpgrade: flags.isUpgrade === true },
      values,
      capabilities: { kubeVersion: flags.kubeVersion, apiVersions: flags.apiVersions },
      random: { bytes: randomBytes },
      now: Date.now,
    });
    return formatTemplateOutput(rendered, {
      includeCrds: flags.includeCrds === true,
      skipTests: flags.skipTests === true,
      noHooks: !flags.hooks,
      showOnly: flags.showOnly,
    });
  } catch (error) {
    if (!(error instanceof ChartError)) throw error;
    throw chartRefusal(folder, error);
  }
}

async function valuesOf(flags: Flags, context: Context): Promise<Values> {
  let values: Values = {};
  for (const file of flags.values) values = mergeValues(values, await readValuesFile(file));
  for (const assignment of flags.set) values = assign(assignment, values, { mode: 'set', context });
  for (const assignment of flags.setString) values = assign(assignment, values, { mode: 'set-string', context });
  return values;
}
