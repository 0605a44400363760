import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { VERSION } from '../version.ts';
import { commandWords, newCommand, type Named } from './command.ts';

type CommandMaker = (context: Context, argv: readonly string[]) => Command | Promise<Command>;

/** Each command is loaded when it is called: `naru --help` and a completion must not wait for a Kubernetes client. */
const LOADERS: Readonly<Record<Named, () => Promise<CommandMaker>>> = {
  init: async () => (await import('./init.ts')).initCommand,
  check: async () => (await import('./check.ts')).checkCommand,
  compose: async () => (await import('./compose.ts')).composeCommand,
  explain: async () => (await import('./explain.ts')).explainCommand,
  render: async () => (await import('./render.ts')).renderCommand,
  images: async () => (await import('./images.ts')).imagesCommand,
  graph: async () => (await import('./graph.ts')).graphCommand,
  plan: async () => (await import('./plan.ts')).planCommand,
  apply: async () => (await import('./apply.ts')).applyCommand,
  status: async () => (await import('./status.ts')).statusCommand,
  delete: async () => (await import('./delete.ts')).deleteCommand,
  rehearse: async () => (await import('./rehearse.ts')).rehearseCommand,
  catalog: async () => (await import('./catalog.ts')).catalogCommand,
  chart: async () => (await import('./chart.ts')).chartCommand,
};

/** The whole command line; only the command that `argv` names has its options and its work. */
export async function program(argv: readonly string[], context: Context): Promise<Command> {
  const { messages } = context;
  const root = newCommand('naru', context)
    .description(messages.summary)
    .version(VERSION, '-V, --version', messages.options.version)
    .helpCommand(false)
    .enablePositionalOptions();
  const [called] = commandWords(argv);
  for (const name of Object.keys(LOADERS) as Named[]) {
    root.addCommand(name === called ? await (await LOADERS[name]())(context, argv) : newCommand(name, context));
  }
  return root;
}
