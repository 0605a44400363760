import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { NaruError } from '@naru/core';
import { fileFault } from '@naru/engine';
import { readBatch } from '../batch/batch-file.ts';
import { renderBatch } from '../batch/render-batch.ts';
import type { ReleaseOutcome } from '../batch/render-share.ts';
import type { Context } from '../context.ts';
import { Exit } from '../exit.ts';
import type { BatchOutput } from '../printers/output.ts';
import { jsonText, plainLine } from '../printers/plain.ts';
import type { BatchFlags } from './batch-options.ts';

/** More threads would each hold charts of their own, and the disk would wait for none of them. */
const MOST_THREADS = 4;

/** `naru chart template --batch`: one file per release. Ends with 2 when any was refused; the others are written. */
export async function templateBatch(flags: BatchFlags, { io, messages, language }: Context): Promise<void> {
  const releases = await readBatch(flags.batch);
  try {
    await mkdir(flags.out, { recursive: true });
  } catch (error) {
    throw new NaruError('OUTPUT_UNWRITABLE', { file: flags.out, reason: fileFault(error) }, { cause: error });
  }
  const { NARU_CACHE, XDG_CACHE_HOME, HOME } = io.environment;
  const job = {
    releases,
    folder: flags.out,
    language,
    cache: flags.cache ? { NARU_CACHE, XDG_CACHE_HOME, HOME } : undefined,
    cursor: new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)),
  };
  const threads = Math.min(availableParallelism(), MOST_THREADS);
  const outcomes = await renderBatch(job, { threads, interrupt: io.interrupt });
  const output: BatchOutput = { releases: [...outcomes] };
  if (flags.output === 'json') io.print(jsonText(output));
  for (const outcome of outcomes) if (outcome.state === 'failed') io.tell(`${failureLine(outcome)}\n`);
  const count = (wanted: ReleaseOutcome['state']): number => outcomes.filter(({ state }) => state === wanted).length;
  const failed = count('failed');
  io.tell(`${messages.batched({ rendered: count('rendered'), unchanged: count('unchanged'), failed }, flags.out)}\n`);
  if (failed > 0) throw new Exit(2);
}

/** The first line of what the `.err` file says. */
function failureLine({ file, findings: [finding] }: ReleaseOutcome): string {
  return plainLine(`${file}  ${finding?.code}  ${finding?.message.split('\n', 1)[0]}`);
}
