import { type Composition, compose, refuseErrors, sortFindings } from '@naru/core';
import { loadSources, siteOf } from '@naru/engine';
import type { Context } from '../context.ts';
import { findingText } from '../printers/error-text.ts';
import { type FolderFlags, prepareOptions } from './platform-options.ts';

/** What a site receives, before any chart is rendered; warnings are told. Throws a `Refusal` when there is an error. */
export async function composeFolder(folder: string, flags: FolderFlags, context: Context): Promise<Composition> {
  const options = prepareOptions(folder, flags, context);
  const sources = await loadSources(options);
  const composing = compose(sources, siteOf(sources, options.site), options.overrides);
  const findings = sortFindings(composing.findings);
  refuseErrors(findings);
  for (const finding of findings) context.io.tell(`${findingText(finding, context)}\n`);
  if (composing.composition === undefined) throw new TypeError('nothing composed and nothing found');
  return composing.composition;
}
