import { type Component, refuseErrors } from '@naru/core';
import { loadCatalog } from '@naru/engine';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import type { CatalogOutput } from '../printers/output.ts';
import { jsonText, plainLine } from '../printers/plain.ts';
import { table } from '../printers/table.ts';
import { examples, newCommand } from './command.ts';
import { withOutput } from './platform-options.ts';

interface Flags {
  readonly output: 'text' | 'json';
}

/** Shows the components that come with Naru: what they are, what they provide and what they need. */
export function catalogListCommand(context: Context): Command {
  const { io, messages, language } = context;
  return withOutput(newCommand('list', context).description(messages.commands['catalog list']), context)
    .addHelpText('after', examples(context, 'naru catalog list', 'naru catalog list -o json'))
    .action(async (flags: Flags) => {
      const { catalog, findings } = await loadCatalog(io.catalogFolder);
      refuseErrors(findings);
      const components = [...catalog.components.values()].map(({ spec }) => spec);
      if (flags.output === 'json') io.print(jsonText(outputOf(components, language)));
      else {
        const rows = components.map((component) => rowOf(component, language));
        io.print(table([[...messages.catalogColumns], ...rows]));
      }
    });
}

function rowOf({ metadata, spec }: Component, language: 'en' | 'ko'): readonly string[] {
  const { provides = {}, needs = {} } = spec;
  const wanted = Object.values(needs).map(({ capability, optional }) => `${capability}${optional === true ? '?' : ''}`);
  const cells = [
    metadata.name,
    spec.version,
    Object.keys(provides).join(', '),
    wanted.join(', '),
    spec.title[language],
  ];
  return cells.map((cell) => (cell === '' ? '—' : plainLine(cell)));
}

function outputOf(components: readonly Component[], language: 'en' | 'ko'): CatalogOutput {
  return {
    components: components.map(({ metadata, spec }) => ({
      name: metadata.name,
      title: spec.title[language],
      ...(spec.description === undefined ? {} : { description: spec.description[language] }),
      version: spec.version,
      license: spec.license,
      provides: Object.keys(spec.provides ?? {}),
      needs: Object.entries(spec.needs ?? {}).map(([alias, { capability, optional }]) => ({
        alias,
        capability,
        optional: optional === true,
      })),
      settings: Object.entries(spec.settings ?? {}).map(([name, setting]) => ({
        name,
        ...(setting.description === undefined ? {} : { description: setting.description[language] }),
        schema: setting.schema,
        ...(setting.default === undefined ? {} : { default: setting.default }),
      })),
      sizes: Object.keys(spec.sizes ?? {}),
    })),
  };
}
