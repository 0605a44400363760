import { ChartError } from '../error/chart-error.ts';
import { DEFAULT_LIMITS } from './limits.ts';

/** Runs what may exhaust the stack, or make a text that is longer than any may be, and words that as a refusal. */
export function refuseOverflow<T>(file: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    // Firefox has a name of its own for it.
    const isOverflow = error instanceof RangeError || (error instanceof Error && error.name === 'InternalError');
    if (!isOverflow) throw error;
    const options = { cause: error, place: { file, line: 1, column: 1 } };
    if (/stack|recursion/.test(error.message)) throw new ChartError('STACK_EXHAUSTED', { file }, options);
    const details = { what: 'characters of text', limit: DEFAULT_LIMITS.textCharacters };
    throw new ChartError('TEMPLATE_LIMIT_EXCEEDED', details, options);
  }
}
