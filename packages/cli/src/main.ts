import { CommanderError } from 'commander';
import { program } from './commands/program.ts';
import type { Context } from './context.ts';
import type { Io } from './io.ts';
import { languageOf } from './language/language.ts';
import { messagesIn } from './language/translations.ts';
import { paintFor } from './printers/paint.ts';

export type { Io } from './io.ts';

/** Runs one command line and returns its exit code; ending the process is left to `bin.ts`. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const language = languageOf(argv, io.environment);
  const context: Context = {
    io,
    language,
    messages: messagesIn(language),
    paint: paintFor(io.hasColor),
    typed: ['naru', ...argv.map(quoted)].join(' '),
  };
  try {
    const root = await program(argv, context);
    await root.parseAsync([...argv], { from: 'user' });
    return 0;
  } catch (error) {
    // Help and version end the parser by an error of their own.
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    // Loaded when something failed: the words for every failure are most of what start-up would read.
    const { tellFailure } = await import('./failure.ts');
    return tellFailure(error, context);
  }
}

/** A word as a shell reads it back: what is printed can be pasted. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
