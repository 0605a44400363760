import { EMPTY_VIEW, type Plan, planPlatform, writes } from '@naru/core';
import { DISPLAY_SEED, loadSources, planDelivery, prepare } from '@naru/engine';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { Exit } from '../exit.ts';
import { tellFindings } from '../printers/findings-text.ts';
import { jsonText } from '../printers/plain.ts';
import { planJson, planText } from '../printers/plan-text.ts';
import { examples, newCommand, option } from './command.ts';
import {
  type ClusterFlags,
  type FolderFlags,
  prepareOptions,
  withClient,
  withCluster,
  withFolder,
  withOutput,
} from './platform-options.ts';

interface Flags extends FolderFlags, ClusterFlags {
  readonly output: 'text' | 'json';
  readonly exitCode?: true;
}

const CHANGES = 10;

/** Flags in, text out. Reads the cluster and writes nothing. */
export function planCommand(context: Context): Command {
  const command = withOutput(
    withCluster(withFolder(newCommand('plan', context), context, 'offline'), context),
    context,
  );
  return command
    .addOption(option('--exit-code', 'exitCode', context))
    .addHelpText(
      'after',
      examples(
        context,
        'naru plan examples/hello --site dev --offline',
        'naru plan examples/hello --site dev --exit-code',
      ),
    )
    .action(async (folder: string, flags: Flags) => {
      const plan =
        flags.offline === true ? await planOffline(folder, flags, context) : await planOnline(folder, flags, context);
      printPlan(plan, flags.output, context);
      if (flags.exitCode === true && writes(plan).length > 0) throw new Exit(CHANGES);
    });
}

/** Compares with an empty cluster. */
export async function planOffline(folder: string, flags: FolderFlags, context: Context): Promise<Plan> {
  const options = prepareOptions(folder, flags, context);
  const { revision, findings } = await prepare(await loadSources(options), options, DISPLAY_SEED);
  tellFindings(findings, context);
  context.io.tell(`${context.messages.planOffline}\n`);
  return planPlatform(revision, EMPTY_VIEW, { deleteData: false }).plan;
}

export function printPlan(plan: Plan, output: Flags['output'], context: Context): void {
  context.io.print(output === 'json' ? jsonText(planJson(plan)) : planText(plan, context));
}

async function planOnline(folder: string, flags: Flags, context: Context): Promise<Plan> {
  return await withClient(flags, context, async (client) => {
    const options = { ...prepareOptions(folder, flags, context), deleteData: false };
    const { plan, findings } = await planDelivery(client, options, context.io.interrupt);
    tellFindings(findings, context);
    return plan;
  });
}
