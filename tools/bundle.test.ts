import { readFileSync } from 'node:fs';
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

  it('needs no other package, and names the licence of everything in it', () => {
    const manifest = JSON.parse(readFileSync(`${DIST}/package.json`, 'utf8')) as Record<string, unknown>;
    const notices = readFileSync(`${DIST}/THIRD-PARTY-NOTICES.txt`, 'utf8');

    expect(Object.keys(manifest)).not.toContain('dependencies');
    expect(manifest).toMatchObject({ engines: { node: '>=24' }, license: 'Apache-2.0' });
    for (const name of ['commander', 'undici', 'yaml', 'zod'])
      expect(notices).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+\\nLicense: `, 'm'));
  });
});
