import { DISPLAY_SEED, loadSources, prepare } from '@naru/engine';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import type { ImagesOutput } from '../printers/output.ts';
import { jsonText, plainLine } from '../printers/plain.ts';
import { table } from '../printers/table.ts';
import { examples, newCommand } from './command.ts';
import { type FolderFlags, prepareOptions, withFolder, withOutput } from './platform-options.ts';

interface Flags extends FolderFlags {
  readonly output: 'text' | 'json';
}

/** Lists every image that the platform names, in pods or where the rules of a component say: what must be reachable, mirrored or bundled. */
export function imagesCommand(context: Context): Command {
  const command = withOutput(withFolder(newCommand('images', context), context), context);
  return command
    .addHelpText(
      'after',
      examples(context, 'naru images examples/hello --site dev', 'naru images examples/hello --site prod -o json'),
    )
    .action(async (folder: string, flags: Flags) => {
      const options = prepareOptions(folder, flags, context);
      const { revision } = await prepare(await loadSources(options), options, DISPLAY_SEED);
      const uses = revision.components.flatMap(({ name, objects }) =>
        objects.flatMap(({ key, images }) =>
          images.map(({ image, path, before }) => ({
            image,
            component: name,
            object: key,
            path: pathText(path),
            within: before === undefined ? withinPod(path) : pathText(path),
          })),
        ),
      );
      const sorted = uses.toSorted(
        (a, b) => order(a.image, b.image) || order(a.object, b.object) || order(a.path, b.path),
      );
      if (flags.output === 'json') {
        const images: ImagesOutput['images'] = sorted.map(({ within: _, ...use }) => use);
        context.io.print(jsonText({ images }));
        return;
      }
      const rows = sorted.map(({ image, component, object, within }) => [
        plainLine(image),
        component,
        plainLine(object),
        plainLine(within),
      ]);
      context.io.print(table([context.messages.imageColumns, ...rows]));
    });
}

/** As a plan writes paths: `spec.template.spec.containers[0].image`. */
function pathText(path: readonly (string | number)[]): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');
}

/** What a person wants to know of that path: `containers[0]`. */
function withinPod(path: readonly (string | number)[]): string {
  const index = path.findIndex((step) => typeof step === 'number');
  return pathText(path.slice(index - 1, index + 1));
}

function order(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
