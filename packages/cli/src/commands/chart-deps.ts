import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { plainLine } from '../printers/plain.ts';
import { examples, newCommand, option } from './command.ts';
import type { DepsFlags } from './vendor-chart.ts';

/**
 * Puts what a chart depends on into its `charts/`. Whom to be is taken from Helm's and Docker's files alone: a chart may name any
 * server, and a password of the command line would be shown to them all.
 */
export function chartDepsCommand(context: Context): Command {
  const { io, messages } = context;
  return newCommand('deps', context)
    .description(messages.commands['chart deps'])
    .argument('[chart]', messages.arguments.chartFolder, '.')
    .addOption(option('--update', 'updateLock', context))
    .addOption(option('--offline', 'cacheOnly', context))
    .addOption(option('--ca-file <file>', 'caFile', context))
    .addOption(option('--plain-http', 'plainHttp', context))
    .addHelpText(
      'after',
      examples(context, 'naru chart deps catalog/hello/chart', 'naru chart deps catalog/hello/chart --update'),
    )
    .action(async (folder: string, flags: DepsFlags) => {
      const { vendorChart } = await import('./vendor-chart.ts');
      const vendored = await vendorChart(folder, flags, context);
      for (const { file, name, version } of vendored) io.print(`${plainLine(`${name} ${version}  ${file}`)}\n`);
    });
}
