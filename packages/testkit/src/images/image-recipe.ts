/** A text file that the recipe brings itself. */
export interface RecipeFile {
  readonly path: string;
  readonly text: string;
  readonly mode: number;
}

/** A folder that the software expects to exist and to be able to write to. */
export interface RecipeDirectory {
  readonly path: string;
  readonly mode: number;
  readonly uid: number;
}

/** What the image tells a runtime, under the names of the image specification. */
export interface ImageConfig {
  readonly Entrypoint?: readonly string[];
  readonly Cmd?: readonly string[];
  readonly Env?: readonly string[];
  readonly User?: string;
  readonly WorkingDir?: string;
  readonly StopSignal?: string;
}

/**
 * How to make one image out of Debian packages. Pure data, so that its digest says whether an image was made from it.
 *
 * Every image also gets a static busybox with all its applets, and the shared libraries that the copied programs
 * name. Paths are absolute paths in the image; `/bin`, `/sbin` and `/lib*` stand for their places below `/usr`.
 */
export interface ImageRecipe {
  readonly name: string;
  /** The version of the software as Debian 12 ships it: the tag. */
  readonly version: string;
  /** Debian packages to unpack; what they depend on comes along. */
  readonly packages: readonly string[];
  /** Files and folders of those packages to put into the image. */
  readonly copy: readonly string[];
  /** Files below `copy` to leave out, by a part of their path. */
  readonly omit: readonly string[];
  /** Symbolic links: path → target. */
  readonly links: Readonly<Record<string, string>>;
  readonly files: readonly RecipeFile[];
  readonly directories: readonly RecipeDirectory[];
  /** The user the image runs as; it gets a line in `/etc/passwd`, which some servers insist on. */
  readonly user: { readonly name: string; readonly uid: number };
  readonly config: ImageConfig;
}

/** Images are named as if they came from a registry, so that sites can point to them; nothing ever pulls them. */
export function imageReference({ name, version }: Pick<ImageRecipe, 'name' | 'version'>): string {
  return `registry.naru.test/${name}:${version}`;
}
