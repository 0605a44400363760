/** Where a site takes its images from. */
export interface RegistryRules {
  readonly host: string | undefined;
  /** Prefixes of full references and what replaces them. */
  readonly rewrite: Readonly<Record<string, string>>;
}

/**
 * The reference with its registry written out, as containerd resolves it: `nginx` is `docker.io/library/nginx`
 * (github.com/distribution/reference, ParseNormalizedNamed: its old name `index.docker.io` and capitals in a host included).
 */
export function fullReference(image: string): string {
  const slash = image.indexOf('/');
  const first = slash === -1 ? '' : image.slice(0, slash);
  const isHost = /[.:A-Z]/.test(first) || first === 'localhost';
  const host = !isHost || first === 'index.docker.io' ? 'docker.io' : first;
  const path = isHost ? image.slice(slash + 1) : image;
  return host === 'docker.io' && !path.includes('/') ? `docker.io/library/${path}` : `${host}/${path}`;
}

/**
 * The reference that a site uses: the longest matching prefix is replaced, else the site's registry is put in front
 * with the original host kept in the path, so that two hosts never collide. Without rules the reference stays as written.
 */
export function siteReference(image: string, rules: RegistryRules): string {
  const full = fullReference(image);
  const prefix = Object.keys(rules.rewrite)
    .filter((candidate) => full === candidate || startsAtBoundary(full, candidate))
    .sort((a, b) => b.length - a.length)[0];
  if (prefix !== undefined) return `${rules.rewrite[prefix] ?? ''}${full.slice(prefix.length)}`;
  if (rules.host === undefined || full.startsWith(`${rules.host}/`)) return image;
  return `${rules.host}/${full}`;
}

/** `docker.io/lib` must not match `docker.io/library`. */
function startsAtBoundary(full: string, prefix: string): boolean {
  return full.startsWith(prefix) && (prefix.endsWith('/') || ['/', ':', '@'].includes(full[prefix.length] ?? ''));
}
