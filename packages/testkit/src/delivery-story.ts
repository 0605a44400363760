import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ControlPlane } from '@naru/engine';
import { afterAll, expect, it } from 'vitest';
import { clusterContents } from './cluster-contents.ts';
import { naru, type NaruRun, succeeded } from './naru.ts';

const HELLO = fileURLToPath(new URL('../../../examples/hello', import.meta.url));

export interface StoryOptions {
  readonly controlPlane: () => ControlPlane;
  readonly site: string;
  /** What a running platform must answer, on a level where something runs. */
  readonly whenReady?: () => Promise<void>;
}

/**
 * Registers the life of `examples/hello` as tests, in order: install, ready, one changed setting, no further change, delete,
 * nothing left. Each is a command that a person types.
 */
export function tellDelivery({ controlPlane, site, whenReady }: StoryOptions): void {
  const folder = join(mkdtempSync(join(tmpdir(), 'naru-story-')), 'hello');
  cpSync(HELLO, folder, { recursive: true });
  afterAll(() => rmSync(join(folder, '..'), { recursive: true }));
  const run = (...args: readonly string[]): Promise<NaruRun> =>
    naru(args, { kubeconfig: controlPlane().kubeconfigPath });
  const done = async (...args: readonly string[]): Promise<NaruRun> => succeeded(await run(...args));
  let before: readonly string[] = [];

  it('plans an install into an empty cluster and writes nothing', async () => {
    before = await clusterContents(controlPlane().kubeconfigPath);

    const { exitCode, stdout, stderr } = await run('plan', folder, '--site', site, '--exit-code');

    expect({ exitCode, stderr }).toEqual({ exitCode: 10, stderr: '' });
    expect(stdout).toContain('+ create  StatefulSet.apps/hello/postgresql');
    expect(stdout).toMatch(/\d+ to create, 0 to update, 0 to delete/);
    expect(await clusterContents(controlPlane().kubeconfigPath)).toEqual(before);
  });

  it('installs in the order of needs and waits until everything is Current', async () => {
    const { exitCode, stdout, stderr } = await run('apply', folder, '--site', site);

    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(stdout).toMatch(/^hello is delivered to \w+ and ready/);
    const [database, page] = ['postgresql: done', 'hello: applying'].map((line) => stderr.indexOf(line));
    expect(database).toBeGreaterThan(-1);
    expect(page).toBeGreaterThan(database ?? Number.POSITIVE_INFINITY);
    const status = JSON.parse((await run('status', 'hello', '-o', 'json')).stdout) as {
      components: { word: string }[];
    };
    expect(status.components.map(({ word }) => word)).toEqual(['Current', 'Current', 'Current', 'Current']);
    await whenReady?.();
  });

  it('finds nothing to do after an install', async () => {
    const { exitCode, stdout } = await run('plan', folder, '--site', site, '--exit-code');

    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringContaining('Nothing to do') });
  });

  it('plans exactly the setting that changed', async () => {
    const file = join(folder, 'platform.yaml');
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('title: Hello from Naru');
    writeFileSync(file, text.replace('title: Hello from Naru', 'title: Another title'));

    const { exitCode, stdout } = await run('plan', folder, '--site', site, '--exit-code', '-o', 'json');

    const { steps } = JSON.parse(stdout) as { steps: { action: string; key: string; changes: { path: string }[] }[] };
    const changed = steps.filter(({ action }) => action !== 'keep');
    expect({ exitCode, changed: changed.map(({ action, key }) => `${action} ${key}`) }).toEqual({
      exitCode: 10,
      // The page, and the pods that must be started anew to show it.
      changed: ['update ConfigMap/hello/hello', 'update Deployment.apps/hello/hello'],
    });
    const [page] = changed;
    expect(JSON.stringify(page?.changes)).toContain('Another title');
    expect(changed[1]?.changes.map(({ path }) => path)).toEqual([
      'spec.template.metadata.annotations["checksum/config"]',
    ]);
  });

  it('applies the change, and then finds nothing to do', async () => {
    await done('apply', folder, '--site', site);
    await whenReady?.();

    await done('plan', folder, '--site', site, '--exit-code');
  });

  it('deletes in reverse order, and leaves nothing behind', async () => {
    const { exitCode, stderr } = await run('delete', 'hello', '--delete-data', '--yes');

    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    const [page, database] = ['hello: done', 'postgresql: removing'].map((line) => stderr.indexOf(line));
    expect(database).toBeGreaterThan(page ?? Number.POSITIVE_INFINITY);
    await expect
      .poll(() => clusterContents(controlPlane().kubeconfigPath), { timeout: 60_000, interval: 1_000 })
      .toEqual(before);
    expect(await run('status', 'hello')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('PLATFORM_UNKNOWN'),
    });
  });
}
