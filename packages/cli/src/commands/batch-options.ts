import { NaruError } from '@naru/core';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { option } from './command.ts';

/** What a person said of a batch. */
export interface BatchFlags {
  readonly batch: string;
  readonly out: string;
  readonly output: 'text' | 'json';
  readonly cache: boolean;
}

/** Options that a batch understands; everything else stands in its file, release by release. */
const OF_BATCH: ReadonlySet<string> = new Set(['batch', 'out', 'output', 'cache']);
const OF_BOTH: ReadonlySet<string> = new Set(['lang']);

export function withBatch(command: Command, context: Context): Command {
  return command
    .addOption(option('--batch <file>', 'batch', context))
    .addOption(option('--out <folder>', 'batchOut', context))
    .addOption(option('-o, --output <form>', 'batchOutput', context).choices(['text', 'json']).default('text'))
    .addOption(option('--no-cache', 'noCache', context));
}

/** The batch that was asked for, or nothing. Throws `USAGE_INVALID` for options that do not go together. */
export function batchFlags(command: Command, { messages: { usage } }: Context): BatchFlags | undefined {
  const flags = command.opts<Partial<BatchFlags>>();
  const isBatch = flags.batch !== undefined;
  const misplaced = command.options.find((candidate) => {
    const name = candidate.attributeName();
    return command.getOptionValueSource(name) === 'cli' && !OF_BOTH.has(name) && OF_BATCH.has(name) !== isBatch;
  });
  if (misplaced !== undefined) {
    const name = misplaced.long ?? misplaced.flags;
    throw invalid(isBatch ? usage.optionExcluded(name, '--batch') : usage.optionLacks(name, '--batch'));
  }
  if (flags.batch === undefined) return undefined;
  if (command.args.length > 0) throw invalid(usage.excessArguments);
  if (flags.out === undefined) throw invalid(usage.missingArgument('--out'));
  return { batch: flags.batch, out: flags.out, output: flags.output ?? 'text', cache: flags.cache ?? true };
}

function invalid(reason: string): NaruError {
  return new NaruError('USAGE_INVALID', { reason });
}
