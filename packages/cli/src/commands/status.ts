import { type ComponentReport, wordCause, wordReason } from '@naru/core';
import { observeStatus, type PlatformStatus, platformOf } from '@naru/engine';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { Exit } from '../exit.ts';
import type { StatusOutput } from '../printers/output.ts';
import { jsonText, plain, plainLine } from '../printers/plain.ts';
import { componentTitle } from '../printers/plan-text.ts';
import { table } from '../printers/table.ts';
import { examples, newCommand } from './command.ts';
import { type ClusterFlags, withClient, withCluster, withOutput } from './platform-options.ts';

interface Flags extends ClusterFlags {
  readonly output: 'text' | 'json';
}

const UNHEALTHY = 3;

/** Tells whether a platform is healthy; ends with 3 when it is not. */
export function statusCommand(context: Context): Command {
  const { io, messages } = context;
  const command = newCommand('status', context).argument('[platform]', messages.arguments.platform);
  return withOutput(withCluster(command, context), context)
    .addHelpText('after', examples(context, 'naru status', 'naru status hello -o json'))
    .action(async (named: string | undefined, flags: Flags) => {
      const status = await withClient(flags, context, async (client) => {
        return await observeStatus(client, await platformOf(client, named, io.interrupt), io.interrupt);
      });
      const healthy = status.components.every(({ word }) => word === 'Current');
      if (flags.output === 'json') {
        io.print(jsonText(statusJson(status, healthy)));
      } else {
        const rows = status.components.map(({ component, word, current, total }) => {
          return [componentTitle(component, context), messages.words[word], `${current}/${total}`];
        });
        io.print(table([messages.statusColumns, ...rows]));
        io.print(status.components.map((component) => troubles(component, context)).join(''));
        const platform = plainLine(status.platform);
        io.print(`${healthy ? messages.healthy(platform) : messages.unhealthy(platform)}\n`);
      }
      if (!healthy) throw new Exit(UNHEALTHY);
    });
}

function statusJson({ version, ...status }: PlatformStatus, healthy: boolean): StatusOutput {
  return { ...status, ...(version === undefined ? {} : { version }), healthy };
}

function troubles({ troubled }: ComponentReport, { language, messages }: Context): string {
  return troubled
    .map(({ key, status, causes }) => {
      const head = `  ${plainLine(key)}  ${messages.words[status.word]}: ${plain(wordReason(status.reason, language))}\n`;
      return head + causes.map((cause) => `    ${plain(wordCause(cause))}\n`).join('');
    })
    .join('');
}
