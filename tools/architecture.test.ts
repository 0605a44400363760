import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** What each package may import from the others. ARCHITECTURE.md, "Directions", says why. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  chart: [],
  core: ['chart'],
  engine: ['core', 'chart'],
  cli: ['engine', 'core', 'chart'],
  testkit: ['engine', 'core', 'chart', 'cli'],
};
/** Packages that decide and never act: nothing of Node's, no clock, no chance. */
const PURE: readonly string[] = ['chart', 'core'];
/** The only files that may meet the process: they exit, read the environment, print. */
const ENTRY_POINTS: ReadonlySet<string> = new Set(['cli/src/bin.ts']);
/** The only folders from which objects of a platform are written. */
const WRITERS: readonly string[] = [
  'engine/src/apply/',
  'engine/src/record/',
  'engine/src/kube/',
  'engine/src/rehearsal/',
  'engine/src/road/site-furniture.ts',
];

interface Source {
  readonly file: string;
  readonly text: string;
}

/** Every shipped source of a package; tests may also use the testkit. */
function sources(name: string): readonly Source[] {
  return readdirSync(`packages/${name}/src`, { recursive: true, encoding: 'utf8' })
    .filter((path) => /(?<!\.test)\.tsx?$/.test(path))
    .map((path) => ({ file: `${name}/src/${path}`, text: readFileSync(`packages/${name}/src/${path}`, 'utf8') }));
}

const packages = readdirSync('packages');
const shipped = packages.filter((name) => name !== 'testkit');

it.each(packages)('%s has sources, and imports only what it may', (name) => {
  const allowed = ALLOWED[name];
  if (allowed === undefined) throw new Error(`packages/${name} is not in the table: say what it may import`);
  const files = sources(name);
  const offences = files.flatMap(({ file, text }) =>
    [...text.matchAll(/(?:from|import)\s*\(?\s*'@naru\/([\w-]+)/g)]
      .map(([, target = '']) => target)
      .filter((target) => target !== name && !allowed.includes(target))
      .map((target) => `${file} -> ${target}`),
  );

  expect(files.length).toBeGreaterThan(5);
  expect(offences).toEqual([]);
});

it('reaches into other packages only through what they export', () => {
  const offences = packages
    .flatMap(sources)
    .filter(({ text }) => /from '(?:@naru\/\w+\/|(?:\.\.\/)+packages\/)/.test(text));

  expect(offences.map(({ file }) => file)).toEqual([]);
});

it.each(PURE)('%s asks neither clock nor chance nor machine', (name) => {
  const offences = sources(name).filter(({ text }) =>
    /from 'node:|\bDate\.now\(|new Date\(\)|Math\.random\(|\bprocess\.\w|\bperformance\.\w|globalThis\.crypto/.test(
      text,
    ),
  );

  expect(offences.map(({ file }) => file)).toEqual([]);
});

it('meets the process only in entry points', () => {
  const offences = shipped
    .flatMap(sources)
    .filter(
      ({ file, text }) =>
        !ENTRY_POINTS.has(file) && /\bprocess\.(exit|env|argv)\b|\bconsole\.\w+\(|from 'node:process'/.test(text),
    );

  expect(offences.map(({ file }) => file)).toEqual([]);
});

it('writes to a cluster from one place', () => {
  const offences = shipped.flatMap(sources).filter(({ file, text }) => {
    if (WRITERS.some((writer) => file.startsWith(writer))) return false;
    const calls = [...text.matchAll(/\bclient\.(apply|create|update|patch|delete)\(([^;]*)/g)];
    return calls.some(([, , rest = '']) => !/dryRun: true/.test(rest));
  });

  expect(offences.map(({ file }) => file)).toEqual([]);
});

it('keeps files small', () => {
  const long = packages
    .flatMap(sources)
    .map(({ file, text }) => ({ file, lines: text.split('\n').length }))
    .filter(({ lines }) => lines > 500);

  expect(long).toEqual([]);
});
