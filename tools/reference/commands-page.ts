import type { Io } from '../../packages/cli/src/io.ts';
import { main } from '../../packages/cli/src/main.ts';

const COLUMNS = 100;

const HEAD = `# Commands

What \`naru COMMAND --help\` prints, for every command. \`--lang ko\`, or a Korean locale, prints the same in Korean.
Data goes to standard output, everything else to standard error. Exit codes and messages: [errors](errors.md).
`;

/** One command that does work, by its words after \`naru\`. */
export interface DocumentedCommand {
  readonly words: readonly string[];
  readonly help: string;
  /** The command lines of its section "Examples:". */
  readonly examples: readonly string[];
}

/** Every command that does work, found as a person would find it: from the help of the command above it. */
export async function documentedCommands(words: readonly string[] = []): Promise<readonly DocumentedCommand[]> {
  const help = await helpOf(words);
  const [, listed] = help.split(/^Commands:\n/m);
  if (listed === undefined) {
    const examples = [...help.matchAll(/^ {2}\$ (.+)$/gm)].flatMap(([, line]) => line ?? []);
    return [{ words, help, examples }];
  }
  const names = [...listed.matchAll(/^ {2}([a-z-]+) /gm)].flatMap(([, name]) => name ?? []);
  const below: DocumentedCommand[] = [];
  for (const name of names) below.push(...(await documentedCommands([...words, name])));
  return below;
}

/** The page of all commands, in the order in which `naru --help` lists them. */
export async function commandsPage(): Promise<string> {
  const sections = (await documentedCommands()).map(
    ({ words, help }) => `## naru ${words.join(' ')}\n\n\`\`\`text\n${help.trimEnd()}\n\`\`\`\n`,
  );
  return [HEAD, ...sections].join('\n');
}

async function helpOf(words: readonly string[]): Promise<string> {
  const printed: string[] = [];
  const exitCode = await main(
    [...words, '--help'],
    readerOfHelp((text) => printed.push(text)),
  );
  if (exitCode !== 0) throw new Error(`naru ${words.join(' ')} --help ends with ${exitCode}`);
  return printed.join('');
}

/** The world of a person who reads help: English, a page wide enough, no terminal. */
function readerOfHelp(print: (text: string) => void): Io {
  return {
    environment: {},
    print,
    tell: () => undefined,
    readInput: async () => '',
    isTerminal: false,
    columns: COLUMNS,
    rows: 24,
    hasColor: false,
    interrupt: new AbortController().signal,
    catalogFolder: 'catalog',
    ask: undefined,
    holder: 'reference',
  };
}
