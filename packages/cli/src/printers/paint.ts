import pc from 'picocolors';

export type Paint = ReturnType<typeof pc.createColors>;

/** Colours that are real on a terminal and nothing elsewhere. */
export function paintFor(hasColor: boolean): Paint {
  return pc.createColors(hasColor);
}
