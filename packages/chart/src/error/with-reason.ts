import { ChartError } from './chart-error.ts';

/**
 * The same failure as Helm words it from further outside: `word` is given its message. Its code and place stay, as long as
 * the code has a reason that can be said otherwise. What is no `ChartError` is given back as it is.
 */
export function withReason(error: unknown, word: (reason: string) => string): unknown {
  if (!(error instanceof ChartError)) return error;
  const options = { cause: error, place: error.place };
  const reason = word(error.message);
  switch (error.code) {
    case 'YAML_INVALID':
    case 'VALUES_INVALID':
    case 'CHART_ARCHIVE_INVALID':
      return new ChartError(error.code, { reason }, options);
    default:
      return new ChartError('CHART_INVALID', { reason }, options);
  }
}
