import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CapturedRun, runCaptured, useScratch } from '@naru/testkit';
import { describe, expect, it } from 'vitest';

const scratch = useScratch();

/** What can be chosen from. */
const CATALOG = (await readdir('catalog')).toSorted();

/** Answers in this order; the questions are kept. */
function answering(...answers: readonly string[]): {
  readonly ask: (question: string) => Promise<string>;
  asked: string[];
} {
  const asked: string[] = [];
  const left = [...answers];
  return {
    asked,
    ask: (question) => {
      asked.push(question);
      return Promise.resolve(left.shift() ?? '');
    },
  };
}

async function written(folder: string): Promise<string> {
  const files = (await readdir(folder, { recursive: true })).filter((path) => path.endsWith('.yaml')).toSorted();
  const texts = await Promise.all(files.map((path) => readFile(join(folder, path), 'utf8')));
  return files.map((path, index) => `== ${path}\n${texts[index] ?? ''}`).join('');
}

function at(name: string): string {
  return join(scratch.directory, name);
}

const check = (folder: string): Promise<CapturedRun> => runCaptured(['check', folder]);

describe('without questions', () => {
  it.each(['en', 'ko'])('makes a folder that passes check, and says so in %s', async (language) => {
    const folder = at(`shop-${language}`);

    const { exitCode, stdout, stderr } = await runCaptured(['init', folder, '--yes', '--lang', language]);

    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const told = `${stdout.replaceAll(folder, 'FOLDER')}${await written(folder)}`;
    await expect(told).toMatchFileSnapshot(`../../testdata/init/shop.${language}.txt`);
    expect(await check(folder)).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^No errors: 1 component,/),
    });
  });

  it.each(['123', 'on', '1e3', 'Größe & Maß', '---', 'long-'.repeat(30), '한글'])(
    'makes a good name of the folder %j',
    async (name) => {
      const folder = at(name);

      expect(await runCaptured(['init', folder, '--yes'])).toMatchObject({ exitCode: 0 });
      expect(await check(folder)).toMatchObject({ exitCode: 0 });
    },
  );

  it('asks nobody when nobody is there', async () => {
    expect(await runCaptured(['init', at('script')])).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it('takes a folder that is there and empty', async () => {
    await mkdir(at('empty'));

    expect(await runCaptured(['init', at('empty'), '--yes'])).toMatchObject({ exitCode: 0 });
  });
});

describe('with questions', () => {
  it('takes the answers', async () => {
    const { ask, asked } = answering('web-shop', 'valkey, postgresql,valkey', 'seoul');

    const { exitCode } = await runCaptured(['init', at('asked')], { ask });

    expect(exitCode).toBe(0);
    expect(asked).toEqual([
      'Name of the platform [asked]: ',
      `Components, separated by commas, from ${CATALOG.join(', ')} [postgresql]: `,
      'Name of the first site [dev]: ',
    ]);
    expect(await written(at('asked'))).toMatch(
      /name: web-shop [^]* {4}valkey: \{\}\n {4}postgresql: \{\}\n== sites\/seoul.yaml\n[^]*name: seoul /,
    );
    expect(await check(at('asked'))).toMatchObject({ exitCode: 0 });
  });

  it('takes what it suggests for an empty answer, and asks in Korean', async () => {
    const { ask, asked } = answering();

    await runCaptured(['init', at('suggested'), '--lang', 'ko'], { ask });

    expect(asked[0]).toBe('플랫폼 이름 [suggested]: ');
    expect(await written(at('suggested'))).toContain('name: suggested ');
  });

  it.each([
    ['a name that Kubernetes refuses', ['Shop!'], 'FIELD_INVALID'],
    ['YAML in a name', ['a }, x: { b: c'], 'FIELD_INVALID'],
    ['a site outside the folder', ['shop', '', '../../x'], 'FIELD_INVALID'],
    ['a component that there is not', ['shop', 'postgres'], 'COMPONENT_UNKNOWN'],
  ])('refuses %s and writes nothing', async (name, answers, code) => {
    const folder = at(name.replaceAll(' ', '-'));

    const { exitCode, stdout, stderr } = await runCaptured(['init', folder], answering(...answers));

    expect({ exitCode, stdout, code: stderr.split(' ')[0] }).toEqual({ exitCode: 2, stdout: '', code });
    await expect(readdir(folder)).rejects.toThrow('ENOENT');
  });
});

describe('where it cannot write', () => {
  it('leaves a folder alone that is not empty', async () => {
    await mkdir(at('full'));
    await writeFile(join(at('full'), 'platform.yaml'), 'mine\n');

    expect(await runCaptured(['init', at('full'), '--yes'])).toMatchObject({ exitCode: 2, stdout: '' });
    expect(await written(at('full'))).toBe('== platform.yaml\nmine\n');
  });

  it.each([
    ['a file', ['init', 'FILE', '--yes']],
    ['a folder below a file', ['init', 'FILE/shop', '--yes']],
    ['a tree below a file', ['render', 'packages/cli/testdata/platforms/shop', '--site', 'dev', '--out', 'FILE/tree']],
  ])('says so of %s', async (_, words) => {
    const file = await scratch.write('file', 'mine\n');

    const { exitCode, stdout, stderr } = await runCaptured(words.map((word) => word.replace('FILE', file)));

    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
    expect(stderr).toMatch(/^OUTPUT_UNWRITABLE {2}cannot write .*: (?:ENOTDIR|EEXIST)\n {2}fix \S/);
    expect(await readFile(file, 'utf8')).toBe('mine\n');
  });
});
