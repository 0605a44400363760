import { NaruError, type Plan } from '@naru/core';
import { planDeletion, platformOf } from '@naru/engine';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { plainLine } from '../printers/plain.ts';
import { planText } from '../printers/plan-text.ts';
import { examples, newCommand, option } from './command.ts';
import { deliver, type DeliveryFlags, withDelivery } from './delivery-options.ts';
import { type ClusterFlags, withClient, withCluster, withOutput } from './platform-options.ts';

interface Flags extends ClusterFlags, DeliveryFlags {
  readonly yes?: true;
  readonly deleteData?: true;
}

/** Shows what would go, asks for the platform's name, and deletes in the reverse order of the install. */
export function deleteCommand(context: Context): Command {
  const { io, messages } = context;
  const command = withCluster(
    newCommand('delete', context).argument('[platform]', messages.arguments.platform),
    context,
  );
  return withDelivery(withOutput(command, context), context)
    .addOption(option('--delete-data', 'deleteData', context))
    .addOption(option('--yes', 'yes', context))
    .addHelpText('after', examples(context, 'naru delete hello', 'naru delete hello --delete-data --yes'))
    .action(async (named: string | undefined, flags: Flags) => {
      await withClient(flags, context, async (client) => {
        const platform = await platformOf(client, named, io.interrupt);
        const planned = await planDeletion(client, platform, {
          deleteData: flags.deleteData === true,
          signal: io.interrupt,
        });
        if (flags.yes !== true) await confirm(planned.plan, context);
        await deliver(client, planned, { flags, context });
        if (flags.output === 'text') printEnd(planned.plan, context);
      });
    });
}

async function confirm(plan: Plan, context: Context): Promise<void> {
  const { io, messages } = context;
  if (io.ask === undefined) throw new NaruError('USAGE_INVALID', { reason: messages.needsYes });
  io.tell(planText(plan, context));
  const answer = await io.ask(messages.confirmDelete(plan.platform));
  if (answer.trim() !== plan.platform) throw new NaruError('USAGE_INVALID', { reason: messages.notConfirmed });
}

function printEnd(plan: Plan, { io, messages }: Context): void {
  io.print(`${messages.deleted(plan.platform)}\n`);
  const retained = plan.removals.flatMap(({ steps }) => steps.filter(({ action }) => action === 'retain'));
  if (retained.length === 0) return;
  io.print(
    `${messages.retained}\n${retained.map(({ key, reason }) => `  ${plainLine(key)}  ${messages.reasons[reason]}\n`).join('')}`,
  );
}
