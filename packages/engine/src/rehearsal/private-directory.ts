import { chmod, mkdir, mkdtemp, readFile, readdir, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NaruError } from '@naru/core';
import type { Environment } from './control-plane.ts';
import { killGroup } from './supervisor.ts';

const PREFIX = 'naru-rehearsal-';
const FALLBACK_PARENT = '/tmp';
/** Of the 104 bytes of a socket's path on macOS, what our longest name below a parent leaves to it. */
const PARENT_BYTES_AT_MOST = 48;
/** A directory without an owner is younger than this when its owner is about to be written. */
const OWNERLESS_GRACE_MS = 60_000;

/** Makes a directory that only this user can enter, and removes what earlier control planes were not able to remove. */
export async function createPrivateDirectory(environment: Environment): Promise<string> {
  const parent = parentOf(environment);
  try {
    await removeAbandoned(parent);
    const directory = await mkdtemp(join(parent, PREFIX));
    await chmod(directory, 0o700);
    await mkdir(join(directory, 'log'));
    return directory;
  } catch (cause) {
    const { message } = cause as NodeJS.ErrnoException;
    throw new NaruError('REHEARSAL_FOLDER_UNUSABLE', { folder: parent, reason: message }, { cause });
  }
}

/** The user's folder for temporary files, unless the sockets below it would have longer names than systems allow. */
function parentOf({ TMPDIR = FALLBACK_PARENT }: Environment): string {
  return TMPDIR !== '' && Buffer.byteLength(TMPDIR) <= PARENT_BYTES_AT_MOST ? TMPDIR : FALLBACK_PARENT;
}

/** Records whose death makes `directory` worthless. */
export async function setOwner(directory: string, supervisorPid: number): Promise<void> {
  await writeFile(join(directory, 'owner'), String(supervisorPid));
}

/**
 * A supervisor removes its directory itself. What is left here lost its supervisor too: killed by hand, or by a power
 * cut. Its process group is still its own, since no process gets a pid that names a living group.
 */
async function removeAbandoned(parent: string): Promise<void> {
  const names = (await readdir(parent)).filter((name) => name.startsWith(PREFIX));
  for (const directory of names.map((name) => join(parent, name))) {
    try {
      await removeIfAbandoned(directory);
    } catch {
      // Another user's, or being removed by another process at this moment: not ours to care about.
    }
  }
}

async function removeIfAbandoned(directory: string): Promise<void> {
  const owner = await readFile(join(directory, 'owner'), 'utf8').catch(() => undefined);
  if (owner === undefined) {
    const age = Date.now() - (await stat(directory)).mtimeMs;
    if (age < OWNERLESS_GRACE_MS) return;
  } else {
    if (isAlive(Number(owner))) return;
    killGroup(Number(owner));
    await removeControlGroups(directory);
  }
  await rm(directory, { recursive: true, force: true });
}

/** Empty cgroups that a node has left; `cgroups` in its directory lists them. */
async function removeControlGroups(directory: string): Promise<void> {
  const list = await readFile(join(directory, 'cgroups'), 'utf8').catch(() => '');
  for (const group of list.split('\n').filter((line) => line !== '')) {
    const below = await readdir(group, { recursive: true, withFileTypes: true }).catch(() => []);
    const folders = below.filter((entry) => entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
    for (const folder of [...folders.sort().reverse(), group]) await rmdir(folder).catch(() => undefined);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
