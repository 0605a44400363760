import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseYaml } from '@naru/chart';
import type { CaseOptions } from './render-case.ts';

/** One chart of our own corpus with one set of values, and what the real Helm wrote for it. */
export interface CorpusCase {
  readonly name: string;
  readonly chart: string;
  readonly valueFiles: readonly string[];
  readonly options: CaseOptions;
  readonly expectedFile: string;
}

const CHARTS = fileURLToPath(new URL('../charts/', import.meta.url));

/** Every case: a folder beside `chart/`, with flags in `case.yaml` and values in `values-*.yaml`, in that order. */
export function corpusCases(): CorpusCase[] {
  return readdirSync(CHARTS).flatMap((family) =>
    readdirSync(join(CHARTS, family))
      .filter((name) => name !== 'chart' && existsSync(join(CHARTS, family, name, 'case.yaml')))
      .map((name) => {
        const folder = join(CHARTS, family, name);
        const files = readdirSync(folder).filter((file) => /^values-.*\.yaml$/.test(file));
        return {
          name: `${family}/${name}`,
          chart: join(CHARTS, family, 'chart'),
          valueFiles: files.sort().map((file) => join(folder, file)),
          options: parseYaml(readFileSync(join(folder, 'case.yaml'), 'utf8')) as CaseOptions,
          expectedFile: join(folder, 'expected.yaml'),
        };
      }),
  );
}
