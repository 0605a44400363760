import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { chartDepsCommand } from './chart-deps.ts';
import { chartPullCommand } from './chart-pull.ts';
import { chartTemplateCommand } from './chart-template.ts';
import { newCommand } from './command.ts';

/** Groups what works on a single chart. */
export function chartCommand(context: Context): Command {
  return newCommand('chart', context)
    .helpCommand(false)
    .addCommand(chartTemplateCommand(context))
    .addCommand(chartPullCommand(context))
    .addCommand(chartDepsCommand(context));
}
