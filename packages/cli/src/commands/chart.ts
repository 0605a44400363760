import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { commandWords, newCommand } from './command.ts';

/** As with all commands: who renders a chart must not wait for what talks to registries. */
const LOADERS = {
  template: async () => (await import('./chart-template.ts')).chartTemplateCommand,
  pull: async () => (await import('./chart-pull.ts')).chartPullCommand,
  deps: async () => (await import('./chart-deps.ts')).chartDepsCommand,
} as const satisfies Readonly<Record<string, () => Promise<(context: Context) => Command>>>;

/** Groups what works on a single chart; only the command that `argv` names is loaded. */
export async function chartCommand(context: Context, argv: readonly string[]): Promise<Command> {
  const group = newCommand('chart', context).helpCommand(false);
  const [, called] = commandWords(argv);
  for (const name of Object.keys(LOADERS) as (keyof typeof LOADERS)[]) {
    const known = newCommand(name, context).description(context.messages.commands[`chart ${name}`]);
    group.addCommand(name === called ? (await LOADERS[name]())(context) : known);
  }
  return group;
}
