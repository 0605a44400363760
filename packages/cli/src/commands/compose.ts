import {
  type ComposedComponent,
  type Composition,
  isLeaf,
  type Leaf,
  maskCleartext,
  maskCleartextIn,
  type Traced,
  untrace,
} from '@naru/core';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { originText } from '../printers/origin-text.ts';
import type { ComposeOutput } from '../printers/output.ts';
import { jsonText, plainLine, valueText } from '../printers/plain.ts';
import { table } from '../printers/table.ts';
import { examples, newCommand } from './command.ts';
import { composeFolder } from './composition-source.ts';
import { type FolderFlags, withFolder, withOutput } from './platform-options.ts';

interface Flags extends FolderFlags {
  readonly output: 'text' | 'json';
}

/** Shows what a site receives before any chart is rendered. */
export function composeCommand(context: Context): Command {
  const command = withOutput(withFolder(newCommand('compose', context), context), context);
  return command
    .addHelpText(
      'after',
      examples(context, 'naru compose examples/hello --site dev', 'naru compose examples/hello --site prod -o json'),
    )
    .action(async (folder: string, flags: Flags) => {
      const composition = await composeFolder(folder, flags, context);
      context.io.print(
        flags.output === 'json' ? jsonText(outputOf(composition)) : compositionText(composition, context),
      );
    });
}

function outputOf({ platform, site, components }: Composition): ComposeOutput {
  return {
    platform: platform.name,
    ...(platform.version === undefined ? {} : { version: platform.version }),
    site: site.name,
    components: components.map(({ name, version, size, namespace, standsOn, bindings, secrets, settings, values }) => ({
      component: name,
      ...(version === undefined ? {} : { version }),
      ...(size === undefined ? {} : { size }),
      namespace,
      standsOn,
      bindings: bindings.map(({ alias, capability, provider, outputs }) => ({
        alias,
        capability,
        ...(provider === undefined ? {} : { provider }),
        outputs: maskCleartextIn(outputs),
      })),
      secrets,
      settings: maskCleartextIn(untrace(settings)),
      values: maskCleartextIn(untrace(values)),
    })),
  };
}

function compositionText({ platform, site, components }: Composition, context: Context): string {
  const head = context.messages.planHead(platform.name, platform.version, site.name);
  return [`${plainLine(head)}\n`, ...components.map((component) => componentText(component, context))].join('\n');
}

function componentText(component: ComposedComponent, { messages, paint }: Context): string {
  const { name, version, size, namespace, standsOn, bindings, secrets, settings } = component;
  const { composed } = messages;
  const title = [paint.bold(name), ...(version === undefined ? [] : [plainLine(version)])].join(' ');
  const rows = [
    [composed.namespace, namespace],
    ...(size === undefined ? [] : [[messages.layers.size, plainLine(size)]]),
    ...(standsOn.length === 0 ? [] : [[composed.standsOn, standsOn.join(', ')]]),
    ...bindings.map(({ alias, capability, provider }) => [
      composed.needs,
      `${plainLine(alias)} = ${plainLine(capability)} ← ${provider ?? composed.outside}`,
    ]),
  ];
  const kept = secrets.length === 0 ? [] : [[composed.secrets, secrets.join(', ')]];
  const set = leavesOf(settings, []).map(([path, { value, origin }]) => [
    composed.settings,
    `${plainLine(path)} = ${valueText(maskCleartext(path.split('.').at(-1) ?? '', value))}`,
    originText(origin, messages),
  ]);
  return `${title}\n${indented(table([...rows, ...kept, ...set]))}`;
}

function leavesOf(tree: Traced, above: readonly string[]): readonly (readonly [string, Leaf])[] {
  return Object.entries(tree).flatMap(([key, node]): readonly (readonly [string, Leaf])[] => {
    const path = [...above, key];
    return isLeaf(node) ? [[path.join('.'), node]] : leavesOf(node, path);
  });
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ');
}
