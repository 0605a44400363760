import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Chart, type ChartDependency, ChartError, type ChartFiles, loadChart, readArchive } from '@naru/chart';
import { NaruError } from '@naru/core';
import { readChartFolder } from '../load/chart-folder.ts';
import { withChart } from '../load/chart-refusal.ts';
import { fileFault } from '../load/read-text.ts';
import { readReference } from './chart-reference.ts';
import { type DependencyLock, lockDigest, type LockedDependency, lockText, readLock } from './dependency-lock.ts';
import { fileName } from './depot.ts';
import type { FetchOptions } from './fetch-options.ts';
import { type ChartSource, openChartSource } from './fetch-published.ts';
import { knownRepositories } from './helm-repositories.ts';
import { packChart } from './pack-chart.ts';
import { selectVersion } from './select-version.ts';

export interface VendorOptions extends FetchOptions {
  /** Resolves ranges anew although there is a lock. */
  readonly update: boolean;
}

/** A dependency as it lies in `charts/` now. */
export interface VendoredChart {
  readonly name: string;
  readonly version: string;
  /** Below the folder of the chart. */
  readonly file: string;
}

interface Packed extends VendoredChart {
  readonly archive: Uint8Array | undefined;
}

/**
 * Puts what a chart depends on into its `charts/`, as `helm dependency build` does: at the versions of the lock, else at the
 * newest that are asked for, which are then locked. Everything is fetched before anything is written, and archives that nothing
 * asks for any more are removed.
 */
export async function vendorDependencies(folder: string, options: VendorOptions): Promise<readonly VendoredChart[]> {
  const { metadata } = await chartIn(folder);
  const lockName = metadata.apiVersion === 'v1' ? 'requirements.lock' : 'Chart.lock';
  const asked = await Promise.all(metadata.dependencies.map((one) => withoutAlias(one, options)));
  const lock = options.update ? undefined : await lockIn(folder, lockName);
  if (lock !== undefined && lockDigest(asked, lock.dependencies) !== lock.digest) {
    throw new NaruError('CHART_LOCK_STALE', { lock: join(folder, lockName), chart: folder });
  }
  const source = await openChartSource(options);
  let packed: readonly Packed[];
  try {
    const wanted: readonly LockedDependency[] = lock?.dependencies ?? asked;
    packed = await Promise.all(wanted.map((one) => pack(one, folder, source)));
  } finally {
    await source.close();
  }
  const chosen = asked.map(({ name, repository, version }, index) => ({
    name,
    repository,
    // A chart that lies in `charts/` already is not pinned by where it lies.
    version: repository === '' ? version : (packed[index]?.version ?? version),
  }));
  await store(folder, packed);
  if (lock === undefined && asked.length > 0) await storeLock(join(folder, lockName), asked, chosen);
  return packed.map(({ name, version, file }) => ({ name, version, file }));
}

async function chartIn(folder: string): Promise<Chart> {
  return loaded(await readChartFolder(folder, { file: folder, line: 1, column: 1 }), folder);
}

function loaded(files: ChartFiles, name: string): Chart {
  return withChart(name, undefined, () => loadChart(files));
}

/** The address behind `@name` and `alias:name`, which stand for repositories that `helm repo add` has made known. */
async function withoutAlias(dependency: ChartDependency, { environment }: FetchOptions): Promise<ChartDependency> {
  const alias = /^(?:@|alias:)(.+)$/.exec(dependency.repository)?.[1];
  if (alias === undefined) return dependency;
  const known = (await knownRepositories(environment)).find(({ name }) => name === alias);
  if (known !== undefined) return { ...dependency, repository: known.url };
  const details = {
    reference: dependency.repository,
    reason: 'helm repo add has made no repository of this name known',
  };
  throw new NaruError('CHART_REFERENCE_INVALID', details);
}

async function lockIn(folder: string, name: string): Promise<DependencyLock | undefined> {
  try {
    const text = await readFile(join(folder, name), 'utf8');
    return withChart(join(folder, name), undefined, () => readLock(text));
  } catch (error) {
    if (fileFault(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function pack(wanted: LockedDependency, folder: string, source: ChartSource): Promise<Packed> {
  const { name, repository, version } = wanted;
  if (repository === '') return { ...(await localChart(wanted, join(folder, 'charts', name))), archive: undefined };
  if (repository.startsWith('file://')) {
    const { files, ...found } = await localChart(wanted, resolve(folder, repository.slice('file://'.length)));
    return { ...found, archive: packChart(found.name, files) };
  }
  const reference = repository.startsWith('oci://')
    ? readReference(`${repository.replace(/\/+$/, '')}/${name}`, { version })
    : readReference(name, { repository, version });
  if (reference.kind === 'local' || reference.kind === 'archive') throw new Error(`${reference.kind} for a dependency`);
  const { archive, address } = await source.fetch(reference);
  const { metadata } = withChart(address, undefined, () => loadChart(readArchive(archive)));
  const file = join('charts', `${fileName(`${metadata.name}-${metadata.version}`)}.tgz`);
  return { name: metadata.name, version: metadata.version, file, archive };
}

async function localChart(
  { name, version }: LockedDependency,
  folder: string,
): Promise<VendoredChart & { readonly files: ChartFiles }> {
  const files = await readChartFolder(folder, { file: folder, line: 1, column: 1 });
  const { metadata } = loaded(files, folder);
  selectVersion([metadata.version], version, { chart: name, source: folder });
  const file = join('charts', `${fileName(`${metadata.name}-${metadata.version}`)}.tgz`);
  return { name: metadata.name, version: metadata.version, file, files };
}

async function store(folder: string, packed: readonly Packed[]): Promise<void> {
  const charts = join(folder, 'charts');
  const kept = new Set(packed.map(({ file }) => file));
  const here = new Set(packed.filter(({ archive }) => archive === undefined).map(({ name }) => name));
  try {
    if (packed.length > 0) await mkdir(charts, { recursive: true });
    for (const { file, archive } of packed) if (archive !== undefined) await replace(join(folder, file), archive);
    for (const name of await readdir(charts).catch(() => [])) {
      const file = join('charts', name);
      if (!name.endsWith('.tgz') || kept.has(file)) continue;
      const outdated = nameOf(await readFile(join(folder, file)));
      if (outdated !== undefined && !here.has(outdated)) await rm(join(folder, file));
    }
  } catch (error) {
    throw new NaruError('OUTPUT_UNWRITABLE', { file: charts, reason: fileFault(error) }, { cause: error });
  }
}

/** Undefined for what is no chart; that is nothing of ours to remove. */
function nameOf(archive: Uint8Array): string | undefined {
  try {
    return loadChart(readArchive(archive)).metadata.name;
  } catch (error) {
    if (error instanceof ChartError) return undefined;
    throw error;
  }
}

async function storeLock(
  file: string,
  asked: readonly ChartDependency[],
  dependencies: readonly LockedDependency[],
): Promise<void> {
  const digest = lockDigest(asked, dependencies);
  const before = await readFile(file, 'utf8').catch(() => '');
  if (before.includes(digest)) return;
  try {
    await replace(file, Buffer.from(lockText({ dependencies, digest }, new Date())));
  } catch (error) {
    throw new NaruError('OUTPUT_UNWRITABLE', { file, reason: fileFault(error) }, { cause: error });
  }
}

async function replace(file: string, content: Uint8Array): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  try {
    await writeFile(draft, content);
    await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
}
