import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { type CommandLoader, commandGroup } from './command-group.ts';

const LOADERS: Readonly<Record<string, CommandLoader>> = {
  list: async () => (await import('./catalog-list.ts')).catalogListCommand,
  lint: async () => (await import('./catalog-lint.ts')).catalogLintCommand,
};

/** Groups what works on components by themselves. */
export async function catalogCommand(context: Context, argv: readonly string[]): Promise<Command> {
  return await commandGroup('catalog', LOADERS, context, argv);
}
