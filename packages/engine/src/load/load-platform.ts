import { readdir, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import {
  type ComponentSource,
  type Document,
  type Finding,
  findingOf,
  NaruError,
  Platform,
  Refusal,
  refuseErrors,
  Site,
  type Sources,
  type Written,
} from '@naru/core';
import { loadCatalog } from './catalog.ts';
import { loadComponent } from './component-source.ts';
import { loadDocument } from './document-file.ts';
import { fileFault, unreadable } from './read-text.ts';
import { loadYaml } from './yaml-file.ts';

/**
 * Reads every file of a platform folder: `platform.yaml`, the sites, and what its components are made of.
 *
 * Throws `FOLDER_MISSING` when there is no `platform.yaml`, or a `Refusal` with every problem of every file.
 */
export async function load(folder: string, catalogFolder: string): Promise<Sources> {
  const platformFile = join(folder, 'platform.yaml');
  if (!(await exists(platformFile))) throw new NaruError('FOLDER_MISSING', { folder });
  const [{ written: platform, findings }, sites, { catalog, findings: catalogFindings }] = await Promise.all([
    loadDocument(platformFile, Platform),
    loadSites(join(folder, 'sites')),
    loadCatalog(catalogFolder),
  ]);
  const found = [...findings, ...sites.findings, ...catalogFindings];
  if (platform === undefined) throw new Refusal(found);

  const components = new Map<string, ComponentSource>();
  const loaded = await Promise.all(
    Object.entries(platform.spec.spec.components).map(async ([name, entry]) => {
      const source = await loadComponent(name, { entry, platform, folder, catalog });
      return { name, source };
    }),
  );
  for (const { name, source } of loaded) {
    if ('findings' in source) found.push(...source.findings);
    else components.set(name, source);
  }
  const values = await loadValuesFiles(folder, platform, sites.sites);
  refuseErrors([...found, ...values.findings]);
  return { folder, platform, sites: sites.sites, components, valuesFiles: values.files, catalog: catalog.entries };
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    // Everything else is told by whoever reads the file.
    return !['ENOENT', 'ENOTDIR'].includes(fileFault(error));
  }
}

interface LoadedSites {
  readonly sites: ReadonlyMap<string, Written<Site>>;
  readonly findings: readonly Finding[];
}

async function loadSites(folder: string): Promise<LoadedSites> {
  const { files, findings: unread } = await yamlFiles(folder);
  const read = await Promise.all(files.map((file) => loadDocument(join(folder, file), Site)));
  const sites = new Map<string, Written<Site>>();
  const findings = [...unread, ...read.flatMap((reading) => reading.findings)];
  for (const [index, { written }] of read.entries()) {
    if (written === undefined) continue;
    const file = files[index] ?? '';
    const expected = basename(file, extname(file));
    const { name } = written.spec.metadata;
    const twin = sites.get(expected)?.document.file;
    if (name !== expected || twin !== undefined) {
      const place = written.document.placeOf(['metadata', 'name']);
      const allowed = twin === undefined ? expected : `≠ ${name} (${twin})`;
      findings.push(
        findingOf(new NaruError('FIELD_INVALID', { field: 'metadata.name', value: name, allowed }, { place })),
      );
    }
    sites.set(expected, written);
  }
  return { sites, findings };
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

async function loadValuesFiles(
  folder: string,
  platform: Written<Platform>,
  sites: ReadonlyMap<string, Written<Site>>,
): Promise<{ readonly files: ReadonlyMap<string, Document>; readonly findings: readonly Finding[] }> {
  const files = new Map<string, Document>();
  const findings: Finding[] = [];
  for (const { spec, document } of [platform, ...sites.values()]) {
    for (const [name, entry] of Object.entries(spec.spec.components ?? {})) {
      for (const [index, file] of (entry.valuesFiles ?? []).entries()) {
        if (files.has(file)) continue;
        const mentioned = document.placeOf(['spec', 'components', name, 'valuesFiles', index]);
        const read = await loadYaml(join(folder, file), mentioned);
        findings.push(...read.findings);
        if (read.document !== undefined) files.set(file, read.document);
      }
    }
  }
  return { files, findings };
}
