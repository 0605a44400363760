import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { arch, homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { BASE_PACKAGES, collectTree } from './collect-tree.ts';
import { type Environment, ImagesUnavailable, unpackDebianPackages } from './debian-root.ts';
import { writeDockerArchive } from './docker-archive.ts';
import { imageReference, type ImageRecipe } from './image-recipe.ts';

/** Raise it when the same recipe shall give other bytes than before. */
const FORMAT = 1;

/** Node's names of machines, and the image specification's. */
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

export interface EnsureImagesOptions {
  readonly environment: Environment;
  /** Called once before anything is built, with the references of what the cache lacks. */
  readonly onBuild?: (references: readonly string[]) => void;
}

/**
 * The archives of `recipes`, in their order, as paths in the cache. What is there already is not built again: a
 * recipe's digest is part of its file's name.
 *
 * Throws `ImagesUnavailable` where Debian packages cannot be had.
 */
export async function ensureImages(
  recipes: readonly ImageRecipe[],
  options: EnsureImagesOptions,
): Promise<readonly string[]> {
  const cache = imageCache(options.environment);
  const wanted = recipes.map((recipe) => ({ recipe, path: join(cache, archiveName(recipe)) }));
  const present = await Promise.all(wanted.map(({ path }) => isFile(path)));
  const lacking = wanted.filter((_, index) => present[index] !== true);
  if (lacking.length > 0) {
    options.onBuild?.(lacking.map(({ recipe }) => imageReference(recipe)));
    await mkdir(cache, { recursive: true });
    await build(lacking, options.environment);
  }
  return wanted.map(({ path }) => path);
}

interface Build {
  readonly recipe: ImageRecipe;
  readonly path: string;
}

async function build(builds: readonly Build[], environment: Environment): Promise<void> {
  const architecture = ARCHITECTURES[arch()];
  if (architecture === undefined) throw new ImagesUnavailable(`no images are built for machines of type ${arch()}`);
  const directory = await mkdtemp(join(tmpdir(), 'naru-images-'));
  try {
    const packages = new Set([...BASE_PACKAGES, ...builds.flatMap(({ recipe }) => recipe.packages)]);
    const root = await unpackDebianPackages([...packages], { directory, environment });
    for (const { recipe, path } of builds) {
      const tree = await collectTree(recipe, root);
      const { config } = recipe;
      await writeDockerArchive({ reference: imageReference(recipe), config, architecture, tree }, path);
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function archiveName(recipe: ImageRecipe): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([FORMAT, arch(), recipe]))
    .digest('hex');
  return `${recipe.name}-${recipe.version}-${digest.slice(0, 16)}.tar`;
}

function imageCache(environment: Environment): string {
  const { NARU_CACHE, XDG_CACHE_HOME } = environment;
  return join(NARU_CACHE ?? join(XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'naru'), 'images');
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}
