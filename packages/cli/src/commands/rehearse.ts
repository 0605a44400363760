import { NaruError } from '@naru/core';
import { type Level, rehearse, type RehearsalEvent } from '@naru/engine';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { duration } from '../printers/duration.ts';
import { errorText } from '../printers/error-text.ts';
import { tellFindings } from '../printers/findings-text.ts';
import type { RehearsalEventOutput } from '../printers/event-output.ts';
import { jsonLine } from '../printers/plain.ts';
import { progressFor } from '../printers/progress.ts';
import { collect, examples, newCommand, option } from './command.ts';
import { type DeliveryFlags, withDelivery } from './delivery-options.ts';
import { planOffline, printPlan } from './plan.ts';
import { type FolderFlags, prepareOptions, withFolder, withOutput } from './platform-options.ts';

interface Flags extends FolderFlags, DeliveryFlags {
  readonly level: Level;
  readonly kube?: string;
  readonly image: readonly string[];
}

/** What keeps a machine from having a control plane; a plan against an empty cluster is still worth something there. */
const IMPOSSIBLE: ReadonlySet<string> = new Set(['BINARY_UNAVAILABLE', 'NODE_LEVEL_UNSUPPORTED', 'NODE_TOOLS_MISSING']);

/** Walks the whole delivery against a throw-away control plane, and proves each stage. */
export function rehearseCommand(context: Context): Command {
  const command = withDelivery(withOutput(withFolder(newCommand('rehearse', context), context), context), context);
  return command
    .addOption(
      option('--level <level>', 'level', context).choices(['api', 'controllers', 'node']).default('controllers'),
    )
    .addOption(option('--kube <version>', 'kube', context))
    .addOption(option('--image <archive>', 'images', context).argParser(collect).default([]))
    .addHelpText(
      'after',
      examples(
        context,
        'naru rehearse examples/hello --site dev',
        'naru rehearse examples/hello --site prod --kube 1.35',
      ),
    )
    .action(async (folder: string, flags: Flags) => {
      try {
        await run(folder, flags, context);
      } catch (error) {
        if (!(error instanceof NaruError) || !IMPOSSIBLE.has(error.code)) throw error;
        context.io.tell(`${errorText(error, context)}\n${context.messages.rehearsalImpossible}\n`);
        printPlan(await planOffline(folder, flags, context), flags.output, context);
      }
    });
}

async function run(folder: string, flags: Flags, context: Context): Promise<void> {
  const { io, messages, paint } = context;
  const asText = flags.output === 'text';
  const print = (event: RehearsalEventOutput): void => io.print(jsonLine(event));
  let progress = progressFor(flags.output, context);
  const rehearsal = await rehearse({
    ...prepareOptions(folder, flags, context),
    level: flags.level,
    ...(flags.kube === undefined ? {} : { kube: flags.kube }),
    images: flags.image,
    environment: io.environment,
    signal: io.interrupt,
    holder: io.holder,
    parallel: flags.parallel,
    timeoutSeconds: flags.timeout,
    listener: (event) => progress.listener(event),
    onProgress: (event) => tellControlPlane(event, context),
    onStage: (stage, elapsedMs) => {
      progress.stop();
      progress = progressFor(flags.output, context);
      if (asText) io.print(`${paint.green('✓')} ${messages.stages[stage]} ${paint.dim(`(${duration(elapsedMs)})`)}\n`);
      else print({ type: 'stage', stage, elapsedMs: Math.round(elapsedMs) });
    },
  }).finally(() => progress.stop());
  tellFindings(rehearsal.findings, context);
  const { platform, site, level, kubernetesVersion, objects } = rehearsal;
  if (asText) io.print(`${messages.rehearsed(platform, site, level, kubernetesVersion)}\n`);
  else print({ type: 'rehearsed', platform, site, level, kubernetesVersion, objects });
}

function tellControlPlane(event: RehearsalEvent, { io, messages }: Context): void {
  if (event.kind === 'binary-fetching' && event.from !== 'cache' && event.from !== 'assets') {
    io.tell(`${messages.building(event.binary, event.version, event.from)}\n`);
  }
}
