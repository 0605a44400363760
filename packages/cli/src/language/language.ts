import type { Language } from '@naru/core';

/** The language of a person: `--lang`, else what the locale says, else English. */
export function languageOf(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Language {
  const flag = argv.findIndex((argument) => argument === '--lang' || argument.startsWith('--lang='));
  const named = flag === -1 ? undefined : (argv[flag]?.split('=')[1] ?? argv[flag + 1]);
  const { LC_ALL, LC_MESSAGES, LANG } = environment;
  // POSIX: a variable that is empty is as good as unset.
  const locale = LC_ALL || LC_MESSAGES || LANG || '';
  // A language that we do not have is refused later, in the language of the locale.
  if (named === 'en' || named === 'ko') return named;
  return locale.toLowerCase().startsWith('ko') ? 'ko' : 'en';
}
