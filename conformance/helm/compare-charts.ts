import { ChartError, loadChart } from '@naru/chart';
import { NaruError } from '@naru/core';
import { readChart } from '@naru/engine';
import { firstMaskedDifference } from './mask.ts';
import { helmArguments, renderOurs, type World } from './render-case.ts';
import { runHelmAside } from './run-helm.ts';

/** A chart of somebody with one of the value files that came with it. */
export interface FolderCase {
  readonly chart: string;
  readonly valueFiles: readonly string[];
}

export interface Compared extends FolderCase {
  readonly verdict: 'identical' | 'both refuse' | 'other words' | 'differs';
  /** Parts that Helm writes differently each time were left out of the comparison. */
  readonly isMasked: boolean;
  /** The first line that differs, of both. */
  readonly difference?: string;
}

export interface Contenders {
  readonly helm: string;
  /** How many Helm processes run at once. */
  readonly jobs: number;
  readonly world: World;
}

/** Compares case after case, in the order given. */
export async function* compareCharts(cases: readonly FolderCase[], contenders: Contenders): AsyncGenerator<Compared> {
  const ask = ({ chart, valueFiles }: FolderCase): Promise<string> =>
    runHelmAside(contenders.helm, helmArguments(chart, valueFiles, {}));
  const ahead: Promise<string>[] = [];
  for (const [index, entry] of cases.entries()) {
    while (ahead.length < contenders.jobs && index + ahead.length < cases.length) {
      ahead.push(ask(cases[index + ahead.length] ?? entry));
    }
    const theirs = withoutFolder(await (ahead.shift() ?? ask(entry)), entry);
    const ours = withoutFolder(await renderEntry(entry, contenders.world), entry);
    yield { ...entry, ...(await judge(theirs, ours, async () => withoutFolder(await ask(entry), entry))) };
  }
}

/** Reads the chart as `naru chart template` does, so that links and packed charts count too. */
async function renderEntry({ chart, valueFiles }: FolderCase, world: World): Promise<string> {
  try {
    const files = await readChart(chart, { file: chart, line: 1, column: 1 });
    return renderOurs(loadChart(files), valueFiles, {}, world);
  } catch (error) {
    if (error instanceof ChartError || error instanceof NaruError) return `Error: ${error.message}\n`;
    throw error;
  }
}

type Judged = Omit<Compared, keyof FolderCase>;

async function judge(theirs: string, ours: string, askAgain: () => Promise<string>): Promise<Judged> {
  const refusals = [theirs, ours].filter((text) => text.startsWith('Error: ')).length;
  if (theirs === ours) return { verdict: refusals === 2 ? 'both refuse' : 'identical', isMasked: false };
  if (refusals === 2) return { verdict: 'other words', isMasked: false, difference: showLine(theirs, ours, 0) };
  if (refusals === 1) return { verdict: 'differs', isMasked: false, difference: showLine(theirs, ours, 0) };
  const line = firstMaskedDifference(theirs, await askAgain(), ours);
  if (line === undefined) return { verdict: 'identical', isMasked: true };
  return { verdict: 'differs', isMasked: false, difference: showLine(theirs, ours, line) };
}

function showLine(theirs: string, ours: string, from: number): string {
  const [a, b] = [theirs.split('\n'), ours.split('\n')];
  let line = from;
  while (line < a.length && a[line] === b[line]) line++;
  const show = (text: string | undefined): string => JSON.stringify(text)?.slice(0, 400) ?? 'nothing';
  return `  line ${line + 1}\n    Helm ${show(a[line])}\n    ours ${show(b[line])}`;
}

/** Refusals that name the chart's folder say the same wherever it stands. */
function withoutFolder(output: string, { chart }: FolderCase): string {
  return output.startsWith('Error: ') ? output.replaceAll(`${chart}/`, '').replaceAll(chart, '.') : output;
}
