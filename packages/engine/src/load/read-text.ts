import { readFile, stat } from 'node:fs/promises';
import { type Finding, findingOf, NaruError, type Place } from '@naru/core';

export type TextReading =
  | { readonly text: string; readonly finding: undefined }
  | { readonly text: undefined; readonly finding: Finding };

/**
 * Reads a text file of at most `limitBytes`. A larger one is refused before it is read, so that a wrong path costs nothing; so
 * is what is no file: a pipe would be waited for, and a device may never end.
 *
 * `mentioned` is where the user named the file; without it the file itself is the place.
 */
export async function readText(path: string, limitBytes: number, mentioned?: Place): Promise<TextReading> {
  const place = mentioned ?? { file: path, line: 1, column: 1 };
  const refused = (error: NaruError): TextReading => ({ text: undefined, finding: findingOf(error) });
  try {
    const info = await stat(path);
    if (!info.isFile()) return refused(unreadable(path, info.isDirectory() ? 'EISDIR' : 'not a file', place));
    if (info.size > limitBytes) {
      return refused(new NaruError('DOCUMENT_TOO_LARGE', { file: path, bytes: info.size, limitBytes }, { place }));
    }
    const bytes = await readFile(path);
    const text = utf8(bytes);
    return text === undefined ? refused(unreadable(path, 'not UTF-8', place)) : { text, finding: undefined };
  } catch (error) {
    return refused(unreadable(path, error, place));
  }
}

/** Undefined for other bytes: to guess would change names and passwords without a word. */
function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** The code of a failed file operation, as the operating system names it. */
export function fileFault(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}

export function unreadable(file: string, error: unknown, place: Place): NaruError<'DOCUMENT_UNREADABLE'> {
  return new NaruError('DOCUMENT_UNREADABLE', { file, reason: fileFault(error) }, { place, cause: error });
}
