import { type Finding, findingOf, NAMESPACES, NaruError, Refusal, type Severity, sortFindings } from '@naru/core';
import { DISPLAY_SEED, folderChanges, loadSources, prepare } from '@naru/engine';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { Exit } from '../exit.ts';
import { duration } from '../printers/duration.ts';
import { findingJson } from '../printers/error-text.ts';
import { findingsText } from '../printers/findings-text.ts';
import type { CheckOutput } from '../printers/output.ts';
import { jsonText } from '../printers/plain.ts';
import { sarifOf } from '../printers/sarif.ts';
import { examples, newCommand, option } from './command.ts';
import { type FolderFlags, prepareOptions, withFolder, withOutput } from './platform-options.ts';

interface Flags extends FolderFlags {
  readonly output: 'text' | 'json' | 'sarif';
  readonly failOn: 'error' | 'warning' | 'info';
  readonly watch?: true;
}

const RANK: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };

/** Reports every finding; needs no cluster and leaves nothing behind. Without `--site` every site is checked. */
export function checkCommand(context: Context): Command {
  const command = withOutput(withFolder(newCommand('check', context), context), context, ['text', 'json', 'sarif']);
  return command
    .addOption(option('--fail-on <severity>', 'failOn', context).choices(['error', 'warning', 'info']).default('error'))
    .addOption(option('--watch', 'watch', context))
    .addHelpText(
      'after',
      examples(context, 'naru check examples/hello --site dev', 'naru check examples/hello -o json'),
    )
    .action(async (folder: string, flags: Flags) => {
      if (flags.watch === true) await watch(folder, flags, context);
      const found = await findAll(folder, flags, context);
      print(found, flags.output, context);
      const least = RANK[flags.failOn];
      if (found.findings.some(({ severity, waived }) => waived === undefined && RANK[severity] >= least))
        throw new Exit(2);
    });
}

/** Checks again whenever a file has changed, until the person ends it: then the command has done what was asked of it last. */
async function watch(folder: string, flags: Flags, context: Context): Promise<void> {
  const { io, messages } = context;
  for await (const _ of folderChanges(folder, io.interrupt)) {
    const started = performance.now();
    print(await findAll(folder, flags, context), flags.output, context);
    io.tell(`${messages.watching(folder, duration(performance.now() - started))}\n`);
  }
  io.interrupt.throwIfAborted();
}

interface Found {
  readonly findings: readonly Finding[];
  readonly components: number;
  readonly objects: number;
}

async function findAll(folder: string, flags: Flags, context: Context): Promise<Found> {
  const options = prepareOptions(folder, flags, context);
  const findings = new Map<string, Finding>();
  let components = 0;
  let objects = 0;
  const collect = (found: readonly Finding[]): void => {
    // What is wrong with the platform itself is found at every site, and told once.
    for (const finding of found)
      findings.set(`${finding.error.code}${JSON.stringify(finding.error.place)}${finding.error.message}`, finding);
  };
  try {
    const sources = await loadSources(options);
    const sites = flags.site === undefined ? [...sources.sites.keys()] : [flags.site];
    // Nothing would be looked at, and nothing found.
    if (sites.length === 0) collect([findingOf(new NaruError('SITE_UNNAMED', { known: '' }))]);
    for (const site of sites) {
      try {
        const { revision, findings: found } = await prepare(sources, { ...options, site }, DISPLAY_SEED);
        collect(found);
        const named = revision.components.filter(({ name }) => name !== NAMESPACES);
        components = Math.max(components, named.length);
        objects = Math.max(objects, revision.components.flatMap((component) => component.objects).length);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        collect(error.findings);
      }
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    collect(error.findings);
  }
  return { findings: sortFindings([...findings.values()]), components, objects };
}

function print({ findings, components, objects }: Found, output: Flags['output'], context: Context): void {
  const { io, messages } = context;
  if (output === 'json') {
    const found: CheckOutput = { findings: findings.map((finding) => findingJson(finding, context)) };
    io.print(jsonText(found));
    return;
  }
  if (output === 'sarif') {
    io.print(jsonText(sarifOf(findings, context)));
    return;
  }
  const open = findings.filter(({ waived }) => waived === undefined);
  const count = (wanted: Severity): number => open.filter(({ severity }) => severity === wanted).length;
  const text = findingsText(open, context);
  if (text !== '') io.print(`${text}\n`);
  const [errors, warnings] = [count('error'), count('warning')];
  const verdict =
    errors === 0 ? messages.checkPassed(components, objects, warnings) : messages.checkFound(errors, warnings);
  const waived = findings.length - open.length;
  io.print(`${verdict}${waived === 0 ? '' : ` ${messages.waived(waived)}`}\n`);
}
