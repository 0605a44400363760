import { Engine } from '../execute/engine.ts';
import { TemplateSet } from '../execute/template-set.ts';
import { FUNCTIONS } from '../functions/function-table.ts';
import { ChartError } from '../error/chart-error.ts';
import { TemplateExecError, TemplateParseError } from '../template/template-error.ts';
import type { RenderOptions } from './render-options.ts';

const NAME = 'name-template';

/** The release name that a template such as `web-{{ randAlpha 6 | lower }}` gives. Throws `RELEASE_NAME_INVALID`. */
export function renderReleaseName(template: string, { random, now }: Pick<RenderOptions, 'random' | 'now'>): string {
  const set = new TemplateSet(FUNCTIONS);
  try {
    set.add(NAME, template);
    const engine = new Engine(set, {
      randomBytes: (count) => random.bytes(count, NAME),
      nowMilliseconds: now,
      lookup: () => new Map(),
    });
    return engine.execute(NAME, null);
  } catch (error) {
    if (!(error instanceof TemplateParseError) && !(error instanceof TemplateExecError)) throw error;
    throw new ChartError('RELEASE_NAME_INVALID', { reason: error.message }, { cause: error });
  }
}
