import { didYouMean, maybeMeant, NaruError } from '@naru/core';
import type { CommanderError } from 'commander';
import type { Context } from './context.ts';
import type { Messages } from './language/messages.ts';

/** What the command-line parser refuses, in the language of the person. */
export function usageError({ code, message }: CommanderError, { messages: { usage }, language }: Context): NaruError {
  const suggested = /Did you mean (?:one of )?(\S+?)[?,]/.exec(message)?.[1];
  const tail = language === 'en' ? didYouMean(suggested) : maybeMeant(suggested);
  return new NaruError('USAGE_INVALID', { reason: `${reasonOf(code, message, usage)}${tail}` });
}

function reasonOf(code: string, message: string, usage: Messages['usage']): string {
  const quoted = /'([^']*)'/.exec(message)?.[1] ?? '';
  switch (code) {
    case 'commander.unknownCommand':
      return usage.unknownCommand(quoted);
    case 'commander.unknownOption':
      return usage.unknownOption(quoted);
    case 'commander.missingArgument':
      return usage.missingArgument(quoted);
    case 'commander.optionMissingArgument':
      return usage.missingValue(longName(quoted));
    case 'commander.invalidArgument': {
      const [, value = '', allowed = ''] =
        /argument '([^]*)' is invalid\. (?:Allowed choices are )?([^]*?)\.?$/.exec(message) ?? [];
      return usage.badChoice(longName(quoted), value, allowed);
    }
    case 'commander.excessArguments':
      return usage.excessArguments;
    default:
      return message.replace(/^error: /, '');
  }
}

/** `--output` of `-o, --output <form>`. */
function longName(flags: string): string {
  return /--[\w-]+/.exec(flags)?.[0] ?? flags;
}
