import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type CatalogEntry, Component, type Finding, type Written } from '@naru/core';
import { loadDocument } from './document-file.ts';
import { fileFault, unreadable } from './read-text.ts';

/** The components that come with Naru, by name. */
export interface Catalog {
  readonly folder: string;
  readonly components: ReadonlyMap<string, Written<Component>>;
  readonly entries: readonly CatalogEntry[];
}

/**
 * Reads the descriptors of a catalog folder; a folder without `component.yaml` is not a component, and no folder is an
 * empty catalog. Throws `DOCUMENT_UNREADABLE` when the folder cannot be read.
 */
export async function loadCatalog(
  folder: string,
): Promise<{ readonly catalog: Catalog; readonly findings: readonly Finding[] }> {
  const names = await componentFolders(folder);
  const read = await Promise.all(names.map((name) => loadDocument(join(folder, name, 'component.yaml'), Component)));
  const components = new Map<string, Written<Component>>();
  for (const [index, { written }] of read.entries()) {
    const name = names[index];
    if (name !== undefined && written !== undefined) components.set(name, written);
  }
  const entries = [...components].map(([name, { spec }]) => ({
    name,
    provides: Object.keys(spec.spec.provides ?? {}),
  }));
  return { catalog: { folder, components, entries }, findings: read.flatMap(({ findings }) => findings) };
}

async function componentFolders(folder: string): Promise<readonly string[]> {
  try {
    const names = await readdir(folder);
    const held = await Promise.all(names.map((name) => hasDescriptor(join(folder, name))));
    return names.filter((_, index) => held[index]).toSorted();
  } catch (error) {
    if (fileFault(error) === 'ENOENT') return [];
    throw unreadable(folder, error, { file: folder, line: 1, column: 1 });
  }
}

async function hasDescriptor(folder: string): Promise<boolean> {
  try {
    await stat(join(folder, 'component.yaml'));
    return true;
  } catch (error) {
    // A file of the catalog folder itself, such as a README, is no component either.
    if (['ENOENT', 'ENOTDIR'].includes(fileFault(error))) return false;
    throw error;
  }
}
