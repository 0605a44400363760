import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ImagesUnavailable } from './debian-root.ts';

const run = promisify(execFile);

/** The folders in which Debian keeps shared libraries, on any architecture. */
const LIBRARY_FOLDERS = ['lib/*-linux-*', 'usr/lib/*-linux-*', 'lib', 'usr/lib'];

/**
 * The shared libraries below `root` that `programs` (paths on this machine) need, directly or through others,
 * as paths on this machine; the loader is one of them. Files that are no dynamic programs need none.
 *
 * Asks the loader of `root` itself, so that the machine's own libraries play no part.
 */
export async function librariesOf(root: string, programs: readonly string[]): Promise<readonly string[]> {
  const [loader] = globSync('{lib,usr/lib}/*-linux-*/ld-linux*.so*', { cwd: root });
  if (loader === undefined) return [];
  const folders = globSync(LIBRARY_FOLDERS, { cwd: root });
  const searchPath = folders.map((folder) => join(root, folder)).join(':');
  const found = new Set<string>();
  for (const program of programs) {
    if (!(await isElf(program))) continue;
    for (const library of await listed(join(root, loader), searchPath, program)) found.add(library);
  }
  if (found.size > 0) found.add(join(root, loader));
  return [...found].sort();
}

async function listed(loader: string, searchPath: string, program: string): Promise<readonly string[]> {
  const args = ['--inhibit-cache', '--library-path', searchPath, '--list', program];
  // A static program is refused by the loader: it needs nothing.
  const { stdout } = await run(loader, args).catch(() => ({ stdout: '' }));
  const missing = /^\s*(\S+) => not found/m.exec(stdout)?.[1];
  if (missing !== undefined) throw new ImagesUnavailable(`${program} needs ${missing}, which no package brings`);
  return [...stdout.matchAll(/=> (\/\S+) \(/g)].map(([, path = '']) => path);
}

async function isElf(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString('latin1') === '\x7fELF';
  } finally {
    await file.close();
  }
}
