import {
  ChartError,
  checkReleaseName,
  formatTemplateFiles,
  formatTemplateOutput,
  loadChart,
  type OutputOptions,
  type RenderedChart,
  renderChart,
  renderReleaseName,
} from '@naru/chart';
import { NaruError } from '@naru/core';
import { readChart } from '@naru/engine';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { batchFlags, withBatch } from './batch-options.ts';
import { chartRefusal } from './chart-refusal.ts';
import { type SourceFlags, withSource } from './chart-source-options.ts';
import { publishedFiles } from './published-files.ts';
import { checkTemplateFlags, type TemplateFlags, withTemplate } from './chart-template-options.ts';
import { valuesOf } from './chart-values.ts';
import { examples, newCommand } from './command.ts';
import { randomBytes } from './random-bytes.ts';

interface Flags extends SourceFlags, TemplateFlags {}

interface Told {
  readonly flags: Flags;
  readonly context: Context;
}

const DEFAULT_RELEASE = 'release-name';
const WORLD = { random: { bytes: randomBytes }, now: Date.now };

/** Prints what `helm template` prints, byte for byte. */
export function chartTemplateCommand(context: Context): Command {
  const command = newCommand('template', context)
    .description(context.messages.commands['chart template'])
    .argument('[name-or-chart]', context.messages.arguments.nameOrChart)
    .argument('[chart]', context.messages.arguments.chart);
  return withBatch(withSource(withTemplate(command, context), context), context)
    .addHelpText(
      'after',
      examples(
        context,
        'naru chart template cache catalog/valkey/chart --set maxMemory=256mb --set-string config.timeout=300',
        'naru chart template catalog/postgresql/chart -n data',
      ),
    )
    .action(async (first: string | undefined, second: string | undefined, flags: Flags, called: Command) => {
      const batch = batchFlags(called, context);
      if (batch !== undefined) return await (await import('./chart-batch.ts')).templateBatch(batch, context);
      if (first === undefined) {
        throw new NaruError('USAGE_INVALID', { reason: context.messages.usage.missingArgument('name-or-chart') });
      }
      checkTemplateFlags(flags, second !== undefined, context);
      await (second === undefined
        ? template(undefined, first, { flags, context })
        : template(first, second, { flags, context }));
    });
}

async function template(given: string | undefined, path: string, { flags, context }: Told): Promise<void> {
  const values = await valuesOf(flags, context);
  const files =
    (await publishedFiles(path, flags, context)) ?? (await readChart(path, { file: path, line: 1, column: 1 }));
  const { name, rendered } = refusing(path, () => {
    const chart = loadChart(files);
    const release = given ?? nameOf(flags);
    checkReleaseName(release);
    return {
      name: release,
      rendered: renderChart(chart, {
        ...WORLD,
        release: { name: release, namespace: flags.namespace, isUpgrade: flags.isUpgrade === true },
        values,
        capabilities: { kubeVersion: flags.kubeVersion, apiVersions: flags.apiVersions },
        skipSchemaValidation: flags.skipSchemaValidation === true,
      }),
    };
  });
  const { outputDir: folder } = flags;
  if (folder !== undefined) {
    return await writeTemplates(rendered, { folder, name: flags.releaseName === true ? name : '' }, { flags, context });
  }
  context.io.print(refusing(path, () => formatTemplateOutput(rendered, outputOptions(flags))));
}

/** Writes the templates below a folder, and says so in Helm's words, whose last line is empty. */
async function writeTemplates(
  rendered: RenderedChart,
  { folder, name }: { readonly folder: string; readonly name: string },
  { flags, context }: Told,
): Promise<void> {
  const { writeFiles } = await import('./chart-output.ts');
  const files = formatTemplateFiles(rendered, outputOptions(flags));
  const written = await writeFiles(
    folder,
    files.map(([path, text]) => [`${name}/${path}`, text] as const),
  );
  context.io.print([...written.map((file) => `wrote ${file}\n`), '\n'].join(''));
}

function nameOf({ nameTemplate }: Flags): string {
  return nameTemplate === undefined ? DEFAULT_RELEASE : renderReleaseName(nameTemplate, WORLD);
}

function outputOptions(flags: Flags): OutputOptions {
  return {
    includeCrds: flags.includeCrds === true,
    skipTests: flags.skipTests === true,
    noHooks: !flags.hooks,
    showOnly: flags.showOnly,
  };
}

/** What the chart engine refuses becomes an error of ours that names the chart. */
function refusing<T>(chart: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ChartError)) throw error;
    throw chartRefusal(chart, error);
  }
}
