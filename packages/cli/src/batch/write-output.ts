import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NaruError } from '@naru/core';
import { fileFault } from '@naru/engine';

export type Extension = 'yaml' | 'err';

const OTHER: Readonly<Record<Extension, Extension>> = { yaml: 'err', err: 'yaml' };

/**
 * Writes the file of one release, whole or not at all, and takes away what an earlier run said instead. Gives the path.
 * Throws `OUTPUT_UNWRITABLE`.
 */
export function writeOutput(folder: string, name: string, extension: Extension, text: string): string {
  const file = join(folder, `${name}.${extension}`);
  const draft = join(folder, `.${name}.${process.pid}.draft`);
  try {
    writeFileSync(draft, text);
    renameSync(draft, file);
    rmSync(join(folder, `${name}.${OTHER[extension]}`), { force: true });
  } catch (error) {
    rmSync(draft, { force: true });
    throw new NaruError('OUTPUT_UNWRITABLE', { file, reason: fileFault(error) }, { cause: error });
  }
  return file;
}
