import type { NaruError } from '../error/naru-error.ts';

/** An `error` refuses the platform; a `warning` is likely a mistake; `info` is worth knowing. */
export type Severity = 'error' | 'warning' | 'info';

/** One thing that is wrong with a platform, or worth knowing: worded, placed and with its remedy. */
export interface Finding {
  readonly severity: Severity;
  readonly error: NaruError;
  /** The waiver that takes it back: it is kept for reports, and refuses nothing. */
  readonly waived?: { readonly until: string; readonly reason: string };
}

export function findingOf(error: NaruError, severity: Severity = 'error'): Finding {
  return { severity, error };
}

/**
 * Several expected failures at once: validation collects every problem of a run before it fails.
 *
 * Carries at least one finding of severity `error`.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    super(findings.map(({ error }) => `${error.code}: ${error.message}`).join('\n'));
    this.findings = findings;
  }
}

/** Throws a `Refusal` with all findings when one of them is an error that no waiver takes back. */
export function refuseErrors(findings: readonly Finding[]): void {
  if (findings.some(({ severity, waived }) => severity === 'error' && waived === undefined))
    throw new Refusal(findings);
}

/** By place, then code: the order in which a person walks through their files. */
export function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort((a, b) => compare(sortKey(a), sortKey(b)));
}

function sortKey({ error }: Finding): string {
  const { place } = error;
  const position = place === undefined ? '' : `${place.file}\0${pad(place.line)}\0${pad(place.column)}`;
  return `${position}\0${error.code}\0${error.message}`;
}

function pad(value: number): string {
  return String(value).padStart(8, '0');
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
