import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { REFERENCE_FOLDER, referencePages, stalePages } from './reference/pages.ts';

/**
 * Writes the reference pages that follow from tables and schemas. With `--check` it writes nothing, names the pages that
 * are stale and ends with 1 when there are any.
 */
const pages = await referencePages();
await mkdir(REFERENCE_FOLDER, { recursive: true });
const entries = await readdir(REFERENCE_FOLDER, { recursive: true, withFileTypes: true });
const names = entries
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => relative(REFERENCE_FOLDER, join(parentPath, name)));
const texts = await Promise.all(names.map((name) => readFile(join(REFERENCE_FOLDER, name), 'utf8')));
const stale = stalePages(pages, new Map(names.map((name, index) => [name, texts[index] ?? ''])));

if (process.argv.includes('--check')) {
  for (const name of stale)
    console.error(`${join(REFERENCE_FOLDER, name)} is stale: run \`node tools/generate-reference.ts\``);
  if (stale.length > 0) process.exitCode = 1;
} else {
  for (const name of stale) {
    const text = pages.get(name);
    if (text === undefined) console.error(`${join(REFERENCE_FOLDER, name)} is not generated: remove it`);
    else {
      await mkdir(dirname(join(REFERENCE_FOLDER, name)), { recursive: true });
      await writeFile(join(REFERENCE_FOLDER, name), text);
    }
  }
}
