import { stringifyYaml } from '@naru/chart';
import { describe, expect, it } from 'vitest';
import { filesOf, formatFindings, goldenCases } from '../../testing/golden.ts';
import { sourcesOf } from '../../testing/sources.ts';
import { check } from '../check/check.ts';
import { compose } from '../compose/compose.ts';
import { type Compiling, compile } from './compile.ts';
import type { Revision } from './revision.ts';

const kept = { seed: 'ab'.repeat(32), bornAt: Date.UTC(2026, 10, 21) };

/** A folder per case; each site is composed, compiled and checked. */
describe('compile', () => {
  it.each(goldenCases('compile'))('$name', async ({ folder }) => {
    const sources = sourcesOf(filesOf(folder));
    const printed = [...sources.sites.keys()].map((site) => {
      const composing = compose(sources, site);
      const compiling = composing.composition && compile(composing.composition, kept);
      const objects = compiling === undefined ? '' : formatRevision(compiling.revision);
      return `# site ${site}\n${objects}${formatFindings(check(sources, composing, compiling))}`;
    });

    await expect(printed.join('\n')).toMatchFileSnapshot(`${folder}/expected.txt`);
  });

  it('gives the same digest for the same input, and another for whatever the cluster would receive otherwise', () => {
    const files = new Map(filesOf(goldenCases('compile').find(({ name }) => name === 'chart')?.folder ?? ''));
    const digest = (edits: Readonly<Record<string, string>> = {}, seed = kept): string =>
      compiled(new Map([...files, ...Object.entries(edits)]), seed).revision.digest;

    expect(digest()).toBe(digest());
    expect(digest()).toMatch(/^sha256:[0-9a-f]{64}$/);
    // What no object says does not count: comments, and the texts for people.
    expect(digest({ 'components/web/chart/templates/NOTES.txt': 'other' })).toBe(digest());
    expect(digest({ 'platform.yaml': `# a comment\n${files.get('platform.yaml') ?? ''}` })).toBe(digest());
    expect(digest({ 'components/web/chart/values.yaml': 'replicas: 7\nimage: web:1\n' })).not.toBe(digest());
    expect(digest({}, { ...kept, seed: 'cd'.repeat(32) })).not.toBe(digest());
  });

  it('keeps the generated password of a component when another one comes', () => {
    const chart = {
      'Chart.yaml': 'apiVersion: v2\nname: db\nversion: 1.0.0\n',
      'templates/secret.yaml':
        'apiVersion: v1\nkind: Secret\nmetadata: { name: "{{ .Release.Name }}" }\nstringData: { password: {{ randAlphaNum 20 }} }\n',
    };
    const platformOf = (...names: readonly string[]): Compiling =>
      compiled(
        new Map([
          [
            'platform.yaml',
            `${head('Platform', 'shop')}spec: { components: { ${names.map((name) => `${name}: {}`).join(', ')} } }\n`,
          ],
          ['sites/dev.yaml', `${head('Site', 'dev')}spec: {}\n`],
          ...names.flatMap((name) =>
            Object.entries(chart).map(([file, text]) => [`components/${name}/chart/${file}`, text] as const),
          ),
        ]),
      );
    const passwords = ({ revision }: Compiling): Readonly<Record<string, unknown>> =>
      Object.fromEntries(
        revision.components.flatMap(({ objects }) => objects.map(({ key, manifest }) => [key, manifest['stringData']])),
      );

    const [one, two] = [passwords(platformOf('db')), passwords(platformOf('cache', 'db'))];

    expect(one['Secret/shop/db']).toEqual({ password: expect.stringMatching(/^[A-Za-z0-9]{20}$/) });
    expect(two['Secret/shop/db']).toEqual(one['Secret/shop/db']);
    expect(two['Secret/shop/cache']).not.toEqual(one['Secret/shop/db']);
  });
});

function compiled(files: ReadonlyMap<string, string>, seed = kept): Compiling {
  const { composition } = compose(sourcesOf(files), 'dev');
  if (composition === undefined) throw new TypeError('nothing was composed');
  return compile(composition, seed);
}

function head(kind: string, name: string): string {
  return `apiVersion: naru.dev/v1alpha1\nkind: ${kind}\nmetadata: { name: ${name} }\n`;
}

function formatRevision({ platform, version, site, components }: Revision): string {
  const parts = components.map(({ name, namespace, version: software, standsOn, objects, notes }) => {
    const title = `== ${name} in ${namespace || '-'}, version ${software ?? '?'}, stands on [${standsOn.join(', ')}]\n`;
    const texts = objects.map(({ key, source, implied, manifest }) => {
      return `-- ${key} from ${source ?? 'naru'}${implied ? ', implied' : ''}\n${stringifyYaml(manifest)}`;
    });
    return [title, ...texts, notes === '' ? '' : `-- notes\n${notes.trimEnd()}\n`].join('');
  });
  return `${platform} ${version ?? '?'} at ${site}\n${parts.join('')}`;
}
