import { compileFileGlob } from '../chart/glob.ts';
import { ChartError } from '../error/chart-error.ts';
import { trimSpace } from '../functions/text.ts';
import type { RenderedChart } from './rendered-chart.ts';
import { splitManifests } from './split-manifests.ts';

export interface OutputOptions {
  readonly includeCrds?: boolean;
  readonly skipTests?: boolean;
  readonly noHooks?: boolean;
  /** Template paths without the chart's name, globs allowed: only these are written. */
  readonly showOnly?: readonly string[];
}

/** The exact bytes of `helm template`. Throws `VALUES_INVALID` when `showOnly` names a template that is not there. */
export function formatTemplateOutput(rendered: RenderedChart, options: OutputOptions = {}): string {
  const crds = options.includeCrds === true ? rendered.crds : [];
  const body = [...crds, ...rendered.manifests].map(formatDocument).join('');
  const all = `${trimSpace(body)}\n${shownHooks(rendered, options).map(formatDocument).join('')}`;
  return options.showOnly === undefined || options.showOnly.length === 0 ? all : select(all, options.showOnly);
}

/**
 * The same as files: what `helm template --output-dir` writes, by the paths of the templates, in the order in which they are
 * written. A file that several objects come from has all of them.
 */
export function formatTemplateFiles(
  rendered: RenderedChart,
  options: OutputOptions = {},
): readonly (readonly [string, string])[] {
  const crds = options.includeCrds === true ? rendered.crds : [];
  const files = new Map<string, string>();
  for (const document of [...crds, ...rendered.manifests, ...shownHooks(rendered, options)]) {
    files.set(document.template, (files.get(document.template) ?? '') + formatDocument(document));
  }
  return [...files];
}

function shownHooks({ hooks }: RenderedChart, { noHooks, skipTests }: OutputOptions): RenderedChart['hooks'] {
  if (noHooks === true) return [];
  return hooks.filter((hook) => skipTests !== true || !hook.events.includes('test'));
}

function formatDocument({ template, content }: { readonly template: string; readonly content: string }): string {
  return `---\n# Source: ${template}\n${content}\n`;
}

function select(all: string, patterns: readonly string[]): string {
  const documents = splitManifests(all).flatMap((content) => {
    const path = /# Source: [^/]+\/(.+)/.exec(content)?.[1];
    return path === undefined ? [] : [{ path, content }];
  });
  let out = '';
  for (const pattern of patterns) {
    const glob = compileFileGlob(pattern);
    const found = documents.filter(({ path }) => glob?.test(path) ?? false);
    if (found.length === 0) {
      throw new ChartError('VALUES_INVALID', { reason: `could not find template ${pattern} in chart` });
    }
    for (const { content } of found) out += `---\n${content}\n`;
  }
  return out;
}
