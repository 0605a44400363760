import semver from 'semver';

/** Whether a Kubernetes version is in a range such as `>=1.33 <1.38`. Suffixes of distributions do not count. */
export function inRange(version: string, range: string): 'in' | 'out' | 'malformed' {
  const parsed = semver.validRange(range);
  if (parsed === null) return 'malformed';
  const plain = semver.coerce(version);
  return plain !== null && semver.satisfies(plain, parsed) ? 'in' : 'out';
}
