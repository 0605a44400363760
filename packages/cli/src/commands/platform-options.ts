import { ChartError, parseSet } from '@naru/chart';
import { NaruError, type Overrides, type Traced, trace } from '@naru/core';
import type { KubeClient, PrepareOptions } from '@naru/engine';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { collect, option } from './command.ts';

export interface FolderFlags {
  readonly site?: string;
  readonly set: readonly string[];
  readonly offline?: true;
}

export interface ClusterFlags {
  readonly kubeconfig?: string;
  readonly context?: string;
}

/** The argument and options of every command that reads a platform folder; `offline` is what asking no server means for it. */
export function withFolder(
  command: Command,
  context: Context,
  offline: 'offline' | 'cacheOnly' = 'cacheOnly',
): Command {
  return command
    .argument('[folder]', context.messages.arguments.folder, '.')
    .addOption(option('--site <name>', 'site', context))
    .addOption(option('--set <assignment>', 'set', context).argParser(collect).default([]))
    .addOption(option('--offline', offline, context));
}

/** The options of every command that talks to a cluster. */
export function withCluster(command: Command, context: Context): Command {
  return command
    .addOption(option('--kubeconfig <file>', 'kubeconfig', context))
    .addOption(option('--context <name>', 'context', context));
}

export function withOutput(command: Command, context: Context, choices: readonly string[] = ['text', 'json']): Command {
  return command.addOption(option('-o, --output <form>', 'output', context).choices(choices).default(choices[0]));
}

export function prepareOptions(folder: string, { site, set, offline }: FolderFlags, context: Context): PrepareOptions {
  const { catalogFolder, environment, interrupt } = context.io;
  const fetching = { environment, offline: offline === true, signal: interrupt };
  return { folder, catalogFolder, site, overrides: overridesOf(set, context), fetching, variables: environment };
}

/** Runs work with a client for the cluster that is meant, and closes it whatever happens. */
export async function withClient<T>(
  { kubeconfig, context: name }: ClusterFlags,
  { io }: Context,
  work: (client: KubeClient) => Promise<T>,
): Promise<T> {
  const { connect } = await import('@naru/engine');
  const client = await connect({
    kubeconfig,
    context: name,
    environment: io.environment,
    home: io.environment['HOME'],
    interactive: io.isTerminal,
  });
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

/** `COMPONENT.PATH=VALUE`, with Helm's grammar behind the component. */
function overridesOf(assignments: readonly string[], { messages: { usage }, language }: Context): Overrides {
  const overrides = new Map<string, Readonly<Record<string, unknown>>>();
  for (const assignment of assignments) {
    const dot = assignment.indexOf('.');
    const component = assignment.slice(0, dot);
    if (dot < 1 || !assignment.includes('=') || component.includes('=')) {
      throw new NaruError('USAGE_INVALID', { reason: usage.badAssignment(assignment) });
    }
    try {
      overrides.set(component, parseSet(assignment.slice(dot + 1), overrides.get(component) ?? {}));
    } catch (error) {
      if (!(error instanceof ChartError)) throw error;
      const reason = usage.unreadAssignment(assignment, error.messageIn(language));
      throw new NaruError('USAGE_INVALID', { reason }, { cause: error });
    }
  }
  return new Map(
    [...overrides].map(([component, values]): [string, Traced] => [component, trace(values, () => COMMAND_LINE)]),
  );
}

const COMMAND_LINE = { file: '--set', line: 1, column: 1, layer: 'set' } as const;
