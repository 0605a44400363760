/** What one varying place of an output looks like: the text around it is fixed, its length may vary or not. */
const PEM = /-----BEGIN ([A-Z ]+)-----[^-]*-----END \1-----/g;

/** Certificates of one request differ in length by a few bytes from run to run, and so do texts made from them. */
const CERTIFICATE_LENGTH = 200;

/**
 * Whether `ours` is `theirs` but for what the reference itself writes differently the second time (`again`): passwords,
 * keys, certificates, times, and digests of those. Around each such place the text must be the same, and its length
 * must be one that the reference could have written.
 */
export function equalsMasked(theirs: string, again: string, ours: string): boolean {
  return firstMaskedDifference(theirs, again, ours) === undefined;
}

/** The number of the first line that differs though the reference writes it alike each time; counted from 0. */
export function firstMaskedDifference(theirs: string, again: string, ours: string): number | undefined {
  const [first, second, third] = [theirs, again, ours].map((text) => withoutPem(text).split('\n'));
  if (first === undefined || second === undefined || third === undefined) return 0;
  const lines = Math.max(first.length, third.length);
  for (let line = 0; line < lines; line++) {
    if (!fits(first[line], second[line], third[line])) return line;
  }
  return undefined;
}

/** Keys and certificates in PEM have lines, whose number varies: their type stays. */
function withoutPem(text: string): string {
  return text.replaceAll(PEM, (_, type: string) => `-----${type}-----`);
}

function fits(theirs: string | undefined, again: string | undefined, ours: string | undefined): boolean {
  if (theirs === ours) return true;
  if (theirs === undefined || again === undefined || ours === undefined || theirs === again) return false;
  const before = commonStart(theirs, again);
  const after = commonEnd(theirs.slice(before), again.slice(before));
  if (ours.length < before + after || !ours.startsWith(theirs.slice(0, before))) return false;
  if (after > 0 && !ours.endsWith(theirs.slice(-after))) return false;
  return lengthFits(theirs.length, again.length, ours.length);
}

function lengthFits(theirs: number, again: number, ours: number): boolean {
  const [shortest, longest] = [Math.min(theirs, again), Math.max(theirs, again)];
  const slack = longest > CERTIFICATE_LENGTH ? longest * 0.1 : longest - shortest;
  return ours >= shortest - slack && ours <= longest + slack;
}

/** How much both have in common, cut back to where a word starts: random words may begin alike by chance. */
function commonStart(a: string, b: string): number {
  let end = 0;
  while (end < a.length && a[end] === b[end]) end++;
  while (end > 0 && isWord(a[end - 1])) end--;
  return end;
}

function commonEnd(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a.at(-1 - length) === b.at(-1 - length)) length++;
  while (length > 0 && isWord(a.at(-length))) length--;
  return length;
}

function isWord(char: string | undefined): boolean {
  return char !== undefined && /[\w+/=$.!%^&*()#@~-]/.test(char);
}
