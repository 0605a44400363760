import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CapturedRun, runCaptured, useScratch } from '@naru/testkit';
import { describe, expect, it } from 'vitest';

const scratch = useScratch();
let count = 0;

/** A chart that depends on one beside it, which has `version`. */
function chart(version: string): string {
  const folder = join(scratch.directory, String((count += 1)));
  for (const name of ['parent', 'common']) mkdirSync(join(folder, name), { recursive: true });
  const dependency = 'dependencies: [{ name: common, version: ^1, repository: "file://../common" }]\n';
  writeFileSync(join(folder, 'parent', 'Chart.yaml'), `apiVersion: v2\nname: parent\nversion: 1.0.0\n${dependency}`);
  writeFileSync(join(folder, 'common', 'Chart.yaml'), `apiVersion: v2\nname: common\nversion: ${version}\n`);
  return join(folder, 'parent');
}

async function deps(folder: string, ...words: readonly string[]): Promise<CapturedRun> {
  const environment = { NARU_CACHE: join(scratch.directory, 'cache'), HOME: scratch.directory };
  return await runCaptured(['chart', 'deps', folder, ...words], { environment });
}

describe('naru chart deps', () => {
  it('says what it has put where, and the same again', async () => {
    const folder = chart('1.2.0');
    const stdout = `common 1.2.0  ${join('charts', 'common-1.2.0.tgz')}\n`;
    expect(await deps(folder)).toEqual({ exitCode: 0, stdout, stderr: '' });
    expect(await deps(folder, '--offline')).toEqual({ exitCode: 0, stdout, stderr: '' });
    expect(readdirSync(folder).toSorted()).toEqual(['Chart.lock', 'Chart.yaml', 'charts']);
  });

  it('names a lock that is out of sync, and what to do about it', async () => {
    const folder = chart('1.2.0');
    await deps(folder);
    writeFileSync(join(folder, 'Chart.lock'), 'dependencies: []\ndigest: sha256:old\n');
    const { exitCode, stderr } = await deps(folder);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('CHART_LOCK_STALE');
    expect(stderr).toContain(`naru chart deps ${folder} --update`);
    expect((await deps(folder, '--update')).exitCode).toBe(0);
  });

  it('refuses a version that is not asked for', async () => {
    const { exitCode, stdout, stderr } = await deps(chart('2.0.0'));
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain('CHART_VERSION_UNMATCHED');
    expect(stderr).toContain('2.0.0');
  });
});
