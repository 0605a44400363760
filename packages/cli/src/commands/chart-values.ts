import { ChartError, filesNamedIn, mergeValues, parseSet, readValues, type SetMode, type Values } from '@naru/chart';
import { DOCUMENT_LIMIT_BYTES, NaruError, Refusal } from '@naru/core';
import { readText } from '@naru/engine';
import type { Context, Wording } from '../context.ts';

/** Helm 4.3.1 built from its module compiles this in as the default cluster. */
export const DEFAULT_KUBE_VERSION = 'v1.37.0';

/** What a person says of a chart's values, each kind in the order in which it was typed. */
export interface ValueFlags {
  readonly values: readonly string[];
  readonly set: readonly string[];
  readonly setJson: readonly string[];
  readonly setString: readonly string[];
  readonly setFile: readonly string[];
  readonly setLiteral: readonly string[];
}

/** The values of a command line. Files lie below all else; after them Helm lays one kind of flag over another, as here. */
export async function valuesOf(flags: ValueFlags, context: Context): Promise<Values> {
  let values: Values = {};
  for (const file of flags.values) values = mergeValues(values, valuesIn(file, await textOf(file, context)));
  const lay = (mode: SetMode, assignments: readonly string[]): void => {
    for (const assignment of assignments) values = assign(assignment, values, { mode, context });
  };
  lay('set-json', flags.setJson);
  lay('set', flags.set);
  lay('set-string', flags.setString);
  for (const assignment of flags.setFile) values = await assignFiles(assignment, values, context);
  lay('set-literal', flags.setLiteral);
  return values;
}

/** What the text of a values file says. Throws `DOCUMENT_MALFORMED` in Helm's words. */
export function valuesIn(file: string, text: string): Values {
  try {
    return readValues(text, file);
  } catch (error) {
    if (!(error instanceof ChartError)) throw error;
    const reason = error.message.replace(`failed to parse ${file}: `, '');
    throw new NaruError('DOCUMENT_MALFORMED', { file, reason }, { place: error.place, cause: error });
  }
}

interface Assigning {
  readonly mode: SetMode;
  readonly context: Wording;
  readonly read?: (path: string) => string;
}

/** Lays one assignment of the command line over `values`. */
export function assign(assignment: string, values: Values, { mode, context, read }: Assigning): Values {
  const { language, messages } = context;
  try {
    return parseSet(assignment, values, mode, read);
  } catch (error) {
    if (!(error instanceof ChartError)) throw error;
    const reason = messages.usage.unreadAssignment(assignment, error.messageIn(language));
    throw new NaruError('USAGE_INVALID', { reason }, { cause: error });
  }
}

async function assignFiles(assignment: string, values: Values, context: Context): Promise<Values> {
  const texts = new Map<string, string>();
  for (const path of namedIn(assignment)) texts.set(path, await textOf(path, context));
  return assign(assignment, values, { mode: 'set-file', context, read: (path) => texts.get(path) ?? '' });
}

/** Nothing when the assignment cannot be read: laying it over the values says why. */
function namedIn(assignment: string): readonly string[] {
  try {
    return filesNamedIn(assignment);
  } catch (error) {
    if (error instanceof ChartError) return [];
    throw error;
  }
}

/** The text of a file; of standard input when the file is called `-`. */
async function textOf(file: string, { io }: Context): Promise<string> {
  if (file.trim() === '-') return await io.readInput();
  const { text, finding } = await readText(file, DOCUMENT_LIMIT_BYTES);
  if (text === undefined) throw new Refusal([finding]);
  return text;
}
