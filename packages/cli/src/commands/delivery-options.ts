import type { Plan } from '@naru/core';
import { completed, execute, type KubeClient, type PlannedDelivery } from '@naru/engine';
import { type Command, InvalidArgumentError } from 'commander';
import type { Context } from '../context.ts';
import { progressFor } from '../printers/progress.ts';
import { option } from './command.ts';

export interface DeliveryFlags {
  readonly output: 'text' | 'json';
  readonly parallel: number;
  readonly timeout: number;
  readonly takeOver?: true;
}

export interface Delivered {
  readonly plan: Plan;
  readonly elapsedMs: number;
}

/** The options of every command that writes to a cluster. */
export function withDelivery(command: Command, context: Context): Command {
  return command
    .addOption(option('--parallel <count>', 'parallel', context).argParser(positive).default(8))
    .addOption(option('--timeout <seconds>', 'timeout', context).argParser(positive).default(600))
    .addOption(option('--take-over', 'takeOver', context));
}

/** Carries out a plan with live progress; throws when it was not finished. Returns how long it took. */
export async function deliver(
  client: KubeClient,
  planned: PlannedDelivery,
  { flags, context }: { readonly flags: DeliveryFlags; readonly context: Context },
): Promise<Delivered> {
  const progress = progressFor(flags.output, context);
  const started = performance.now();
  try {
    const outcome = await execute(planned.plan, {
      client,
      stored: planned.stored,
      kept: planned.kept,
      listener: progress.listener,
      signal: context.io.interrupt,
      holder: context.io.holder,
      takeOver: flags.takeOver === true,
      parallel: flags.parallel,
      timeoutSeconds: flags.timeout,
    });
    progress.stop();
    completed(outcome, context.typed);
  } finally {
    progress.stop();
  }
  return { plan: planned.plan, elapsedMs: performance.now() - started };
}

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new InvalidArgumentError('≥ 1');
  return value;
}
