import { createHash } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runCaptured, useScratch } from '@naru/testkit';
import { describe, expect, it } from 'vitest';

const HEAD = 'apiVersion: naru.dev/v1alpha1\n';
const PLATFORM = `${HEAD}kind: Platform\nmetadata: { name: shop }\nspec: { components: { valkey: {} } }\n`;
const SITE = `${HEAD}kind: Site\nmetadata: { name: dev }\nspec: {}\n`;
const ALIASES = [
  'a: &a [x, x, x, x, x, x, x, x, x]',
  ...Array.from('bcdefghi', (name, index) => {
    const before = 'abcdefgh'.charAt(index);
    return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(', ')}]`;
  }),
].join('\n');

interface BadInput {
  /** Files over those of a platform that is good; `undefined` takes one away. */
  readonly files: Readonly<Record<string, string | undefined>>;
  /** Words of the command line; `check` of the folder when left out. */
  readonly command?: (folder: string) => readonly string[];
  readonly code: string;
  readonly at?: string;
  /** What must stand in the English text, such as the path of a cycle. */
  readonly says?: string;
}

const platformOf = (spec: string): string => `${HEAD}kind: Platform\nmetadata: { name: shop }\nspec:\n${spec}\n`;

const CASES: Readonly<Record<string, BadInput>> = {
  'YAML syntax error': {
    files: { 'platform.yaml': `${PLATFORM}  broken: [1, 2\n` },
    code: 'DOCUMENT_MALFORMED',
    at: 'platform.yaml:5:',
  },
  'tab as indentation': {
    files: { 'platform.yaml': platformOf('\tcomponents: {}') },
    code: 'DOCUMENT_MALFORMED',
    at: 'platform.yaml:5:1',
  },
  'duplicate key': {
    files: { 'platform.yaml': platformOf('  components:\n    valkey: {}\n    valkey: {}') },
    code: 'DOCUMENT_MALFORMED',
    at: 'platform.yaml:7:5',
  },
  'wrong type': {
    files: { 'platform.yaml': platformOf('  components: [valkey]') },
    code: 'FIELD_MISTYPED',
    at: 'platform.yaml:5:3',
  },
  'unknown key': {
    files: { 'platform.yaml': platformOf('  componets: {}\n  components: {}') },
    code: 'FIELD_UNKNOWN',
    at: 'platform.yaml:5:3',
    says: 'did you mean `components`?',
  },
  'unknown key of a site': {
    files: { 'sites/dev.yaml': SITE.replace('{}', '{ conectivity: online }') },
    code: 'FIELD_UNKNOWN',
    at: 'sites/dev.yaml:4:9',
    says: 'did you mean `connectivity`?',
  },
  'no platform file': { files: { 'platform.yaml': undefined }, code: 'FOLDER_MISSING' },
  'folder instead of a platform file': {
    files: { 'platform.yaml': undefined, 'platform.yaml/x': '' },
    code: 'DOCUMENT_UNREADABLE',
    at: 'platform.yaml:1:1',
  },
  'missing values file': {
    files: { 'platform.yaml': platformOf('  components:\n    valkey: { valuesFiles: [none.yaml] }') },
    code: 'DOCUMENT_UNREADABLE',
    at: 'platform.yaml:6:',
  },
  'platform name too long': {
    files: { 'platform.yaml': PLATFORM.replace('shop', 'a'.repeat(64)) },
    code: 'NAME_TOO_LONG',
    at: 'platform.yaml:3:',
  },
  'unknown site': {
    files: {},
    command: (folder) => ['plan', folder, '--offline', '--site', 'prd'],
    code: 'SITE_UNKNOWN',
    says: 'dev',
  },
  'no site named': {
    files: { 'sites/prod.yaml': SITE.replace('name: dev', 'name: prod') },
    command: (folder) => ['render', folder],
    code: 'SITE_UNNAMED',
    says: 'dev, prod',
  },
  'no site at all': { files: { 'sites/dev.yaml': undefined }, code: 'SITE_UNNAMED', says: 'has no site' },
  'unknown component': {
    files: { 'platform.yaml': PLATFORM.replace('valkey', 'valky') },
    code: 'COMPONENT_UNKNOWN',
    at: 'platform.yaml:4:23',
    says: 'did you mean `valkey`?',
  },
  cycle: {
    files: {
      'platform.yaml': platformOf(
        '  components:\n    a: { manifests: [m.yaml], after: [b] }\n    b: { manifests: [m.yaml], after: [c] }\n    c: { manifests: [m.yaml], after: [a] }',
      ),
      'm.yaml': '',
    },
    code: 'COMPONENT_CYCLE',
    at: 'platform.yaml:6:5',
    says: 'a → b → c → a',
  },
  'unmet need': {
    files: { 'platform.yaml': PLATFORM.replace('valkey', 'hello') },
    code: 'COMPONENT_NEED_UNMET',
    at: 'platform.yaml:4:23',
    says: 'postgresql-server',
  },
  'alias bomb': {
    files: { 'platform.yaml': `${ALIASES}\n` },
    code: 'DOCUMENT_TOO_COMPLEX',
    at: 'platform.yaml:',
  },
  'alias bomb in values': {
    files: {
      'platform.yaml': platformOf('  components:\n    valkey: { valuesFiles: [bomb.yaml] }'),
      'bomb.yaml': `${ALIASES}\n`,
    },
    code: 'DOCUMENT_TOO_COMPLEX',
    at: 'bomb.yaml:',
  },
  '10 MB': {
    files: { 'platform.yaml': `${PLATFORM}# ${'x'.repeat(10_000_000)}\n` },
    code: 'DOCUMENT_TOO_LARGE',
    at: 'platform.yaml:1:1',
  },
  '10 MB of manifests': {
    files: {
      'platform.yaml': platformOf('  components:\n    big: { manifests: [big.yaml] }'),
      'big.yaml': `# ${'x'.repeat(10_000_000)}\n`,
    },
    code: 'DOCUMENT_TOO_LARGE',
    at: 'platform.yaml:6:',
  },
  'deep nesting': {
    files: { 'platform.yaml': `${'['.repeat(100_000)}${']'.repeat(100_000)}` },
    code: 'DOCUMENT_TOO_COMPLEX',
    at: 'platform.yaml:1:',
  },
  'deep nesting in manifests': {
    files: {
      'platform.yaml': platformOf('  components:\n    deep: { manifests: [deep.yaml] }'),
      'deep.yaml': `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
    },
    code: 'OBJECT_MALFORMED',
    at: 'deep.yaml:',
  },
  'manifest that is no object': {
    files: {
      'platform.yaml': platformOf('  components:\n    odd: { manifests: [odd.yaml] }'),
      'odd.yaml': 'kind: ConfigMap\n',
    },
    code: 'OBJECT_MALFORMED',
    at: 'odd.yaml:1:1',
  },
  'object twice': {
    files: {
      'platform.yaml': platformOf('  components:\n    a: { manifests: [m.yaml] }\n    b: { manifests: [m.yaml] }'),
      'm.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: same }\n',
    },
    code: 'OBJECT_DUPLICATED',
    at: 'platform.yaml:7:5',
  },
  'template that does not parse': {
    files: {
      'platform.yaml': platformOf('  components:\n    web: { chart: ./web }'),
      'web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
      'web/templates/a.yaml': 'kind: ConfigMap\nname: {{ .Values.x | nosuch }}\n',
    },
    code: 'CHART_REFUSED',
    at: 'web/templates/a.yaml:2:',
  },
  'values that are no map': {
    files: { 'list.yaml': '- 1\n' },
    command: (folder) => ['chart', 'template', 'catalog/valkey/chart', '-f', join(folder, 'list.yaml')],
    code: 'DOCUMENT_MALFORMED',
    at: 'list.yaml:1:1',
  },
  'missing chart': {
    files: {},
    command: (folder) => ['chart', 'template', join(folder, 'none')],
    code: 'DOCUMENT_UNREADABLE',
  },
  'folder that is not empty': {
    files: {},
    command: (folder) => ['init', folder, '--yes'],
    code: 'FOLDER_OCCUPIED',
  },
};

const scratch = useScratch();

async function folderOf(name: string, files: BadInput['files']): Promise<string> {
  const folder = join(scratch.directory, name.replaceAll(' ', '-'));
  for (const [path, text] of Object.entries({ 'platform.yaml': PLATFORM, 'sites/dev.yaml': SITE, ...files })) {
    if (text === undefined) continue;
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}

/** Every file under a folder with a digest of what is in it. */
async function contents(folder: string): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  for (const path of await readdir(folder, { recursive: true })) {
    const file = join(folder, path);
    const isFile = (await stat(file)).isFile();
    found[path] = isFile
      ? createHash('sha256')
          .update(await readFile(file))
          .digest('hex')
      : 'folder';
  }
  return found;
}

describe('bad input', () => {
  it.each(Object.entries(CASES))('%s: code, place, remedy; nothing is changed', async (name, bad) => {
    const { code, at = '', says = '' } = bad;
    const folder = await folderOf(name, bad.files);
    const command = bad.command?.(folder) ?? ['check', folder];
    const before = [await contents(folder), await readdir(scratch.directory)];

    const started = performance.now();
    const english = await runCaptured(command);
    const elapsedMs = performance.now() - started;
    const korean = await runCaptured([...command, '--lang', 'ko']);

    const [said = '', inKorean = ''] = [english, korean].map(({ stdout, stderr }) =>
      // How deep a parser gets depends on the machine.
      (stdout + stderr).replaceAll(folder, 'FOLDER').replaceAll(/:1:\d{3,}/g, ':1:…'),
    );
    expect([english.exitCode, korean.exitCode]).toEqual([2, 2]);
    expect(said).toMatch(new RegExp(`^${code} {2}\\S`, 'm'));
    expect(said).toMatch(/^ {2}fix \S/m);
    expect(said).toContain(at === '' ? '' : `  at  FOLDER/${at}`);
    expect(said).toContain(says);
    expect(inKorean).toMatch(new RegExp(`^${code} {2}.*[가-힣]`, 'm'));
    expect(inKorean).toMatch(/^ {2}조치 .*[가-힣]/m);
    expect([await contents(folder), await readdir(scratch.directory)]).toEqual(before);
    expect(elapsedMs).toBeLessThan(5000);
    await expect(`${said}---\n${inKorean}`).toMatchFileSnapshot(
      `../testdata/bad-input/${name.replaceAll(' ', '-')}.txt`,
    );
  });

  it('unreadable file', async (context) => {
    if (process.getuid?.() === 0) context.skip('root may read everything');
    const folder = await folderOf('unreadable', {});
    await chmod(join(folder, 'platform.yaml'), 0o000);

    const { exitCode, stdout } = await runCaptured(['check', folder]);

    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: expect.stringContaining('EACCES') });
  });

  it('reports everything that is wrong in one run, in the order of the files', async () => {
    const folder = await folderOf('several', {
      'platform.yaml': platformOf('  kubernets: x\n  components: { valky: {} }'),
      'sites/dev.yaml': SITE.replace('{}', '{ domain: 5 }'),
      'sites/prod.yaml': 'a: [',
    });

    const { stdout } = await runCaptured(['check', folder]);

    const places = [...stdout.matchAll(/ {2}at {2}(\S+)/g)].map(([, place]) => place?.replace(folder, ''));
    expect(places).toEqual(['/platform.yaml:5:3', '/sites/dev.yaml:4:9', '/sites/prod.yaml:1:5']);
    expect(stdout).toMatch(/\n3 errors, 0 warnings\.\n$/);
  });
});
