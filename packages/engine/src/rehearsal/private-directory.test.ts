import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@naru/testkit';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createPrivateDirectory, setOwner } from './private-directory.ts';

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'naru-private-'));
});
afterEach(() => rm(parent, { recursive: true, force: true }));

const create = (): Promise<string> => createPrivateDirectory({ TMPDIR: parent });
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const DEAD = 999_999_999;

it('can be entered by its owner alone, and is never the same', async () => {
  const [one, two] = await Promise.all([create(), create()]);
  expect(one).not.toBe(two);
  expect((await stat(one)).mode & 0o777).toBe(0o700);
  expect(await readdir(one)).toEqual(['log']);
});

it('leaves directories alone whose owner lives, or has not been written yet', async () => {
  const living = await create();
  await setOwner(living, process.pid);
  const starting = await create();
  await create();
  expect((await readdir(parent)).length).toBe(3);
  expect(await stat(starting)).toBeDefined();
});

it('removes what a dead owner has left, and what never had one', async () => {
  const dead = await create();
  await setOwner(dead, DEAD);
  await writeFile(join(dead, 'log', 'etcd.log'), 'text');
  const ownerless = await create();
  await utimes(ownerless, new Date(), new Date(Date.now() - 600_000));
  const next = await create();
  expect(await readdir(parent)).toEqual([next.slice(parent.length + 1)]);
});

it('touches nothing else in the folder for temporary files', async () => {
  await mkdir(join(parent, 'somebody-else'));
  await writeFile(join(parent, 'naru-rehearsal.txt'), 'mine');
  await create();
  expect(await readdir(parent)).toEqual(expect.arrayContaining(['naru-rehearsal.txt', 'somebody-else']));
});

it.each(['/nowhere/at-all', '/dev/null'])('says so when it cannot write to %s', async (folder) => {
  await expect(createPrivateDirectory({ TMPDIR: folder })).rejects.toMatchObject({
    code: 'REHEARSAL_FOLDER_UNUSABLE',
    exitCode: 3,
    details: { folder },
  });
});

it('avoids a folder whose name is too long for the sockets below it', async () => {
  const directory = await createPrivateDirectory({ TMPDIR: join(parent, 'a'.repeat(60)) });
  expect(directory).toMatch(/^\/tmp\/naru-rehearsal-\w+$/);
  await rm(directory, { recursive: true });
});

it('ends processes whose supervisor was killed alone', async () => {
  // A leader of a group that has left a member behind, as a supervisor that got SIGKILL has.
  const leader = spawn('/bin/sh', ['-c', 'sleep 60 & echo $!; exit 0'], { detached: true });
  const pid = await new Promise<number>((resolve) =>
    leader.stdout.once('data', (text: Buffer) => resolve(Number(text))),
  );
  await new Promise((resolve) => leader.once('exit', resolve));
  const left = await create();
  await setOwner(left, leader.pid ?? 0);
  await create();
  await eventually('the member is gone', async () => !isAlive(pid));
});
