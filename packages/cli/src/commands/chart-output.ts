import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { NaruError } from '@naru/core';
import { fileFault } from '@naru/engine';

/** Writes files below `folder` and gives the path of each. Throws `OUTPUT_UNWRITABLE`. */
export async function writeFiles(
  folder: string,
  files: readonly (readonly [string, string])[],
): Promise<readonly string[]> {
  const written: string[] = [];
  for (const [path, text] of files) {
    const file = join(folder, path);
    try {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text, { mode: 0o600 });
    } catch (error) {
      throw new NaruError('OUTPUT_UNWRITABLE', { file, reason: fileFault(error) }, { cause: error });
    }
    written.push(file);
  }
  return written;
}
