import type { Finding } from '@naru/core';
import type { Context } from '../context.ts';
import { findingText } from './error-text.ts';

/** Nobody reads the twenty-first of a kind; the data formats have them all. */
const MOST_OF_A_CODE = 20;

/** Findings as text, a blank line between two: waived ones left out, and of each code the first twenty and how many more there are. */
export function findingsText(findings: readonly Finding[], context: Context): string {
  const counts = new Map<string, number>();
  const texts: string[] = [];
  for (const finding of findings) {
    if (finding.waived !== undefined) continue;
    const { code } = finding.error;
    const count = (counts.get(code) ?? 0) + 1;
    counts.set(code, count);
    if (count <= MOST_OF_A_CODE) texts.push(findingText(finding, context));
  }
  const more = [...counts]
    .filter(([, count]) => count > MOST_OF_A_CODE)
    .map(([code, count]) => `${context.messages.moreFindings(count - MOST_OF_A_CODE, code)}\n`);
  return [...texts, ...more].join('\n');
}

/** Tells what was found on the way to something else; nothing when nothing was. */
export function tellFindings(findings: readonly Finding[], context: Context): void {
  const text = findingsText(findings, context);
  if (text !== '') context.io.tell(`${text}\n`);
}
