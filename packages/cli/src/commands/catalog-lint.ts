import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Finding, sortFindings } from '@naru/core';
import { lintFolder, loadCatalog } from '@naru/engine';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { Exit } from '../exit.ts';
import { findingJson } from '../printers/error-text.ts';
import { findingsText } from '../printers/findings-text.ts';
import type { CheckOutput } from '../printers/output.ts';
import { jsonText } from '../printers/plain.ts';
import { examples, newCommand } from './command.ts';
import { withOutput } from './platform-options.ts';

interface Flags {
  readonly output: 'text' | 'json';
}

/** Tries components alone, before a platform does: those of some folders, or all that come with Naru. */
export function catalogLintCommand(context: Context): Command {
  const { io, messages } = context;
  const command = newCommand('lint', context)
    .description(messages.commands['catalog lint'])
    .argument('[folders...]', messages.arguments.componentFolders);
  return withOutput(command, context)
    .addHelpText(
      'after',
      examples(context, 'naru catalog lint', 'naru catalog lint examples/webshop/components/backend'),
    )
    .action(async (named: readonly string[], flags: Flags) => {
      const folders = named.length > 0 ? named : await shipped(io.catalogFolder);
      const all: Finding[] = [];
      for (const folder of folders) all.push(...(await lintFolder(folder, { environment: io.environment })));
      const findings = sortFindings(all);
      if (flags.output === 'json') {
        const found: CheckOutput = { findings: findings.map((finding) => findingJson(finding, context)) };
        io.print(jsonText(found));
      } else {
        const text = findingsText(findings, context);
        if (text !== '') io.print(`${text}\n`);
        const count = (severity: Finding['severity']): number =>
          findings.filter((finding) => finding.severity === severity).length;
        io.print(`${messages.linted(folders.length, count('error'), count('warning'))}\n`);
      }
      if (findings.some(({ severity }) => severity === 'error')) throw new Exit(2);
    });
}

async function shipped(folder: string): Promise<readonly string[]> {
  const { catalog } = await loadCatalog(folder);
  const known = new Set(catalog.components.keys());
  // What cannot be read is no component of the catalog, and is told all the same.
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => known.has(entry.name) || (entry.isDirectory() && entry.name !== 'profiles'))
    .map(({ name }) => join(folder, name))
    .toSorted();
}
