/** A detail whose wording is looked up in a table instead of being printed. */
interface Lookup {
  readonly value: unknown;
  /** What the table answers for `value`; the name of the detail takes its place. */
  readonly printed: Readonly<Record<'en' | 'ko', string>>;
}

const LOOKUPS: Readonly<Record<string, Lookup>> = {
  expected: { value: 'map', printed: { en: 'a map', ko: '맵' } },
  found: { value: 'list', printed: { en: 'a list', ko: '목록' } },
};
/** A reason in the words of an object's own controller: the one form that no table words. */
const STATUS_TOLD = { code: 'told', text: '‹status›' };
/** The first of the numbers that stand for details; none of our texts holds one like it. */
const FIRST_NUMBER = 918_273_001;

/**
 * Words an error for somebody who has no particular case at hand: each detail is shown by its name, as `‹field›`.
 *
 * Lists have one item, and texts that may be empty are not. Throws when a wording asks more of a detail than that.
 */
export function wordWithPlaceholders(wording: (details: never) => unknown, language: 'en' | 'ko'): string {
  const asked: string[] = [];
  const details = new Proxy({}, { get: (_, field) => detail(String(field), asked) });
  // A wording reads its details and nothing else, and these answer for every field. One that is a single detail answers
  // the placeholder itself.
  let text = String(wording(details as never));
  for (const [index, path] of asked.entries()) {
    text = text.replaceAll(String(FIRST_NUMBER + index), `‹${path}›`);
    const lookup = LOOKUPS[path];
    if (lookup !== undefined) text = text.replaceAll(lookup.printed[language], `‹${path}›`);
  }
  if (/undefined|NaN|\[object/.test(text)) throw new Error(`a detail cannot be shown by its name: ${text}`);
  return text;
}

function detail(field: string, asked: string[]): unknown {
  const index = asked.push(field) - 1;
  if (field === 'status') return STATUS_TOLD;
  return LOOKUPS[field]?.value ?? placeholder(field, FIRST_NUMBER + index);
}

/** Answers as a text, as a number, as a list of one, and as an object with fields of its own. */
function placeholder(path: string, number: number): unknown {
  const shown = `‹${path}›`;
  const answers: Readonly<Record<string | symbol, unknown>> = {
    [Symbol.toPrimitive]: (hint: string) => (hint === 'number' ? number : shown),
    length: 1,
    join: () => shown,
    map: (change: (item: unknown) => unknown) => [change(placeholder(path, number))],
  };
  return new Proxy(
    {},
    { get: (_, key) => (key in answers ? answers[key] : placeholder(`${path}.${String(key)}`, number)) },
  );
}
