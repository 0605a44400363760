import type { z } from 'zod';

/**
 * Of a value that fits none of several forms: what is wrong with it as the one that it was meant to be, which is the one that
 * knows most of its keys. Paths start at the document again.
 */
export function branchOf(issue: z.core.$ZodIssueInvalidUnion): readonly z.core.$ZodIssue[] {
  const [meant = []] = issue.errors.toSorted((a, b) => strangeness(a) - strangeness(b) || a.length - b.length);
  return meant.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
}

/** A form of another kind of value is not meant at all. */
function strangeness(issues: readonly z.core.$ZodIssue[]): number {
  if (issues.some(({ code, path }) => code === 'invalid_type' && path.length === 0)) return Number.MAX_SAFE_INTEGER;
  return issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 0), 0);
}
