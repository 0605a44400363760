import type { Question } from './helm-driver.ts';

/** Differences that stay, each with the reason. A pattern is tried on the text of a case. */
export const KNOWN_DIFFERENCES: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/fromToml/, 'TOML that is refused is refused in words of another parser'],
  [/now|date|Date|ago/, 'what is no time counts as now, which moves on between the two answers'],
];

export function isKnown({ text }: Question): boolean {
  return KNOWN_DIFFERENCES.some(([pattern]) => pattern.test(text));
}
