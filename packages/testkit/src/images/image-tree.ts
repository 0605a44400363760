/** One entry of a root file system. Paths are absolute and normalised; parents need not be named. */
export type TreeEntry =
  | { readonly kind: 'directory'; readonly mode: number; readonly uid: number }
  | { readonly kind: 'link'; readonly target: string }
  | { readonly kind: 'file'; readonly mode: number; readonly content: Uint8Array | { readonly source: string } };

/** A root file system under construction: path → entry. */
export type ImageTree = Map<string, TreeEntry>;

const ROOT_DIRECTORY: TreeEntry = { kind: 'directory', mode: 0o755, uid: 0 };

/** Debian keeps `/bin`, `/sbin` and `/lib*` as links into `/usr`; packages still name files by either path. */
export function mergedPath(path: string): string {
  return /^\/(?:bin|sbin|lib|lib32|lib64|libx32)(?:\/|$)/.test(path) ? `/usr${path}` : path;
}

/** The entries in the one order that an archive has: parents first, otherwise by path. Missing parents are added. */
export function sortedEntries(tree: ReadonlyMap<string, TreeEntry>): readonly (readonly [string, TreeEntry])[] {
  const all = new Map(tree);
  for (const path of tree.keys()) {
    for (let parent = parentOf(path); parent !== '/'; parent = parentOf(parent)) {
      if (!all.has(parent)) all.set(parent, ROOT_DIRECTORY);
    }
  }
  return [...all].sort(([a], [b]) => (a < b ? -1 : 1));
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/';
}
