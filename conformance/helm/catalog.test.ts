import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findHelm } from './find-helm.ts';
import { firstMaskedDifference } from './mask.ts';
import { type CaseOptions, helmArguments, renderOurs } from './render-case.ts';
import { runHelmAside } from './run-helm.ts';

const CATALOG = fileURLToPath(new URL('../../catalog/', import.meta.url));
const helm = findHelm(process.env);

const cases = readdirSync(CATALOG).flatMap((component) =>
  readdirSync(join(CATALOG, component, 'testdata')).map((name) => ({ component, name })),
);

if (helm === undefined) {
  describe('against the real Helm, the catalog', () => {
    it('renders what it renders', (context) => context.skip('no Helm 4.3 in NARU_HELM, the cache folder or the PATH'));
  });
} else {
  describe('against the real Helm, the catalog', () => {
    it.each(cases)('$component, $name', async ({ component, name }) => {
      const chart = join(CATALOG, component, 'chart');
      const values = [join(CATALOG, component, 'testdata', name, 'values.yaml')];
      const options: CaseOptions = { release: component, namespace: 'platform', kubeVersion: 'v1.36.3' };
      const ask = async (): Promise<string> => await runHelmAside(helm, helmArguments(chart, values, options));

      const [theirs, again] = await Promise.all([ask(), ask()]);
      const ours = renderOurs(chart, values, options);

      expect(theirs).toContain('\nkind: ');
      const line = firstMaskedDifference(theirs, again, ours) ?? -1;
      expect(ours.split('\n')[line]).toBe(theirs.split('\n')[line]);
      expect(line).toBe(-1);
    });
  });
}
