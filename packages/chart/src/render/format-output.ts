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
  const hooks = options.noHooks === true ? [] : rendered.hooks;
  const shownHooks = hooks.filter((hook) => options.skipTests !== true || !hook.events.includes('test'));
  const body = [...crds, ...rendered.manifests].map(formatDocument).join('');
  const all = `${trimSpace(body)}\n${shownHooks.map(formatDocument).join('')}`;
  return options.showOnly === undefined || options.showOnly.length === 0 ? all : select(all, options.showOnly);
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
