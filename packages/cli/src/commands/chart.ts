import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { type CommandLoader, commandGroup } from './command-group.ts';

/** Who renders a chart must not wait for what talks to registries. */
const LOADERS: Readonly<Record<string, CommandLoader>> = {
  template: async () => (await import('./chart-template.ts')).chartTemplateCommand,
  pull: async () => (await import('./chart-pull.ts')).chartPullCommand,
  deps: async () => (await import('./chart-deps.ts')).chartDepsCommand,
};

/** Groups what works on a single chart. */
export async function chartCommand(context: Context, argv: readonly string[]): Promise<Command> {
  return await commandGroup('chart', LOADERS, context, argv);
}
