import { graphOf } from '@naru/core';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { graphSvg } from '../printers/graph-svg.ts';
import { graphMermaid, graphTree } from '../printers/graph-text.ts';
import type { GraphOutput } from '../printers/output.ts';
import { jsonText } from '../printers/plain.ts';
import { examples, newCommand } from './command.ts';
import { composeFolder } from './composition-source.ts';
import { type FolderFlags, withFolder, withOutput } from './platform-options.ts';

interface Flags extends FolderFlags {
  readonly output: 'text' | 'mermaid' | 'svg' | 'json';
}

/** Draws which component stands on which, and what it needs of it. */
export function graphCommand(context: Context): Command {
  const forms = ['text', 'mermaid', 'svg', 'json'];
  return withOutput(withFolder(newCommand('graph', context), context), context, forms)
    .addHelpText(
      'after',
      examples(context, 'naru graph examples/hello --site dev', 'naru graph examples/hello --site dev -o mermaid'),
    )
    .action(async (folder: string, flags: Flags) => {
      const graph = graphOf(await composeFolder(folder, flags, context));
      const shown = {
        text: () => graphTree(graph, context.messages),
        mermaid: () => graphMermaid(graph),
        svg: () => graphSvg(graph),
        json: () => jsonText({ nodes: [...graph.nodes], edges: [...graph.edges] } satisfies GraphOutput),
      };
      context.io.print(shown[flags.output]());
    });
}
