import { cpSync, existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CapturedRun, runCaptured, useScratch } from '@naru/testkit';
import { beforeEach, describe, expect, it } from 'vitest';

const scratch = useScratch();
// What the schema of the chart asks for.
const NEEDED = 'database.host=db,database.secretName=db,cache.host=cache,cache.secretName=cache';
const HELLO = { name: 'hello', release: 'web', chart: 'hello', namespace: 'shop', set: [NEEDED] };
const file = (...path: readonly string[]): string => join(scratch.directory, ...path);
const written = (name: string): string => readFileSync(file('out', name), 'utf8');

beforeEach(() => {
  for (const folder of ['out', 'cache', 'hello']) rmSync(file(folder), { recursive: true, force: true });
  cpSync('catalog/hello/chart', file('hello'), { recursive: true });
});

async function batch(releases: readonly object[], ...words: readonly string[]): Promise<CapturedRun> {
  writeFileSync(file('batch.json'), JSON.stringify(releases));
  return await runCaptured(['chart', 'template', '--batch', file('batch.json'), '--out', file('out'), ...words], {
    environment: { NARU_CACHE: file('cache') },
  });
}

async function states(releases: readonly object[], ...words: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await batch(releases, '-o', 'json', ...words);
  return (JSON.parse(stdout) as { releases: readonly { state: string }[] }).releases.map(({ state }) => state);
}

describe('a batch', () => {
  it('writes what a single release prints', async () => {
    await scratch.write('values.yaml', 'replicas: 3\n');
    const flags = [
      '-f',
      file('values.yaml'),
      '--set',
      'replicas=5',
      '--set',
      NEEDED,
      '--kube-version',
      '1.34.0',
      '-n',
      'shop',
    ];
    const single = await runCaptured(['chart', 'template', 'web', file('hello'), ...flags]);

    const run = await batch([
      { ...HELLO, values: ['values.yaml'], set: ['replicas=5', NEEDED], kubeVersion: '1.34.0' },
    ]);

    expect(run).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: `1 release rendered into ${file('out')}, 0 unchanged since an earlier run, 0 refused.\n`,
    });
    expect(written('hello.yaml')).toBe(single.stdout);
    expect(readdirSync(file('out'))).toEqual(['hello.yaml']);
  });

  it('renders the others when a release is refused, and ends with 2', async () => {
    const broken = { ...HELLO, name: 'broken', set: ['a[x]=1'] };
    const absent = { ...HELLO, name: 'absent', chart: 'no-such-chart' };
    const { exitCode, stderr } = await batch([broken, HELLO, absent]);

    expect(exitCode).toBe(2);
    expect(readdirSync(file('out')).toSorted()).toEqual(['absent.err', 'broken.err', 'hello.yaml']);
    expect(written('broken.err')).toMatch(/^USAGE_INVALID {2}`--set a\[x\]=1` cannot be read/);
    expect(stderr.split('\n')).toEqual([
      expect.stringContaining('broken.err  USAGE_INVALID'),
      expect.stringContaining('absent.err  DOCUMENT_UNREADABLE'),
      expect.stringMatching(/^1 release rendered .* 2 refused\.$/),
      '',
    ]);
  });

  it('says the same as data', async () => {
    const { stdout } = await batch([{ ...HELLO, chart: 'no-such-chart' }], '-o', 'json', '--lang', 'ko');

    expect(JSON.parse(stdout)).toEqual({
      releases: [
        {
          name: 'hello',
          state: 'failed',
          file: file('out', 'hello.err'),
          findings: [
            expect.objectContaining({ code: 'DOCUMENT_UNREADABLE', message: expect.stringMatching(/[가-힣]/) }),
          ],
        },
      ],
    });
    expect(written('hello.err')).toMatch(/[가-힣]/);
  });

  it('takes away what an earlier run said of a release', async () => {
    await batch([{ ...HELLO, chart: 'no-such-chart' }]);
    await batch([HELLO]);
    expect(readdirSync(file('out'))).toEqual(['hello.yaml']);

    await batch([{ ...HELLO, chart: 'no-such-chart' }]);
    expect(readdirSync(file('out'))).toEqual(['hello.err']);
  });

  it('writes nowhere but into its folder', async () => {
    await batch([]);
    await scratch.write('elsewhere', 'mine');
    symlinkSync(file('elsewhere'), file('out', 'hello.yaml'));
    await batch([HELLO]);

    expect(readFileSync(file('elsewhere'), 'utf8')).toBe('mine');
    expect(written('hello.yaml')).toContain('kind: Deployment');
  });

  it('is refused where its folder cannot be made', async () => {
    writeFileSync(file('out'), '');
    const { exitCode, stderr } = await batch([HELLO]);

    expect({ exitCode, stderr }).toEqual({ exitCode: 3, stderr: expect.stringContaining('OUTPUT_UNWRITABLE') });
  });

  it('ends between two releases when it is interrupted', async () => {
    writeFileSync(file('batch.json'), JSON.stringify([HELLO, { ...HELLO, name: 'second' }]));
    const words = ['chart', 'template', '--batch', file('batch.json'), '--out', file('out'), '--no-cache'];
    const { exitCode } = await runCaptured(words, { interrupt: AbortSignal.abort(new DOMException('', 'AbortError')) });

    expect(exitCode).toBe(130);
    expect(readdirSync(file('out'))).toEqual(['hello.yaml']);
  });
});

describe('the cache', () => {
  it('answers when nothing changed, with the same bytes', async () => {
    expect(await states([HELLO])).toEqual(['rendered']);
    const first = written('hello.yaml');
    rmSync(file('out', 'hello.yaml'));

    expect(await states([{ ...HELLO, name: 'again' }])).toEqual(['unchanged']);
    expect(written('again.yaml')).toBe(first);
  });

  it.each([
    ['a file of the chart', () => writeFileSync(file('hello', 'templates', 'more.yaml'), 'kind: More\n')],
    ['a values file', () => writeFileSync(file('values.yaml'), 'replicas: 4\n')],
  ])('does not when %s changed', async (_, change) => {
    await scratch.write('values.yaml', 'replicas: 3\n');
    const release = { ...HELLO, values: ['values.yaml'] };
    await states([release]);
    const first = written('hello.yaml');
    change();

    expect(await states([release])).toEqual(['rendered']);
    expect(written('hello.yaml')).not.toBe(first);
  });

  it.each([
    { release: 'other' },
    { namespace: 'other' },
    { set: ['replicas=5', NEEDED] },
    { kubeVersion: '1.34.0' },
    { apiVersions: ['a/v1'] },
    { includeCrds: true },
  ])('does not for %j', async (change) => {
    await states([HELLO]);

    expect(await states([{ ...HELLO, ...change }])).toEqual(['rendered']);
  });

  it.each(['{{ randAlpha 8 }}', '{{ now }}', '{{ lookup "v1" "Secret" "a" "b" }}', '{{ uuidv4 }}'])(
    'keeps nothing of a chart with %s',
    async (action) => {
      writeFileSync(file('hello', 'templates', 'chance.yaml'), `# ${action}\nkind: Chance\n`);

      expect(await states([HELLO])).toEqual(['rendered']);
      expect(await states([HELLO])).toEqual(['rendered']);
    },
  );

  it('is neither asked nor filled with --no-cache', async () => {
    expect(await states([HELLO], '--no-cache')).toEqual(['rendered']);
    expect(existsSync(file('cache'))).toBe(false);
    await states([HELLO]);

    expect(await states([HELLO], '--no-cache')).toEqual(['rendered']);
  });

  it('does without an entry that is damaged', async () => {
    await states([HELLO]);
    const [key = ''] = readdirSync(file('cache', 'rendered'));
    const entry = file('cache', 'rendered', key);
    writeFileSync(entry, readFileSync(entry, 'utf8').replace('Deployment', 'Deplayment'));

    expect(await states([HELLO])).toEqual(['rendered']);
    expect(written('hello.yaml')).not.toContain('Deplayment');
    expect(await states([HELLO])).toEqual(['unchanged']);
  });
});

describe('options that do not go together', () => {
  it.each([
    [['--batch', 'b.json'], '`--out`'],
    [['--batch', 'b.json', '--out', 'o', '--set', 'a=1'], '`--set` does not go together with `--batch`'],
    [['--batch', 'b.json', '--out', 'o', 'web', 'chart'], 'more arguments'],
    [['web', 'catalog/hello/chart', '--out', 'o'], '`--out` needs `--batch`'],
    [['web', 'catalog/hello/chart', '--no-cache'], '`--no-cache` needs `--batch`'],
    [[], '`name-or-chart` is missing'],
  ])('%j', async (words, reason) => {
    const { exitCode, stderr } = await runCaptured(['chart', 'template', ...words]);

    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(reason) });
  });
});
