import { NaruError } from '@naru/core';
import { type KubeClient, planDelivery } from '@naru/engine';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { duration } from '../printers/duration.ts';
import { tellFindings } from '../printers/findings-text.ts';
import { examples, newCommand } from './command.ts';
import { deliver, type Delivered, type DeliveryFlags, withDelivery } from './delivery-options.ts';
import {
  type ClusterFlags,
  type FolderFlags,
  prepareOptions,
  withClient,
  withCluster,
  withFolder,
  withOutput,
} from './platform-options.ts';

type Flags = FolderFlags & ClusterFlags & DeliveryFlags;

/** Whoever still finds the cluster moved after so many plans is not alone with it. */
const MOST_PLANS = 3;

/** Plans, then carries the plan out. Started again after any interruption it continues. */
export function applyCommand(context: Context): Command {
  const { io, messages } = context;
  const command = withCluster(withFolder(newCommand('apply', context), context), context);
  return withDelivery(withOutput(command, context), context)
    .addHelpText(
      'after',
      examples(
        context,
        'naru apply examples/hello --site dev',
        'naru apply examples/hello --site dev --set hello.replicas=2',
      ),
    )
    .action(async (folder: string, flags: Flags) => {
      await withClient(flags, context, async (client) => {
        const { plan, elapsedMs } = await planAndDeliver(client, folder, { flags, context });
        if (flags.output === 'text') io.print(`${messages.delivered(plan.platform, plan.site, duration(elapsedMs))}\n`);
      });
    });
}

/** Somebody may deliver between our plan and our lease, or while we wait for it: then what they left is planned anew. */
async function planAndDeliver(
  client: KubeClient,
  folder: string,
  { flags, context }: { readonly flags: Flags; readonly context: Context },
): Promise<Delivered> {
  const { io } = context;
  const options = { ...prepareOptions(folder, flags, context), deleteData: false };
  for (let attempt = 1; ; attempt += 1) {
    const planned = await planDelivery(client, options, io.interrupt);
    if (attempt === 1) tellFindings(planned.findings, context);
    try {
      return await deliver(client, planned, { flags, context });
    } catch (error) {
      const hasMoved = error instanceof NaruError && error.code === 'PLAN_MOVED';
      if (!hasMoved || attempt === MOST_PLANS) throw error;
    }
  }
}
