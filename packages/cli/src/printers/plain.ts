/** What moves a cursor, changes colours, ends lines unseen or turns the direction of writing. Tabs and line ends stay. */
const HOSTILE = /(?![\n\t])[\p{Cc}\p{Bidi_Control}\u2028\u2029\uFEFF]/gu;

/** A text of several lines from a file, a chart or a cluster, without what could deceive whoever reads it on a terminal. */
export function plain(text: string): string {
  return text.replace(HOSTILE, '');
}

/** The same for what must stay on one line: a name with a line end in it could pretend to be two rows. */
export function plainLine(text: string): string {
  return plain(text).replaceAll(/\s*[\n\t]\s*/g, ' ');
}

/** One value on one line, as a person may read it. */
export function valueText(value: unknown): string {
  return plainLine(jsonOf(value));
}

/** JSON, indented, that says the same with nothing in it that a terminal obeys. */
export function jsonText(value: unknown): string {
  return `${escaped(jsonOf(value, 2))}\n`;
}

/** The same on one line. */
export function jsonLine(value: unknown): string {
  return `${escaped(JSON.stringify(value))}\n`;
}

/** Whether a value holds a character that YAML would show as it is, or cannot write at all. */
export function isHostile(value: unknown): boolean {
  const json = JSON.stringify(value);
  return escaped(json) !== json;
}

/** Whole numbers of the command line are Go's: the digits of a large one are kept as text, as JavaScript would lose them. */
function jsonOf(value: unknown, indentation?: number): string {
  const shown = (_: string, item: unknown): unknown => {
    if (typeof item !== 'bigint') return item;
    const number = Number(item);
    return Number.isSafeInteger(number) ? number : String(item);
  };
  return JSON.stringify(value, shown, indentation);
}

function escaped(json: string): string {
  return json.replace(HOSTILE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
