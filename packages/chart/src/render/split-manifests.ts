/** White space as Go's `unicode.IsSpace` has it. */
const LEADING = /^[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;

/** Cuts a template's output into documents, as Helm does: at `---` at the start of a line, whatever follows it. */
export function splitManifests(text: string): string[] {
  return text
    .replace(LEADING, '')
    .split(/^---[ \t]*/m)
    .map((part) => part.replace(LEADING, ''))
    .filter((part) => part !== '');
}
