import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { run } from './run.ts';

const DIST = 'packages/cli/dist';
const naru = (...args: readonly string[]): ReturnType<typeof run> =>
  run(process.execPath, [`${DIST}/bin/naru.js`, ...args]);

describe('the bundled command line', () => {
  beforeAll(async () => {
    const { exitCode, output } = await run(process.execPath, ['tools/build.ts']);
    if (exitCode !== 0) throw new Error(output);
  }, 60_000);

  it('does what the sources do, with a catalog of its own', async () => {
    const offline = ['plan', 'examples/hello', '--site', 'prod', '--offline', '-o', 'json'];
    const [bundled, sources] = [
      await naru(...offline),
      await run(process.execPath, ['packages/cli/src/bin.ts', ...offline]),
    ];

    expect(bundled).toMatchObject({ exitCode: 0, output: sources.output });
    expect(JSON.parse(bundled.output.slice(bundled.output.indexOf('{')))).toMatchObject({
      platform: 'hello',
      site: 'prod',
    });
  });

  it('reads little to tell its version, and for a chart neither clients nor schemas', () => {
    const version = readWith('naru');
    const template = readWith('naru', 'chart', 'chart-template');

    expect(version.length).toBeLessThan(150_000);
    expect(template.length).toBeLessThan(800_000);
    // Undici, zod and the reader of expressions: each would cost more than the chart.
    for (const mark of ['UND_ERR_', 'ZodError', 'no_matching_overload']) {
      expect(template).not.toContain(mark);
      expect(everything()).toContain(mark);
    }
  });

  it('reads a library of the chart engine when a chart needs it', async () => {
    const words = ['chart', 'template', 'web', 'conformance/charts/regexes/chart'];

    const [bundled, sources] = [
      await naru(...words),
      await run(process.execPath, ['packages/cli/src/bin.ts', ...words]),
    ];

    expect(bundled).toMatchObject({ exitCode: 0, output: sources.output });
  });

  it('needs no other package, and names the licence of everything in it', () => {
    const manifest = JSON.parse(readFileSync(`${DIST}/package.json`, 'utf8')) as Record<string, unknown>;
    const notices = readFileSync(`${DIST}/THIRD-PARTY-NOTICES.txt`, 'utf8');

    expect(Object.keys(manifest)).not.toContain('dependencies');
    expect(manifest).toMatchObject({ engines: { node: '>=24' }, license: 'Apache-2.0' });
    for (const name of ['commander', 'undici', 'yaml', 'zod'])
      expect(notices).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+\\nLicense: `, 'm'));
  });
});

/** What the program reads for these entries before it does anything: they, and all that they import. */
function readWith(...entries: readonly string[]): string {
  const files = readdirSync(`${DIST}/lib`);
  const left = entries.map((entry) => files.find((file) => file.replace(/-[A-Z0-9]{8}\.js$|\.js$/, '') === entry));
  const found = new Map<string, string>();
  for (let file = left.pop(); file !== undefined; file = left.pop()) {
    if (found.has(file)) continue;
    const text = readFileSync(`${DIST}/lib/${file}`, 'utf8');
    found.set(file, text);
    left.push(...[...text.matchAll(/(?:from|import)"\.\/([^"]+)"/g)].map(([, imported]) => imported));
  }
  return [...found.values()].join('\n');
}

function everything(): string {
  return readdirSync(`${DIST}/lib`)
    .map((file) => readFileSync(`${DIST}/lib/${file}`, 'utf8'))
    .join('\n');
}
