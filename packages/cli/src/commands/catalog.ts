import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { commandWords, newCommand } from './command.ts';

const LOADERS = {
  list: async () => (await import('./catalog-list.ts')).catalogListCommand,
  lint: async () => (await import('./catalog-lint.ts')).catalogLintCommand,
} as const satisfies Readonly<Record<string, () => Promise<(context: Context) => Command>>>;

/** Groups what works on components by themselves; only the command that `argv` names is loaded. */
export async function catalogCommand(context: Context, argv: readonly string[]): Promise<Command> {
  const group = newCommand('catalog', context).helpCommand(false);
  const [, called] = commandWords(argv);
  for (const name of Object.keys(LOADERS) as (keyof typeof LOADERS)[]) {
    const known = newCommand(name, context).description(context.messages.commands[`catalog ${name}`]);
    group.addCommand(name === called ? (await LOADERS[name]())(context) : known);
  }
  return group;
}
