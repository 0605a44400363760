import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { stringifyYaml } from '@naru/chart';
import { API_VERSION, NaruError, suggest } from '@naru/core';
import { fileFault, loadCatalog } from '@naru/engine';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { examples, newCommand, option } from './command.ts';

interface Answers {
  readonly name: string;
  readonly components: readonly string[];
  readonly site: string;
}

/** What Kubernetes takes as the name of a namespace, and Naru as the name of a platform and of a site. */
const NAME = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

/** Makes a small platform folder that passes `check`, from answers or, with `--yes`, from what is sensible. */
export function initCommand(context: Context): Command {
  const { io, messages } = context;
  return newCommand('init', context)
    .argument('[folder]', messages.arguments.newFolder, '.')
    .addOption(option('--yes', 'yes', context))
    .addHelpText('after', examples(context, 'naru init shop --yes', 'naru init shop'))
    .action(async (folder: string, flags: { readonly yes?: true }) => {
      await refuseOccupied(folder);
      const suggestion = suggestionFor(folder);
      const answers =
        flags.yes === true || io.ask === undefined ? suggestion : await askAll(io.ask, suggestion, context);
      await writeFolder(folder, answers);
      io.print(`${messages.initDone(folder)}\n`);
    });
}

async function refuseOccupied(folder: string): Promise<void> {
  const entries = await readdir(folder).catch((error: unknown) => {
    if (fileFault(error) === 'ENOENT') return [];
    throw unwritable(folder, error);
  });
  if (entries.length > 0) throw new NaruError('FOLDER_OCCUPIED', { folder });
}

/** A platform's name from the folder's, in the letters that Kubernetes allows. */
function suggestionFor(folder: string): Answers {
  const name = basename(resolve(folder))
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, '-')
    .slice(0, 40)
    .replaceAll(/^-+|-+$/g, '');
  return { name: name === '' ? 'platform' : name, components: ['postgresql'], site: 'dev' };
}

async function askAll(
  ask: NonNullable<Context['io']['ask']>,
  suggestion: Answers,
  { io, messages }: Context,
): Promise<Answers> {
  const { catalog } = await loadCatalog(io.catalogFolder);
  const known = [...catalog.components.keys()];
  const or = (answer: string, otherwise: string): string => (answer.trim() === '' ? otherwise : answer.trim());
  const name = or(await ask(messages.askName(suggestion.name)), suggestion.name);
  refuseName('metadata.name', name);
  const usual = suggestion.components.join(', ');
  const components = or(await ask(messages.askComponents(known.join(', '), usual)), usual)
    .split(',')
    .map((component) => component.trim());
  for (const component of components) refuseUnknown(component, known);
  const site = or(await ask(messages.askSite(suggestion.site)), suggestion.site);
  refuseName('metadata.name', site);
  return { name, components: [...new Set(components)], site };
}

function refuseName(field: string, value: string): void {
  if (!NAME.test(value)) throw new NaruError('FIELD_INVALID', { field, value, allowed: NAME.source });
}

function refuseUnknown(component: string, known: readonly string[]): void {
  if (known.includes(component)) return;
  const details = { component, suggestion: suggest(component, known), known: known.join(', ') };
  throw new NaruError('COMPONENT_UNKNOWN', details);
}

async function writeFolder(folder: string, { name, components, site }: Answers): Promise<void> {
  // A name such as `1e3` or `on` is a text only in quotes.
  const scalar = (text: string): string => stringifyYaml(text).trim();
  const platform = [
    `apiVersion: ${API_VERSION}`,
    'kind: Platform',
    `metadata: { name: ${scalar(name)} }`,
    'spec:',
    '  version: 0.1.0',
    '  components:',
    ...components.map((component) => `    ${component}: {}`),
    '',
  ];
  const siteFile = [
    `apiVersion: ${API_VERSION}`,
    'kind: Site',
    `metadata: { name: ${scalar(site)} }`,
    'spec:',
    '  connectivity: online',
    '',
  ];
  try {
    await mkdir(join(folder, 'sites'), { recursive: true });
    await writeFile(join(folder, 'platform.yaml'), platform.join('\n'), { flag: 'wx' });
    await writeFile(join(folder, 'sites', `${site}.yaml`), siteFile.join('\n'), { flag: 'wx' });
  } catch (error) {
    throw unwritable(folder, error);
  }
}

function unwritable(folder: string, error: unknown): NaruError {
  return new NaruError('OUTPUT_UNWRITABLE', { file: folder, reason: fileFault(error) }, { cause: error });
}
