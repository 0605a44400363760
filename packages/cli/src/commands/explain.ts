import { type Explained, explain, maskCleartext, type Said } from '@naru/core';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { placeText } from '../printers/origin-text.ts';
import type { ExplainOutput } from '../printers/output.ts';
import { jsonText, plainLine, valueText } from '../printers/plain.ts';
import { table } from '../printers/table.ts';
import { collect, examples, newCommand, option } from './command.ts';
import { composeFolder } from './composition-source.ts';
import { type FolderFlags, withOutput } from './platform-options.ts';

interface Flags extends FolderFlags {
  readonly output: 'text' | 'json';
}

/** Tells for a value, or for every value below a path, which layers set it and which one won. */
export function explainCommand(context: Context): Command {
  const { messages } = context;
  const command = newCommand('explain', context)
    .argument('<folder-or-path>', messages.arguments.folderOrPath)
    .argument('[path]', messages.arguments.valuePath)
    .addOption(option('--site <name>', 'site', context))
    .addOption(option('--set <assignment>', 'set', context).argParser(collect).default([]))
    .addOption(option('--offline', 'cacheOnly', context));
  return withOutput(command, context)
    .addHelpText(
      'after',
      examples(
        context,
        'naru explain examples/hello hello.values.replicas --site prod',
        'naru explain examples/hello valkey.settings --site prod -o json',
      ),
    )
    .action(async (first: string, second: string | undefined, flags: Flags) => {
      const [folder, path] = second === undefined ? ['.', first] : [first, second];
      const composition = await composeFolder(folder, flags, context);
      const explained = explain(composition, path);
      context.io.print(
        flags.output === 'json'
          ? jsonText(outputOf(composition.site.name, explained))
          : explained.map((value) => explainedText(value, context)).join('\n'),
      );
    });
}

function outputOf(site: string, explained: readonly Explained[]): ExplainOutput {
  return {
    site,
    values: explained.map(({ path, said }) => {
      const shown = said.map((one) => saidOutput(one, keyOf(path)));
      return { path, value: shown[0]?.value, said: shown };
    }),
  };
}

function saidOutput({ value, origin }: Said, key: string): ExplainOutput['values'][number]['said'][number] {
  const { layer, file, line, column, setting } = origin;
  return {
    value: maskCleartext(key, value),
    layer,
    ...(layer === 'set' ? {} : { place: { file, line, column } }),
    ...(setting === undefined ? {} : { setting }),
  };
}

function explainedText({ path, said }: Explained, { messages, paint }: Context): string {
  const shown = (value: unknown): string =>
    value === null ? messages.takenAway : valueText(maskCleartext(keyOf(path), value));
  const rows = said.map(({ value, origin }) => [
    `  ${messages.layers[origin.layer]}`,
    placeText(origin),
    shown(value),
    ...(origin.setting === undefined ? [] : [plainLine(messages.bySetting(origin.setting))]),
  ]);
  return `${paint.bold(plainLine(path))} = ${shown(said[0].value)}\n${table(rows)}`;
}

/** The key that a value stands under: the last step of its path. */
function keyOf(path: string): string {
  return path.split(/(?<!\\)\./).at(-1) ?? '';
}
