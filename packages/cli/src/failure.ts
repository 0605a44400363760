import { NaruError, Refusal } from '@naru/core';
import { CommanderError } from 'commander';
import type { Context } from './context.ts';
import { Exit } from './exit.ts';
import { errorText } from './printers/error-text.ts';
import { findingsText } from './printers/findings-text.ts';
import { usageError } from './usage.ts';

const INTERRUPTED = 130;
const MISUSED = 2;

/**
 * Tells a person what went wrong, and answers with the exit code. The one place where errors become text.
 *
 * What is neither expected nor an interrupt is a bug and is thrown on.
 */
export function tellFailure(error: unknown, context: Context): number {
  const { io, messages, typed } = context;
  if (error instanceof Exit) return error.exitCode;
  if (error instanceof CommanderError) {
    // A command that only groups others has printed its help.
    if (error.code === 'commander.help') return MISUSED;
    const usage = usageError(error, context);
    io.tell(errorText(usage, context));
    return usage.exitCode;
  }
  if (io.interrupt.aborted) {
    io.tell(`${messages.interrupted(typed)}\n`);
    return INTERRUPTED;
  }
  if (error instanceof Refusal) {
    io.tell(findingsText(error.findings, context));
    return Math.max(...error.findings.map((finding) => finding.error.exitCode));
  }
  if (!(error instanceof NaruError)) throw error;
  io.tell(errorText(error, context));
  return error.exitCode;
}
