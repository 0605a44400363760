import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NaruError } from '@naru/core';
import { fileFault } from '@naru/engine';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import type { PullOutput } from '../printers/output.ts';
import { jsonText, plainLine } from '../printers/plain.ts';
import { type SourceFlags, withSource } from './chart-source-options.ts';
import { examples, newCommand, option } from './command.ts';
import { withOutput } from './platform-options.ts';

interface Flags extends SourceFlags {
  readonly out: string;
  readonly prov?: true;
  readonly output: 'text' | 'json';
}

/** Fetches the archive of a chart, byte for byte as it was published, and tells the digest that pins it. */
export function chartPullCommand(context: Context): Command {
  const { io, messages } = context;
  const command = newCommand('pull', context)
    .description(messages.commands['chart pull'])
    .argument('<chart>', messages.arguments.chartSource)
    .addOption(option('--out <folder>', 'pullOut', context).default('.'))
    .addOption(option('--prov', 'prov', context));
  return withOutput(withSource(command, context), context)
    .addHelpText(
      'after',
      examples(
        context,
        "naru chart pull web --repo https://charts.example.com --version '^1.2'",
        'naru chart pull oci://registry.example.com/charts/web:1.2.0',
      ),
    )
    .action(async (written: string, flags: Flags) => {
      // Loaded now: rendering a chart, which starts with the same commands, must not wait for what fetching takes.
      const { fetchNamed } = await import('./fetch-chart.ts');
      const published = await fetchNamed(written, flags, context);
      if (published === undefined) throw alreadyHere(written);
      const { name, archive, provenance, digest, address } = published;
      const file = join(flags.out, `${name}.tgz`);
      const signature = flags.prov === true && provenance !== undefined ? `${file}.prov` : undefined;
      await write(flags.out, file, archive);
      if (signature !== undefined && provenance !== undefined) await write(flags.out, signature, provenance);
      const output: PullOutput = { file, digest, source: address, ...(signature === undefined ? {} : { signature }) };
      if (flags.output === 'json') io.print(jsonText(output));
      else {
        io.print(`${[file, ...(signature === undefined ? [] : [signature])].map(plainLine).join('\n')}\n`);
        io.tell(`${messages.pulled(address, digest)}\n`);
      }
    });
}

function alreadyHere(path: string): NaruError {
  return new NaruError('CHART_REFERENCE_INVALID', { reference: path, reason: 'it is a path on this disk' });
}

/** Under its name there is all of it or nothing. */
async function write(folder: string, file: string, content: Uint8Array): Promise<void> {
  const draft = join(folder, `.${randomUUID()}`);
  try {
    await mkdir(folder, { recursive: true });
    try {
      await writeFile(draft, content);
      await rename(draft, file);
    } finally {
      await rm(draft, { force: true });
    }
  } catch (error) {
    throw new NaruError('OUTPUT_UNWRITABLE', { file, reason: fileFault(error) }, { cause: error });
  }
}
