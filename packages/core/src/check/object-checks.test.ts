import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import table from '../../data/kubernetes-api.json' with { type: 'json' };
import { filesOf, formatFindings, goldenCases } from '../../testing/golden.ts';
import { sourcesOf } from '../../testing/sources.ts';
import { kubernetesApi } from '../api/kubernetes-api.ts';
import { compose } from '../compose/compose.ts';
import { OBJECT_ERRORS } from '../error/object-errors.ts';
import { WIRING_ERRORS } from '../error/wiring-errors.ts';
import type { Finding } from '../finding/finding.ts';
import { compile, DEFAULT_KUBERNETES_VERSION } from '../revision/compile.ts';
import { check } from './check.ts';

const kept = { seed: 'ab'.repeat(32), bornAt: Date.UTC(2026, 10, 21) };

/**
 * A folder per code, with what has the fault and what has not: `fails` and `passes`, each a platform folder or the manifests of one
 * component. They are the examples of the reference page.
 */
describe('checks of objects', () => {
  it.each(goldenCases('check'))('$name', async ({ name, folder }) => {
    const [fails, passes] = ['fails', 'passes'].map((side) => findings(folder, side));

    await expect(formatFindings(fails ?? [])).toMatchFileSnapshot(join(folder, 'expected.txt'));
    expect(new Set(fails?.map(({ error }) => error.code))).toContain(name);
    expect(formatFindings(passes ?? [])).toBe('');
  });

  it('have an example of each of their codes', () => {
    expect(goldenCases('check').map(({ name }) => name)).toEqual(
      Object.keys({ ...OBJECT_ERRORS, ...WIRING_ERRORS }).toSorted(),
    );
  });
});

function findings(folder: string, side: string): readonly Finding[] {
  const single = join(folder, `${side}.yaml`);
  const site = join(folder, 'site.yaml');
  const files = existsSync(single)
    ? aroundManifests(readFileSync(single, 'utf8'), existsSync(site) ? readFileSync(site, 'utf8') : '{}')
    : filesOf(join(folder, side));
  const sources = sourcesOf(files);
  const composing = compose(sources, 'dev');
  const { composition } = composing;
  const version = composition?.site.kubernetesVersion ?? DEFAULT_KUBERNETES_VERSION;
  return check(sources, composing, composition && compile(composition, kept), {
    api: kubernetesApi(table, version),
  });
}

function aroundManifests(manifests: string, site: string): ReadonlyMap<string, string> {
  const head = (kind: string, name: string): string =>
    `apiVersion: naru.dev/v1alpha1\nkind: ${kind}\nmetadata: { name: ${name} }\n`;
  return new Map([
    ['platform.yaml', `${head('Platform', 'shop')}spec:\n  components:\n    web: { namespace: shop }\n`],
    ['sites/dev.yaml', `${head('Site', 'dev')}spec:\n  ${site.trim()}\n`],
    ['components/web/manifests/all.yaml', manifests],
  ]);
}
