import { type Argument, Command, Help, Option } from 'commander';
import type { Context } from '../context.ts';
import type { CommandName, OptionName } from '../language/messages.ts';

export type Named = Exclude<CommandName, `${'chart' | 'catalog'} ${string}`>;

/** A command without its work: its name and summary, help in the language of the person, and errors that are thrown. */
export function newCommand(name: string, context: Context): Command {
  const { messages, io } = context;
  const { help } = messages;
  const titles: Readonly<Record<string, string>> = {
    'Usage:': help.usage,
    'Arguments:': help.arguments,
    'Options:': help.options,
    'Commands:': help.commands,
  };
  return new Command(name)
    .description(name in messages.commands ? messages.commands[name as CommandName] : '')
    .helpOption('-h, --help', messages.options.help)
    .addOption(new Option('--lang <language>', messages.options.lang).choices(['en', 'ko']))
    .exitOverride()
    .configureHelp({
      styleTitle: (title) => titles[title] ?? title,
      commandUsage: (command) => usageOf(command, context),
      subcommandTerm: (command) => command.name(),
      optionDescription: (option) => describe(option, context),
      argumentDescription: (argument) => describe(argument, context),
    })
    .configureOutput({
      writeOut: io.print,
      // Help for somebody who named no command.
      writeErr: io.tell,
      // The parser's own words are thrown and told in the language of the person.
      outputError: () => undefined,
      getOutHelpWidth: () => io.columns,
      getErrHelpWidth: () => io.columns,
      getOutHasColors: () => io.hasColor,
      getErrHasColors: () => io.hasColor,
    });
}

/** The words of a command line before which no option stands that takes them: the command, and what it works on. */
export function commandWords(argv: readonly string[]): readonly string[] {
  return argv.filter((word, index) => !word.startsWith('-') && argv[index - 1] !== '--lang');
}

/** An option whose description stands in the table of messages. */
export function option(flags: string, name: OptionName, { messages }: Context): Option {
  return new Option(flags, messages.options[name]);
}

/** Two examples that work. */
export function examples(context: Context, ...lines: readonly [string, string]): string {
  return `\n${context.messages.help.examples}\n${lines.map((line) => `  $ ${line}`).join('\n')}`;
}

/** Adds a value to what an option has collected so far. */
export function collect(value: string, collected: readonly string[]): readonly string[] {
  return [...collected, value];
}

function usageOf(command: Command, { messages: { help } }: Context): string {
  const usage = new Help().commandUsage(command);
  return usage.replace('[options]', `[${help.anyOptions}]`).replace('[command]', `[${help.anyCommand}]`);
}

function describe({ description, argChoices, defaultValue }: Option | Argument, { messages }: Context): string {
  const choices = argChoices === undefined ? [] : [`${messages.help.choices}: ${argChoices.join(', ')}`];
  const simple = typeof defaultValue === 'string' || typeof defaultValue === 'number';
  const notes = [...choices, ...(simple ? [`${messages.help.byDefault}: ${String(defaultValue)}`] : [])];
  return notes.length === 0 ? description : `${description} (${notes.join('; ')})`;
}
