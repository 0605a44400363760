import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type ComponentSource,
  type Document,
  type Finding,
  NaruError,
  Platform,
  Profile,
  type ProfileSource,
  Refusal,
  refuseErrors,
  Site,
  type Sources,
  type Written,
} from '@naru/core';
import { loadCatalog } from './catalog.ts';
import { type ComponentContext, loadComponent } from './component-source.ts';
import { loadDocument } from './document-file.ts';
import { chartReader } from './chart-content.ts';
import { loadSecrets } from './given-secrets.ts';
import { loadNamed } from './named-documents.ts';
import { fileFault } from './read-text.ts';
import { loadYaml } from './yaml-file.ts';
import type { FetchOptions } from '../source/fetch-options.ts';

/** Without a word about servers, none is asked. */
const ONLY_FROM_CACHE: FetchOptions = { environment: {}, offline: true };

/**
 * Reads every file of a platform folder: `platform.yaml`, the sites, the profiles, and what its components are made of.
 *
 * Throws `FOLDER_MISSING` when there is no `platform.yaml`, or a `Refusal` with every problem of every file.
 */
export async function load(
  folder: string,
  catalogFolder: string,
  fetching: FetchOptions = ONLY_FROM_CACHE,
  variables: Readonly<Record<string, string | undefined>> = {},
): Promise<Sources> {
  const platformFile = join(folder, 'platform.yaml');
  if (!(await exists(platformFile))) throw new NaruError('FOLDER_MISSING', { folder });
  const [{ written: platform, findings }, sites, profiles, { catalog, findings: catalogFindings }] = await Promise.all([
    loadDocument(platformFile, Platform),
    loadNamed(join(folder, 'sites'), (file) => loadDocument(file, Site)),
    loadProfiles(folder, catalogFolder),
    loadCatalog(catalogFolder),
  ]);
  const found = [...findings, ...sites.findings, ...profiles.findings, ...catalogFindings];
  if (platform === undefined) throw new Refusal(found);

  const components = new Map<string, ComponentSource>();
  const charts = chartReader(fetching);
  const { document } = platform;
  const siteComponents = new Map<string, Map<string, ComponentSource>>();
  const loading = Promise.all([
    ...Object.entries(platform.spec.spec.components).map(async ([name, entry]) => {
      const source = await loadComponent(name, { entry, document, folder, catalog, charts });
      return { name, source, into: components };
    }),
    ...replacements(platform, sites.documents).map(async ({ site, name, ...said }) => {
      const source = await loadComponent(name, { ...said, folder, catalog, charts });
      const into = siteComponents.get(site) ?? new Map<string, ComponentSource>();
      siteComponents.set(site, into);
      return { name, source, into };
    }),
  ]);
  let loaded: Awaited<typeof loading>;
  try {
    loaded = await loading;
  } finally {
    await charts.close();
  }
  for (const { name, source, into } of loaded) {
    if ('findings' in source) found.push(...source.findings);
    else into.set(name, source);
  }
  const values = await loadValuesFiles(folder, platform, sites.documents);
  refuseErrors([...found, ...values.findings]);
  return {
    folder,
    platform,
    sites: sites.documents,
    profiles: profiles.profiles,
    secrets: await loadSecrets(folder, platform, variables),
    components,
    siteComponents,
    valuesFiles: values.files,
    catalog: catalog.entries,
  };
}

/** What sites take instead of what the platform says. One that the platform does not declare is told by `compose`. */
function replacements(
  platform: Written<Platform>,
  sites: ReadonlyMap<string, Written<Site>>,
): readonly (Pick<ComponentContext, 'entry' | 'document'> & { readonly site: string; readonly name: string })[] {
  const declared = new Set(Object.keys(platform.spec.spec.components));
  return [...sites].flatMap(([site, { spec, document }]) =>
    Object.entries(spec.spec.components ?? {})
      .filter(([name, { component, chart, manifests }]) => declared.has(name) && (component ?? chart ?? manifests))
      .map(([name, entry]) => ({ site, name, entry, document })),
  );
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

interface LoadedProfiles {
  readonly profiles: ReadonlyMap<string, ProfileSource>;
  readonly findings: readonly Finding[];
}

async function loadProfiles(folder: string, catalogFolder: string): Promise<LoadedProfiles> {
  const read = (file: string) => loadDocument(file, Profile);
  const [shipped, own] = await Promise.all([
    loadNamed(join(catalogFolder, 'profiles'), read),
    loadNamed(join(folder, 'profiles'), read),
  ]);
  const profiles = new Map<string, ProfileSource>();
  for (const [name, profile] of shipped.documents) profiles.set(name, { ...profile, isShipped: true });
  for (const [name, profile] of own.documents) profiles.set(name, { ...profile, isShipped: false });
  return { profiles, findings: [...shipped.findings, ...own.findings] };
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
