// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const TERMINAL_SEQUENCES = /\u001B(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)?|[@-Z\\-_])/gu;
const CONTROLS = /[\p{Cc}\u2028\u2029]+/gu;
const DIRECTION_OVERRIDES = /[\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;
const LONGEST = 4000;

/**
 * Text of a server, made fit for one line of a terminal or a log: whoever can name an object could otherwise move the cursor,
 * recolour the screen or reverse what is read. What is longer than any sensible message is cut.
 */
export function plainText(text: string): string {
  const clean = text
    .slice(0, 4 * LONGEST)
    .replace(TERMINAL_SEQUENCES, '')
    .replace(DIRECTION_OVERRIDES, '')
    .replace(CONTROLS, ' ')
    .trim();
  return clean.length > LONGEST ? `${clean.slice(0, LONGEST)}…` : clean;
}
