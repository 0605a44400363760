/** Where a reader stands between two lines. */
interface Open {
  /** The quote that is not closed yet. */
  readonly quote: string;
  /** How many brackets are open. */
  readonly depth: number;
  /** The indentation that the lines of a block of text lie beyond; -1 outside of one. */
  readonly block: number;
}

const NOTHING_OPEN: Open = { quote: '', depth: 0, block: -1 };

/**
 * The same text with every line indented that continues a quoted text or stands inside of brackets. Go does not mind how far
 * such lines are indented, and our reader does; white space there has no meaning. Lines keep their numbers.
 */
export function indentContinuations(text: string): string {
  const lines = text.split('\n');
  const deepest = lines.reduce((most, line) => Math.max(most, indentOf(line)), 0);
  const padding = ' '.repeat(Math.min(deepest, 200) + 1);
  let open = NOTHING_OPEN;
  return lines
    .map((line) => {
      const isInside = open.quote !== '' || open.depth > 0;
      open = after(line, open);
      return isInside && line.trim() !== '' ? padding + line.trimStart() : line;
    })
    .join('\n');
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function after(line: string, open: Open): Open {
  if (open.block >= 0 && (line.trim() === '' || indentOf(line) > open.block)) return open;
  const inside = { quote: open.quote, depth: open.depth };
  let isStart = open.quote === '';
  for (let at = isStart ? indentOf(line) : 0; at < line.length; at++) {
    const char = line[at] ?? '';
    if (inside.quote !== '') {
      at += closing(line, at, inside);
      continue;
    }
    if (char === '#' && (at === 0 || /\s/.test(line[at - 1] ?? ''))) break;
    if (isStart && (char === '"' || char === "'")) inside.quote = char;
    else if (char === '[' || char === '{') inside.depth += isStart || inside.depth > 0 ? 1 : 0;
    else if ((char === ']' || char === '}') && inside.depth > 0) inside.depth -= 1;
    else if (isStart && inside.depth === 0 && /^[|>][-+0-9]*\s*(?:#.*)?$/.test(line.slice(at))) {
      return { ...inside, block: indentOf(line) };
    }
    isStart = startsNext(line, at, { wasStart: isStart, isFlow: inside.depth > 0 });
  }
  return { ...inside, block: -1 };
}

/** How many signs more belong to the one at `at` in a quoted text. Forgets the quote where it closes. */
function closing(line: string, at: number, inside: { quote: string }): number {
  const char = line[at];
  if (inside.quote === '"' && char === '\\') return 1;
  if (char !== inside.quote) return 0;
  if (char === "'" && line[at + 1] === "'") return 1;
  inside.quote = '';
  return 0;
}

/** Whether a value may start behind the sign at `at`. */
function startsNext(line: string, at: number, now: { readonly wasStart: boolean; readonly isFlow: boolean }): boolean {
  const char = line[at] ?? '';
  if (now.isFlow && '[{,'.includes(char)) return true;
  if (/\s/.test(char)) return now.wasStart || /(?:^|\s|\w|["'])[:?-]\s*$/.test(line.slice(0, at + 1));
  return now.wasStart && /^[-?&!*]/.test(line.slice(at).trimStart()) && /^[-?]$/.test(char);
}
