import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringifyYaml } from '@naru/chart';
import { isRecord, type Manifest, MASK, NAMESPACES, NaruError, type RevisionComponent } from '@naru/core';
import { DISPLAY_SEED, fileFault, loadSources, prepare } from '@naru/engine';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { tellFindings } from '../printers/findings-text.ts';
import { isHostile, jsonText, plainLine } from '../printers/plain.ts';
import { examples, newCommand, option } from './command.ts';
import { type FolderFlags, prepareOptions, withFolder, withOutput } from './platform-options.ts';

interface Flags extends FolderFlags {
  readonly output: 'yaml' | 'json';
  readonly out?: string;
}

/** Prints every object, with the data of Secrets masked: a rendered tree ends up in files, tickets and Git. */
export function renderCommand(context: Context): Command {
  const command = withOutput(withFolder(newCommand('render', context), context), context, ['yaml', 'json']);
  return command
    .addOption(option('--out <folder>', 'out', context))
    .addHelpText(
      'after',
      examples(
        context,
        'naru render examples/hello --site dev',
        'naru render examples/hello --site prod --out rendered',
      ),
    )
    .action(async (folder: string, flags: Flags) => {
      const options = prepareOptions(folder, flags, context);
      const { revision, findings } = await prepare(await loadSources(options), options, DISPLAY_SEED);
      tellFindings(findings, context);
      if (flags.out === undefined) context.io.print(shown(revision.components, flags.output));
      else await writeTree(flags.out, revision.components, { output: flags.output, context });
    });
}

function shown(components: readonly RevisionComponent[], output: Flags['output']): string {
  if (output === 'yaml') return components.map(yamlOf).join('');
  const items = components.flatMap(({ objects }) => objects.map(({ manifest }) => masked(manifest)));
  return jsonText({ apiVersion: 'v1', kind: 'List', items });
}

function yamlOf({ name, objects }: RevisionComponent): string {
  return objects
    .map(({ manifest, source }) => {
      const title = plainLine(source === undefined ? name : `${name}: ${source}`);
      return `---\n# ${title}\n${documentOf(masked(manifest)).trimEnd()}\n`;
    })
    .join('');
}

/** YAML; for an object with characters that a terminal obeys its JSON, which is YAML too and writes them as escapes. */
function documentOf(manifest: Manifest): string {
  return isHostile(manifest) ? jsonText(manifest) : stringifyYaml(manifest);
}

function masked(manifest: Manifest): Manifest {
  if (manifest.kind !== 'Secret') return manifest;
  const hidden = ['data', 'stringData'].flatMap((field) => {
    const data = manifest[field];
    return isRecord(data) ? [[field, Object.fromEntries(Object.keys(data).map((key) => [key, MASK]))] as const] : [];
  });
  return { ...manifest, ...Object.fromEntries(hidden) };
}

async function writeTree(
  folder: string,
  components: readonly RevisionComponent[],
  { output, context: { io, messages } }: { readonly output: Flags['output']; readonly context: Context },
): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    for (const component of components) {
      const name = component.name === NAMESPACES ? 'namespaces' : component.name;
      await writeFile(join(folder, `${name}.${output}`), shown([component], output));
    }
  } catch (error) {
    throw new NaruError('OUTPUT_UNWRITABLE', { file: folder, reason: fileFault(error) }, { cause: error });
  }
  io.tell(`${messages.written(components.length, folder)}\n`);
}
