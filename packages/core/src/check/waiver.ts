import type { Document } from '../document/document.ts';
import { NaruError, type Place } from '../error/naru-error.ts';
import { type Finding, findingOf } from '../finding/finding.ts';

/**
 * A comment that takes back a finding, with a reason and an end:
 *
 *     # naru:waive IMAGE_UNPINNED until 2027-01-31: the vendor publishes no versions
 *
 * It stands at the end of the line that the finding names, or on lines of its own right above it.
 */
export interface Waiver {
  readonly code: string;
  /** The last day on which it holds, as `YYYY-MM-DD`. */
  readonly until: string;
  readonly reason: string;
  readonly place: Place;
  /** The line whose findings it takes back. */
  readonly line: number;
}

const FORM = /#\s*naru:waive\s+([A-Z][A-Z0-9_]*)\s+until\s+(\d{4}-\d{2}-\d{2}):\s*(\S.*?)\s*$/;

/** The waivers in a document, and those that cannot be read. */
export function waiversIn({ file, text }: Document): {
  readonly waivers: readonly Waiver[];
  readonly findings: readonly Finding[];
} {
  if (!text.includes('naru:waive')) return { waivers: [], findings: [] };
  const lines = text.split(/\r?\n/);
  const waivers: Waiver[] = [];
  const findings: Finding[] = [];
  for (const [index, line] of lines.entries()) {
    const start = line.search(/#\s*naru:waive\b/);
    if (start === -1) continue;
    const place: Place = { file, line: index + 1, column: start + 1 };
    const [, code, until, reason] = FORM.exec(line) ?? [];
    if (code === undefined || until === undefined || reason === undefined || !isDay(until)) {
      findings.push(findingOf(new NaruError('WAIVER_MALFORMED', { waiver: line.slice(start).trim() }, { place })));
    } else {
      waivers.push({ code, until, reason, place, line: coveredLine(lines, index) });
    }
  }
  return { waivers, findings };
}

function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** A comment on a line of its own speaks of the next line that is none. */
function coveredLine(lines: readonly string[], index: number): number {
  const isComment = (line: string | undefined): boolean => line !== undefined && /^\s*(#|$)/.test(line);
  let covered = index;
  while (isComment(lines[covered])) covered += 1;
  return covered + 1;
}

/**
 * Marks the findings that a waiver takes back. A waiver whose day is past takes nothing back any more, and one that takes nothing back is
 * worth knowing, unless another site may need it. `today` is a day as in a waiver; without it none is past.
 */
export function waive(
  findings: readonly Finding[],
  waivers: readonly Waiver[],
  { today, isShared }: { readonly today: string | undefined; readonly isShared: (file: string) => boolean },
): readonly Finding[] {
  if (waivers.length === 0) return findings;
  const byLine = Map.groupBy(waivers, ({ code, place, line }) => `${code}\0${place.file}\0${line}`);
  const used = new Set<Waiver>();
  const marked = findings.map((finding): Finding => {
    const { code, place } = finding.error;
    const held = place && byLine.get(`${code}\0${place.file}\0${place.line}`)?.[0];
    if (held === undefined) return finding;
    used.add(held);
    return isPast(held, today) ? finding : { ...finding, waived: { until: held.until, reason: held.reason } };
  });
  const notes = waivers.flatMap((waiver): readonly Finding[] => {
    const { code, until, place } = waiver;
    if (!used.has(waiver)) {
      const note = findingOf(new NaruError('WAIVER_UNUSED', { code }, { place }), 'info');
      return isShared(place.file) ? [] : [note];
    }
    return isPast(waiver, today)
      ? [findingOf(new NaruError('WAIVER_EXPIRED', { code, until }, { place }), 'warning')]
      : [];
  });
  return [...marked, ...notes];
}

function isPast({ until }: Waiver, today: string | undefined): boolean {
  return today !== undefined && until < today;
}
