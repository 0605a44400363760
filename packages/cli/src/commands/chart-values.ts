import { ChartError, parseSet, type SetMode, type Values } from '@naru/chart';
import { isRecord, NaruError, refuseErrors } from '@naru/core';
import { loadYaml } from '@naru/engine';
import type { Wording } from '../context.ts';

/** Helm 4.3.1 built from its module compiles this in as the default cluster. */
export const DEFAULT_KUBE_VERSION = 'v1.37.0';

export async function readValuesFile(file: string): Promise<Values> {
  const { document, findings } = await loadYaml(file);
  refuseErrors(findings);
  return valuesIn(file, document?.value);
}

/** What a values file holds: a map, or nothing at all. */
export function valuesIn(file: string, value: unknown): Values {
  if (value === undefined || value === null) return {};
  if (isRecord(value)) return value;
  const details = { field: file, expected: 'map', found: Array.isArray(value) ? 'list' : 'string' } as const;
  throw new NaruError('FIELD_MISTYPED', details, { place: { file, line: 1, column: 1 } });
}

/** Lays one assignment of the command line over `values`. */
export function assign(
  assignment: string,
  values: Values,
  { mode, context: { language, messages } }: { readonly mode: SetMode; readonly context: Wording },
): Values {
  try {
    return parseSet(assignment, values, mode);
  } catch (error) {
    if (!(error instanceof ChartError)) throw error;
    const reason = messages.usage.unreadAssignment(assignment, error.messageIn(language));
    throw new NaruError('USAGE_INVALID', { reason }, { cause: error });
  }
}
