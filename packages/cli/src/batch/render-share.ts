import { findingOf, NaruError, Refusal } from '@naru/core';
import { type OutputCache, openOutputCache } from '@naru/engine';
import type { Wording } from '../context.ts';
import { messagesIn } from '../language/translations.ts';
import { findingJson, findingText } from '../printers/error-text.ts';
import { paintFor } from '../printers/paint.ts';
import type { BatchOutput } from '../printers/output.ts';
import type { BatchRelease } from './batch-file.ts';
import { inputKey, inputReader, type ReleaseInput } from './release-input.ts';
import { writeOutput } from './write-output.ts';

/** What a thread needs to know to render releases of a batch. Plain data: it travels between threads. */
export interface Job {
  readonly releases: readonly BatchRelease[];
  readonly folder: string;
  readonly language: Wording['language'];
  /** Where the cache of outputs lies; undefined when none is to be used. */
  readonly cache: Readonly<Record<string, string | undefined>> | undefined;
  /** Index of the next release that no thread has taken, shared by all of them. */
  readonly cursor: Int32Array<SharedArrayBuffer>;
}

export type ReleaseOutcome = BatchOutput['releases'][number];
/** What became of the releases that one thread took, by their place in the batch. */
export type Share = ReadonlyMap<number, ReleaseOutcome>;

/**
 * Renders releases until all are taken, and writes the file of each. A release that is refused ends none of the others.
 * `afterEach` may end the work by throwing.
 */
export async function renderShare(job: Job, afterEach: () => Promise<void> = async () => {}): Promise<Share> {
  const { language } = job;
  const wording: Wording = { language, messages: messagesIn(language), paint: paintFor(false) };
  const cache = job.cache === undefined ? undefined : openOutputCache(job.cache);
  const read = inputReader();
  const share = new Map<number, ReleaseOutcome>();
  for (;;) {
    const index = Atomics.add(job.cursor, 0, 1);
    const release = job.releases[index];
    if (release === undefined) break;
    share.set(
      index,
      await finish(release, job.folder, { wording, render: async () => render(await read(release), wording, cache) }),
    );
    await afterEach();
  }
  if ([...share.values()].some(({ state }) => state === 'rendered')) cache?.trim();
  return share;
}

interface Finishing {
  readonly wording: Wording;
  readonly render: () => Promise<Rendering>;
}

interface Rendering {
  readonly state: 'rendered' | 'unchanged';
  readonly text: string;
}

async function finish(
  { name }: BatchRelease,
  folder: string,
  { wording, render: work }: Finishing,
): Promise<ReleaseOutcome> {
  let rendering: Rendering;
  try {
    rendering = await work();
  } catch (error) {
    const findings = findingsOf(error);
    const text = findings.map((finding) => findingText(finding, wording)).join('\n');
    const file = writeOutput(folder, name, 'err', text);
    return { name, state: 'failed', file, findings: findings.map((finding) => findingJson(finding, wording)) };
  }
  return { name, state: rendering.state, file: writeOutput(folder, name, 'yaml', rendering.text), findings: [] };
}

async function render(input: ReleaseInput, wording: Wording, cache: OutputCache | undefined): Promise<Rendering> {
  const key = cache === undefined ? '' : inputKey(input);
  const known = cache?.read(key);
  if (known !== undefined) return { state: 'unchanged', text: known };
  // Loaded for the first release that needs it: a run that finds everything in the cache must not wait for the engine.
  const { renderRelease } = await import('./render-release.ts');
  const { text, isRepeatable } = renderRelease(input, wording);
  if (isRepeatable) cache?.add(key, text);
  return { state: 'rendered', text };
}

function findingsOf(error: unknown) {
  if (error instanceof Refusal) return error.findings;
  if (error instanceof NaruError) return [findingOf(error)];
  throw error;
}
