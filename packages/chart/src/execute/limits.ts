import { Named } from '../value/value.ts';
import type { Value } from '../value/value.ts';

/** Bounds that a hostile chart runs into; an ordinary one stays far below them. */
export interface RenderLimits {
  /** Templates that are executed inside each other. Where the stack ends before, the refusal is `STACK_EXHAUSTED`. */
  readonly nestedTemplates: number;
  /** Actions, calls of functions and rounds of loops, all templates together; long texts and lists count for more. */
  readonly steps: number;
  /** The length of what all templates write together. */
  readonly outputCharacters: number;
  /** The length of a text that a function gives. */
  readonly textCharacters: number;
  /** Entries in a list or map that a function makes or goes through, with everything below. */
  readonly entries: number;
}

export const DEFAULT_LIMITS: RenderLimits = {
  // Helm stops at 1,001 includes of one name; two that include each other may so be 2,002 deep.
  nestedTemplates: 2500,
  steps: 10_000_000,
  outputCharacters: 32 * 1024 * 1024,
  textCharacters: 16 * 1024 * 1024,
  entries: 1_000_000,
};

/**
 * Whether `value` has more than `limit` entries, each counted as often as a walk would meet it. Maps that hold each
 * other twice double with every level: forty lines of a template make more than any machine can write.
 */
export function isLargerThan(value: Value, limit: number): boolean {
  const open: Value[] = [value];
  let count = 0;
  while (open.length > 0) {
    const next = open.pop();
    const content = next instanceof Named ? next.content : next;
    if (!(content instanceof Map) && !Array.isArray(content)) continue;
    count += content instanceof Map ? content.size : content.length;
    if (count > limit) return true;
    for (const item of content.values()) if (typeof item === 'object' && item !== null) open.push(item);
  }
  return false;
}
