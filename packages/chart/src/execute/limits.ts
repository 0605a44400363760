/** Bounds that a hostile chart runs into; an ordinary one stays far below them. */
export interface RenderLimits {
  /** Templates that are executed inside each other. Fewer when the machine's stack holds no more. */
  readonly nestedTemplates: number;
  /** Actions, calls of functions and rounds of loops, all templates together. */
  readonly steps: number;
  /** The length of what one template writes, of what one function gives, and of everything written together. */
  readonly characters: number;
  /** Entries of a list or map that a function makes. */
  readonly entries: number;
}

export const DEFAULT_LIMITS: RenderLimits = {
  // Helm stops at 1,001 includes of one name; two that include each other may so be 2,002 deep.
  nestedTemplates: 2500,
  steps: 20_000_000,
  characters: 32 * 1024 * 1024,
  entries: 5_000_000,
};
