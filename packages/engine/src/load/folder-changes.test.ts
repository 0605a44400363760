import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { useScratch } from '@naru/testkit';
import { describe, expect, it } from 'vitest';
import { folderChanges } from './folder-changes.ts';

const scratch = useScratch();

/** Watches a new folder and counts; `after` waits until changes have surely been told. */
async function watching(
  name: string,
): Promise<{ folder: string; stop: () => Promise<number>; after: () => Promise<number> }> {
  const folder = join(scratch.directory, name);
  mkdirSync(join(folder, 'sites'), { recursive: true });
  const end = new AbortController();
  let count = 0;
  const counting = (async () => {
    for await (const _ of folderChanges(folder, end.signal)) count += 1;
  })();
  await sleep(100);
  const after = async (): Promise<number> => {
    await sleep(300);
    return count - 1;
  };
  const stop = async (): Promise<number> => {
    end.abort();
    await counting;
    return count - 1;
  };
  return { folder, stop, after };
}

describe('folderChanges', () => {
  it('tells changes that come together once, and later ones again', async () => {
    const { folder, stop, after } = await watching('once');
    for (const name of ['a', 'b', 'c']) writeFileSync(join(folder, `${name}.yaml`), 'x: 1\n');
    expect(await after()).toBe(1);

    writeFileSync(join(folder, 'sites', 'dev.yaml.new'), 'x: 2\n');
    renameSync(join(folder, 'sites', 'dev.yaml.new'), join(folder, 'sites', 'dev.yaml'));
    expect(await after()).toBe(2);
    expect(await stop()).toBe(2);
  });

  it('sees folders that are made later, and leaves version control alone', async () => {
    const { folder, stop, after } = await watching('later');
    mkdirSync(join(folder, '.git'));
    writeFileSync(join(folder, '.git', 'index'), '');
    const before = await after();

    mkdirSync(join(folder, 'components', 'web'), { recursive: true });
    await sleep(50);
    writeFileSync(join(folder, 'components', 'web', 'component.yaml'), 'x: 1\n');
    expect(await after()).toBeGreaterThan(before);
    await stop();
  });

  it('ends at once when it is told to, and fails for a folder that is not there', async () => {
    const { stop } = await watching('end');
    expect(await stop()).toBe(0);

    const lost = folderChanges(join(scratch.directory, 'nowhere'), new AbortController().signal);
    await lost.next();
    await expect(lost.next()).rejects.toThrow(/ENOENT/);
  });
});
