import { readdir } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { type Finding, findingOf, NaruError, type Written } from '@naru/core';
import { fileFault, unreadable } from './read-text.ts';

interface Named {
  readonly metadata: { readonly name: string };
}

export interface NamedDocuments<T> {
  readonly documents: ReadonlyMap<string, Written<T>>;
  readonly findings: readonly Finding[];
}

/** Reads every YAML file of a folder whose documents are named like their files. No folder is an empty one. */
export async function loadNamed<T extends Named>(
  folder: string,
  read: (file: string) => Promise<{ readonly written: Written<T> | undefined; readonly findings: readonly Finding[] }>,
): Promise<NamedDocuments<T>> {
  const { files, findings: unread } = await yamlFiles(folder);
  const readings = await Promise.all(files.map((file) => read(join(folder, file))));
  const documents = new Map<string, Written<T>>();
  const findings = [...unread, ...readings.flatMap((reading) => reading.findings)];
  for (const [index, { written }] of readings.entries()) {
    if (written === undefined) continue;
    const file = files[index] ?? '';
    const expected = basename(file, extname(file));
    const { name } = written.spec.metadata;
    const twin = documents.get(expected)?.document.file;
    if (name !== expected || twin !== undefined) {
      const place = written.document.placeOf(['metadata', 'name']);
      const allowed = twin === undefined ? expected : `≠ ${name} (${twin})`;
      findings.push(
        findingOf(new NaruError('FIELD_INVALID', { field: 'metadata.name', value: name, allowed }, { place })),
      );
    }
    documents.set(expected, written);
  }
  return { documents, findings };
}

async function yamlFiles(
  folder: string,
): Promise<{ readonly files: readonly string[]; readonly findings: readonly Finding[] }> {
  try {
    const names = await readdir(folder);
    return { files: names.filter((name) => ['.yaml', '.yml'].includes(extname(name))).toSorted(), findings: [] };
  } catch (error) {
    if (fileFault(error) === 'ENOENT') return { files: [], findings: [] };
    return { files: [], findings: [findingOf(unreadable(folder, error, { file: folder, line: 1, column: 1 }))] };
  }
}
