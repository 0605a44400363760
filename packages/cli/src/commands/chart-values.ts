import { ChartError, parseSet, type SetMode, type Values } from '@naru/chart';
import { isRecord, NaruError, refuseErrors } from '@naru/core';
import { loadYaml } from '@naru/engine';
import type { Context } from '../context.ts';

/** A values file holds a map, or nothing at all. */
export async function readValuesFile(file: string): Promise<Values> {
  const { document, findings } = await loadYaml(file);
  refuseErrors(findings);
  const value = document?.value ?? {};
  if (isRecord(value)) return value;
  const details = { field: file, expected: 'map', found: Array.isArray(value) ? 'list' : 'string' } as const;
  throw new NaruError('FIELD_MISTYPED', details, { place: { file, line: 1, column: 1 } });
}

/** Lays one assignment of the command line over `values`. */
export function assign(
  assignment: string,
  values: Values,
  {
    mode,
    context: { language, messages },
  }: { readonly mode: SetMode; readonly context: Pick<Context, 'language' | 'messages'> },
): Values {
  try {
    return parseSet(assignment, values, mode);
  } catch (error) {
    if (!(error instanceof ChartError)) throw error;
    const reason = messages.usage.unreadAssignment(assignment, error.messageIn(language));
    throw new NaruError('USAGE_INVALID', { reason }, { cause: error });
  }
}
