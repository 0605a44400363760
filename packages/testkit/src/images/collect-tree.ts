import { execFile } from 'node:child_process';
import { readdir, readlink, realpath, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { ImagesUnavailable } from './debian-root.ts';
import type { ImageRecipe } from './image-recipe.ts';
import { mergedPath, type ImageTree } from './image-tree.ts';
import { librariesOf } from './shared-libraries.ts';

const run = promisify(execFile);

/** Packages that every image takes part of, whatever its recipe says. */
export const BASE_PACKAGES = ['busybox-static'];

/** The root file system that `recipe` describes, its files taken from the unpacked packages at `root`. */
export async function collectTree(recipe: ImageRecipe, root: string): Promise<ImageTree> {
  const tree: ImageTree = new Map();
  await addBase(tree, root);
  for (const path of recipe.copy) await addCopy(tree, { root, path, omit: recipe.omit });
  await addLibraries(tree, root);
  for (const [path, target] of Object.entries(recipe.links)) tree.set(path, { kind: 'link', target });
  for (const { path, mode, uid } of recipe.directories) tree.set(path, { kind: 'directory', mode, uid });
  const { name, uid } = recipe.user;
  const texts = [
    ...recipe.files,
    {
      path: '/etc/passwd',
      mode: 0o644,
      text: `root:x:0:0:root:/:/bin/sh\n${name}:x:${uid}:${uid}:${name}:/:/bin/sh\n`,
    },
    { path: '/etc/group', mode: 0o644, text: `root:x:0:\n${name}:x:${uid}:\n` },
  ];
  for (const { path, mode, text } of texts) tree.set(path, { kind: 'file', mode, content: Buffer.from(text) });
  return tree;
}

/** A shell with its tools, and the folders that every program expects. */
async function addBase(tree: ImageTree, root: string): Promise<void> {
  for (const name of ['bin', 'sbin', 'lib', 'lib64']) tree.set(`/${name}`, { kind: 'link', target: `usr/${name}` });
  for (const path of ['/usr/bin', '/usr/sbin', '/usr/lib', '/usr/lib64', '/dev', '/proc', '/sys', '/run', '/var']) {
    tree.set(path, { kind: 'directory', mode: 0o755, uid: 0 });
  }
  tree.set('/tmp', { kind: 'directory', mode: 0o1777, uid: 0 });
  tree.set('/var/run', { kind: 'link', target: '/run' });
  const source = await firstOf([join(root, 'bin/busybox'), join(root, 'usr/bin/busybox')]);
  tree.set('/usr/bin/busybox', { kind: 'file', mode: 0o755, content: { source } });
  const { stdout } = await run(source, ['--list']);
  const applets = stdout.split('\n').filter((applet) => applet !== '' && applet !== 'busybox');
  for (const applet of applets) tree.set(`/usr/bin/${applet}`, { kind: 'link', target: 'busybox' });
}

interface Copy {
  readonly root: string;
  readonly path: string;
  readonly omit: readonly string[];
}

async function addCopy(tree: ImageTree, { root, path, omit }: Copy): Promise<void> {
  const start = join(root, path);
  const found = await stat(start).catch(() => undefined);
  if (found === undefined) throw new ImagesUnavailable(`no package brings ${path}`);
  if (!found.isDirectory()) return addFile(tree, root, start);
  const entries = await readdir(start, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    const source = join(entry.parentPath, entry.name);
    if (omit.some((part) => source.slice(root.length).includes(part))) continue;
    if (entry.isSymbolicLink()) {
      tree.set(imagePath(root, source), { kind: 'link', target: await readlink(source) });
    } else if (entry.isFile()) {
      await addFile(tree, root, source);
    }
  }
}

async function addFile(tree: ImageTree, root: string, source: string): Promise<void> {
  const { mode } = await stat(source);
  tree.set(imagePath(root, source), { kind: 'file', mode: mode & 0o111 ? 0o755 : 0o644, content: { source } });
}

/** Everything that the programs collected so far load, and the loader where programs look for it. */
async function addLibraries(tree: ImageTree, root: string): Promise<void> {
  const programs = [...tree.values()].flatMap((entry) =>
    entry.kind === 'file' && 'source' in entry.content ? [entry.content.source] : [],
  );
  const libraries = await librariesOf(root, programs);
  for (const library of libraries) {
    const content = { source: await realpath(library) };
    tree.set(imagePath(root, library), { kind: 'file', mode: 0o755, content });
  }
  if (libraries.length === 0) return;
  for (const folder of ['lib', 'lib64']) {
    for (const name of await readdir(join(root, folder)).catch(() => [])) {
      if (!name.startsWith('ld-linux')) continue;
      tree.set(`/usr/${folder}/${name}`, { kind: 'link', target: await readlink(join(root, folder, name)) });
    }
  }
}

function imagePath(root: string, source: string): string {
  return mergedPath(`/${relative(root, source)}`);
}

async function firstOf(paths: readonly string[]): Promise<string> {
  for (const path of paths) {
    if ((await stat(path).catch(() => undefined)) !== undefined) return path;
  }
  throw new ImagesUnavailable(`no package brings ${paths.join(' or ')}`);
}
