import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type ComponentContent, Refusal } from '@naru/core';
import { describe, expect, it } from 'vitest';
import { useFolders } from '../../testing/folder.ts';
import { load } from './load-platform.ts';

const write = useFolders();

const head = (kind: string, name: string): string =>
  `apiVersion: naru.dev/v1alpha1\nkind: ${kind}\nmetadata: { name: ${name} }\n`;
const platform = (components: string): string => `${head('Platform', 'shop')}spec:\n  components:\n${components}`;
const SITE = `${head('Site', 'here')}spec: {}\n`;
const CONFIG = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n';
const descriptor = (content: string): string =>
  `${head('Component', 'cache')}spec: { title: { en: Cache, ko: 캐시 }, version: "1.0.0", license: MIT, ${content} }\n`;
const CATALOG = {
  'cache/component.yaml': descriptor('manifests: ["*.yml"]'),
  'cache/all.yml': CONFIG,
  'README.md': 'no component',
  'drafts/notes.txt': 'no component either',
};

/** What is found wrong, as `code file:line:column detail`, with paths from the folder. */
async function problemsOf(
  files: Readonly<Record<string, string | Uint8Array>>,
  catalog = CATALOG,
): Promise<readonly string[]> {
  return await problemsIn(write(files), write(catalog));
}

async function problemsIn(folder: string, catalog: string): Promise<readonly string[]> {
  try {
    await load(folder, catalog);
    return [];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.findings.map(({ error: { code, message, place } }) => {
      const at = `${place?.file}:${place?.line}:${place?.column}`;
      return `${code} ${at} ${message}`.replaceAll(`${folder}/`, '').replaceAll(`${catalog}/`, 'catalog/');
    });
  }
}

describe('load', () => {
  it('reads a platform, its sites, its values files, and components of every kind', async () => {
    const folder = write({
      'platform.yaml': platform(
        '    cache: {}\n' +
          '    store: { component: ./parts/store }\n' +
          '    web: { chart: charts/web, valuesFiles: [values/web.yaml] }\n' +
          '    extra: { manifests: ["extra/**/*.yaml", extra/one.yaml] }\n',
      ),
      'sites/here.yaml': `${head('Site', 'here')}spec: { components: { web: { valuesFiles: [values/here.yaml] } } }\n`,
      'sites/README.md': 'no site',
      'values/web.yaml': 'replicas: 2\n',
      'values/here.yaml': 'replicas: 1\n',
      'parts/store/component.yaml': descriptor('chart: ../../charts/web').replace('cache', 'store'),
      'charts/web/Chart.yaml': 'name: web\nversion: 1.0.0\napiVersion: v2\n',
      'extra/one.yaml': CONFIG,
      'extra/deep/er/two.yaml': CONFIG,
    });

    const { components, sites, valuesFiles, catalog } = await load(folder, write(CATALOG));

    expect([...sites.keys()]).toEqual(['here']);
    expect([...valuesFiles].map(([path, { value }]) => [path, value])).toEqual([
      ['values/web.yaml', { replicas: 2 }],
      ['values/here.yaml', { replicas: 1 }],
    ]);
    const contents = [...components].map(([name, { descriptor: written, content }]) => ({
      name,
      described: written !== undefined,
      files: content.kind === 'chart' ? [...content.files.keys()] : content.files.map(({ file }) => file),
    }));
    expect(contents).toEqual([
      { name: 'cache', described: true, files: [expect.stringMatching(/\/cache\/all\.yml$/)] },
      { name: 'store', described: true, files: ['Chart.yaml'] },
      { name: 'web', described: false, files: ['Chart.yaml'] },
      {
        name: 'extra',
        described: false,
        files: [join(folder, 'extra/deep/er/two.yaml'), join(folder, 'extra/one.yaml')],
      },
    ]);
    expect(catalog).toEqual([{ name: 'cache', provides: [] }]);
  });

  it('does without sites, values and a catalog', async () => {
    const folder = write({ 'platform.yaml': platform('    web: { manifests: [a.yaml] }\n'), 'a.yaml': CONFIG });
    const { sites, valuesFiles, catalog } = await load(folder, join(folder, 'no-catalog'));
    expect([sites.size, valuesFiles.size, catalog.length]).toEqual([0, 0, 0]);
  });

  it.each([
    { what: 'that is not there', path: 'nothing' },
    { what: 'without platform.yaml', path: '.' },
    { what: 'that is a file', path: 'file.yaml' },
  ])('refuses a folder $what', async ({ path }) => {
    const folder = join(write({ 'file.yaml': '' }), path);
    await expect(load(folder, write(CATALOG))).rejects.toMatchObject({ code: 'FOLDER_MISSING', details: { folder } });
  });

  it('collects the problems of every file in one run', async () => {
    const problems = await problemsOf({
      'platform.yaml': platform('    web: { chart: nowhere, replicas: 1 }\n'),
      'sites/a.yaml': 'kind: [\n',
      'sites/b.yaml': `${head('Site', 'b')}spec: {}\nmore: 1\n`,
    });
    expect(problems.map((problem) => problem.split(' ').slice(0, 2).join(' '))).toEqual([
      'FIELD_UNKNOWN platform.yaml:6:28',
      'DOCUMENT_MALFORMED sites/a.yaml:2:1',
      'FIELD_UNKNOWN sites/b.yaml:5:1',
    ]);
  });

  it('collects the problems of every component', async () => {
    const problems = await problemsOf({
      'platform.yaml': platform(
        '    cahce: {}\n' +
          '    both: { chart: c, manifests: [m.yaml] }\n' +
          '    chart: { chart: nowhere }\n' +
          '    part: { component: ./nowhere }\n' +
          '    files: { manifests: ["none/*.yaml"] }\n' +
          '    values: { manifests: [m.yaml], valuesFiles: [none.yaml, bad.yaml] }\n',
      ),
      'm.yaml': CONFIG,
      'bad.yaml': 'a: 1\na: 2\n',
      'sites/here.yaml': SITE,
    });
    expect(problems).toEqual([
      expect.stringMatching(/^COMPONENT_UNKNOWN platform\.yaml:6:5 .*cahce.*did you mean `cache`/),
      expect.stringMatching(/^COMPONENT_SOURCE_AMBIGUOUS platform\.yaml:7:5 .*both/),
      'DOCUMENT_UNREADABLE platform.yaml:8:14 cannot read nowhere: ENOENT',
      'DOCUMENT_UNREADABLE platform.yaml:9:13 cannot read nowhere/component.yaml: ENOENT',
      expect.stringMatching(/^COMPONENT_SOURCE_MISSING platform\.yaml:10:14 .*none\/\*\.yaml/),
      'DOCUMENT_UNREADABLE platform.yaml:11:50 cannot read none.yaml: ENOENT',
      expect.stringMatching(/^DOCUMENT_MALFORMED bad\.yaml:2:1 /),
    ]);
  });

  it('does not take folders and the same file twice for manifests', async () => {
    const folder = write({
      'platform.yaml': platform('    web: { manifests: ["m/**", ./m/a.yaml, m/../m/a.yaml] }\n'),
      'm/a.yaml': CONFIG,
      'm/deep/b.yaml': CONFIG,
    });
    const content = (await load(folder, folder)).components.get('web')?.content;
    expect(content?.kind === 'manifests' && content.files.map(({ file }) => file)).toEqual([
      join(folder, 'm/a.yaml'),
      join(folder, 'm/deep/b.yaml'),
    ]);
  });

  it.each([
    { what: 'a folder', pattern: 'm' },
    { what: 'folders alone', pattern: 'm/*' },
  ])('finds no manifests in $what', async ({ pattern }) => {
    const files = { 'platform.yaml': platform(`    web: { manifests: ["${pattern}"] }\n`), 'm/deep/b.yaml': CONFIG };
    expect(await problemsOf(files)).toEqual([expect.stringMatching(/^COMPONENT_SOURCE_MISSING platform\.yaml:6:12 /)]);
  });

  it('names a link to nothing among the manifests, and follows none in a circle', async () => {
    const folder = write({
      'platform.yaml': platform('    web: { manifests: ["m/**/*.yaml"] }\n'),
      'm/a.yaml': CONFIG,
    });
    symlinkSync('.', join(folder, 'm', 'circle'));
    expect(await problemsIn(folder, folder)).toEqual([]);
    symlinkSync('nowhere', join(folder, 'm', 'b.yaml'));
    expect(await problemsIn(folder, folder)).toEqual([
      'DOCUMENT_UNREADABLE platform.yaml:6:12 cannot read m/b.yaml: ENOENT',
    ]);
  });

  it('refuses a site whose name is not that of its file, and two files for one site', async () => {
    const problems = await problemsOf({
      'platform.yaml': platform('    cache: {}\n'),
      'sites/here.yaml': SITE,
      'sites/here.yml': SITE,
      'sites/there.yaml': SITE,
    });
    expect(problems.map((problem) => problem.split(' ').slice(0, 2).join(' '))).toEqual([
      'FIELD_INVALID sites/here.yml:3:13',
      'FIELD_INVALID sites/there.yaml:3:13',
    ]);
  });

  it('tells when `sites` is no folder', async () => {
    expect(await problemsOf({ 'platform.yaml': platform('    cache: {}\n'), sites: 'text' })).toEqual([
      'DOCUMENT_UNREADABLE sites:1:1 cannot read sites: ENOTDIR',
    ]);
  });

  it('tells when the catalog is no folder', async () => {
    const folder = write({ 'platform.yaml': platform('    cache: {}\n') });
    await expect(load(folder, join(folder, 'platform.yaml'))).rejects.toMatchObject({ code: 'DOCUMENT_UNREADABLE' });
  });

  it('tells what is wrong with a component of the catalog, in its file', async () => {
    const catalog = { 'cache/component.yaml': descriptor('chrat: chart') };
    const problems = await problemsOf(
      { 'platform.yaml': platform('    extra: { manifests: [a.yaml] }\n'), 'a.yaml': CONFIG },
      {
        ...CATALOG,
        ...catalog,
      },
    );
    expect(problems[0]).toMatch(/^FIELD_UNKNOWN catalog\/cache\/component\.yaml:4:71 .*did you mean `chart`/);
  });

  it('refuses files beyond the limit before it reads them, wherever they are', async () => {
    const folder = write({
      'platform.yaml': platform('    web: { manifests: [huge.yaml], valuesFiles: [huge.yaml] }\n'),
      'sites/here.yaml': SITE,
    });
    for (const path of ['huge.yaml', 'sites/huge.yaml']) {
      writeFileSync(join(folder, path), '');
      truncateSync(join(folder, path), 5_000_000_000);
    }
    const begun = performance.now();
    const problems = await problemsIn(folder, folder);
    expect(performance.now() - begun).toBeLessThan(2_000);
    expect(problems.map((problem) => problem.split(' ').slice(0, 2).join(' '))).toEqual([
      'DOCUMENT_TOO_LARGE sites/huge.yaml:1:1',
      'DOCUMENT_TOO_LARGE platform.yaml:6:12',
      'DOCUMENT_TOO_LARGE platform.yaml:6:50',
    ]);
  });

  it('refuses a huge platform.yaml and one that is a folder', async () => {
    const folder = write({ 'platform.yaml': '' });
    truncateSync(join(folder, 'platform.yaml'), 10_000_000_000);
    expect(await problemsIn(folder, folder)).toEqual([
      expect.stringMatching(/^DOCUMENT_TOO_LARGE platform\.yaml:1:1 /),
    ]);
    const other = write({});
    mkdirSync(join(other, 'platform.yaml'));
    expect(await problemsIn(other, other)).toEqual([
      'DOCUMENT_UNREADABLE platform.yaml:1:1 cannot read platform.yaml: EISDIR',
    ]);
  });

  // A machine that does something else meanwhile proves nothing: the best of three counts.
  it('reads a platform of 1,000 components in a time that follows their number', { retry: 2 }, async () => {
    const sized = (count: number): string => {
      const names = Array.from({ length: count }, (_, index) => `c${index}`);
      const entries = names.map((name) => `    ${name}: { manifests: [${name}.yaml] }\n`).join('');
      return write({
        'platform.yaml': platform(entries),
        ...Object.fromEntries(names.map((name) => [`${name}.yaml`, CONFIG])),
      });
    };
    const secondsFor = async (folder: string): Promise<number> => {
      const begun = performance.now();
      await load(folder, folder);
      return performance.now() - begun;
    };
    const [small, large] = [sized(250), sized(1_000)];
    await secondsFor(small);
    expect(await secondsFor(large)).toBeLessThan(4 * 3 * (await secondsFor(small)));
  });
});

describe('a values file that is no map', () => {
  it.each(['- a\n', 'text\n', '1\n'])('is loaded as it is, for compose to refuse: %j', async (text) => {
    const folder = write({
      'platform.yaml': platform('    web: { manifests: [a.yaml], valuesFiles: [values.yaml] }\n'),
      'a.yaml': CONFIG,
      'values.yaml': text,
    });
    expect((await load(folder, folder)).valuesFiles.get('values.yaml')?.value).not.toBeUndefined();
  });
});

describe('what a site is made of', () => {
  const folder = {
    'platform.yaml': platform('    cache: {}\n    web: { manifests: [web.yaml] }\n'),
    'web.yaml': CONFIG,
    'old.yaml': CONFIG,
    'sites/dev.yaml': `${head('Site', 'dev')}spec: { components: { web: { enabled: true } } }\n`,
  };

  it('is what the platform says, or what the site says instead', async () => {
    const { components, siteComponents } = await load(
      write({
        ...folder,
        'sites/old.yaml': `${head('Site', 'old')}spec: { components: { web: { manifests: [old.yaml] }, more: { chart: x } } }\n`,
      }),
      write(CATALOG),
    );

    const filesOf = (content: ComponentContent | undefined): readonly string[] =>
      content?.kind === 'manifests' ? content.files.map(({ file }) => basename(file)) : [];
    expect(filesOf(components.get('web')?.content)).toEqual(['web.yaml']);
    expect([...siteComponents.keys()]).toEqual(['old']);
    expect(filesOf(siteComponents.get('old')?.get('web')?.content)).toEqual(['old.yaml']);
  });

  it('is told at the place of the site when it is not there', async () => {
    const problems = await problemsOf({
      ...folder,
      'sites/old.yaml': `${head('Site', 'old')}spec: { components: { cache: { component: cahce }, web: { manifests: [none.yaml] } } }\n`,
    });

    expect(problems).toEqual([
      expect.stringMatching(/^COMPONENT_UNKNOWN sites\/old\.yaml:4:23 /),
      expect.stringMatching(/^COMPONENT_SOURCE_MISSING sites\/old\.yaml:4:59 /),
    ]);
  });
});
