/** How long the name of a zone at the start of `text` is; 0 when there is none. Go's rules for what may be a name. */
export function parseZoneName(text: string): number {
  if (/^(UTC)/.test(text)) return 3;
  if (/^(ChST|MeST)/.test(text)) return 4;
  if (text.startsWith('GMT')) return 3 + signedOffset(text.slice(3));
  if (/^[+-]/.test(text)) return signedOffset(text);
  const upper = /^[A-Z]{0,6}/.exec(text)?.[0] ?? '';
  if (upper.length === 3) return 3;
  if (upper.length === 4 && (upper.endsWith('T') || upper === 'WITA')) return 4;
  return upper.length === 5 && upper.endsWith('T') ? 5 : 0;
}

/** The length of an offset in hours, such as `+3`. */
function signedOffset(text: string): number {
  const match = /^[+-](\d+)/.exec(text);
  return match === null || Number(match[1]) > 23 ? 0 : match[0].length;
}
