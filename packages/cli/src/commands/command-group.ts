import type { Command } from 'commander';
import type { Context } from '../context.ts';
import type { CommandName } from '../language/messages.ts';
import { commandWords, newCommand } from './command.ts';

export type CommandLoader = () => Promise<(context: Context) => Command>;

/** A command that only groups others. The one that `argv` names is loaded: nobody waits for what another one takes. */
export async function commandGroup(
  group: 'chart' | 'catalog',
  loaders: Readonly<Record<string, CommandLoader>>,
  context: Context,
  argv: readonly string[],
): Promise<Command> {
  const command = newCommand(group, context).helpCommand(false);
  const [, called] = commandWords(argv);
  for (const [name, load] of Object.entries(loaders)) {
    const words = context.messages.commands[`${group} ${name}` as CommandName];
    command.addCommand(name === called ? (await load())(context) : newCommand(name, context).description(words));
  }
  return command;
}
