import { glob, stat } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import {
  Component,
  type ComponentContent,
  type ComponentSource,
  type Document,
  DOCUMENT_LIMIT_BYTES,
  type Finding,
  findingOf,
  NaruError,
  type Place,
  type SiteComponent,
  suggest,
} from '@naru/core';
import type { Catalog } from './catalog.ts';
import type { ChartReader } from './chart-content.ts';
import { loadDocument } from './document-file.ts';
import { readText } from './read-text.ts';

export interface ComponentContext {
  readonly entry: Pick<SiteComponent, 'component' | 'chart' | 'manifests'>;
  /** The file that says so: the platform's or a site's. */
  readonly document: Document;
  readonly folder: string;
  readonly catalog: Catalog;
  readonly charts: ChartReader;
}

type Loaded = ComponentSource | { readonly findings: readonly Finding[] };

/** Reads what one entry of `platform.yaml` or a site is made of: a catalog component, a folder, a chart, or plain manifests. */
export async function loadComponent(name: string, context: ComponentContext): Promise<Loaded> {
  const { entry, document, folder, catalog, charts } = context;
  const place = document.placeOf(['spec', 'components', name]);
  const sources = [entry.component, entry.chart, entry.manifests].filter((source) => source !== undefined);
  if (sources.length > 1) return refused(new NaruError('COMPONENT_SOURCE_AMBIGUOUS', { component: name }, { place }));
  const at = (field: string): Place => document.placeOf(['spec', 'components', name, field]);
  try {
    if (entry.chart !== undefined) {
      return { descriptor: undefined, content: await charts.read(entry.chart, folder, at('chart')) };
    }
    if (entry.manifests !== undefined) {
      return { descriptor: undefined, content: await manifestsAt(name, folder, entry.manifests, at('manifests')) };
    }
    const wanted = entry.component ?? name;
    if (wanted.startsWith('.')) {
      return await readDescribed(name, {
        file: join(folder, wanted, 'component.yaml'),
        mentioned: at('component'),
        charts,
      });
    }
    const known = [...catalog.components.keys()];
    if (!catalog.components.has(wanted)) {
      const details = { component: wanted, suggestion: suggest(wanted, known), known: known.join(', ') };
      return refused(new NaruError('COMPONENT_UNKNOWN', details, { place }));
    }
    return await readDescribed(name, {
      file: join(catalog.folder, wanted, 'component.yaml'),
      mentioned: place,
      charts,
    });
  } catch (error) {
    if (!(error instanceof NaruError)) throw error;
    return refused(error);
  }
}

interface Descriptor {
  readonly file: string;
  readonly mentioned: Place;
  readonly charts: ChartReader;
}

/** Reads a component by its `component.yaml`. */
export async function readDescribed(name: string, { file, mentioned, charts }: Descriptor): Promise<Loaded> {
  const { written, findings } = await loadDocument(file, Component, mentioned);
  if (written === undefined) return { findings };
  const { chart, manifests } = written.spec.spec;
  const base = dirname(file);
  if (chart !== undefined) {
    const place = written.document.placeOf(['spec', 'chart']);
    return { descriptor: written, content: await charts.read(chart, base, place) };
  }
  const place = written.document.placeOf(['spec', 'manifests']);
  return { descriptor: written, content: await manifestsAt(name, base, manifests ?? [], place) };
}

async function manifestsAt(
  name: string,
  base: string,
  patterns: readonly string[],
  mentioned: Place,
): Promise<ComponentContent> {
  const paths = new Set<string>();
  for (const pattern of patterns) {
    const found = await filesMatching(pattern, base);
    if (found.length === 0) {
      throw new NaruError(
        'COMPONENT_SOURCE_MISSING',
        { component: name, source: join(base, pattern) },
        { place: mentioned },
      );
    }
    for (const path of found) paths.add(normalize(path));
  }
  const files = await Promise.all(
    [...paths].toSorted().map(async (path) => {
      const file = join(base, path);
      const { text, finding } = await readText(file, DOCUMENT_LIMIT_BYTES, mentioned);
      if (text === undefined) throw finding.error;
      return { file, text };
    }),
  );
  return { kind: 'manifests', files };
}

/** Folders match `**` too, and are no manifests; a link to nothing is left for the reader to complain about. */
async function filesMatching(pattern: string, base: string): Promise<readonly string[]> {
  const found = await Array.fromAsync(glob(pattern, { cwd: base }));
  const isFolder = await Promise.all(
    found.map(async (path) => {
      const info = await stat(join(base, path)).catch(() => undefined);
      return info?.isDirectory() === true;
    }),
  );
  return found.filter((_, index) => isFolder[index] !== true);
}

function refused(error: NaruError): Loaded {
  return { findings: [findingOf(error)] };
}
