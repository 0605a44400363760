/** A semantic version as Masterminds/semver reads it: a `v` in front and missing parts are allowed. */
export interface Version {
  readonly major: bigint;
  readonly minor: bigint;
  readonly patch: bigint;
  readonly prerelease: string;
  readonly metadata: string;
  readonly original: string;
}

/** Zeros in front of a number are let through, except in a prerelease. */
const VERSION =
  /^v?([0-9]+)(\.[0-9]+)?(\.[0-9]+)?(-([0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*))?(\+([0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*))?$/;
const MAX_LENGTH = 256;
const MAX_SEGMENT = 2n ** 64n - 1n;

/** Reads a version; nothing when it is none. */
export function parseVersion(text: string): Version | undefined {
  const match = text.length > MAX_LENGTH ? null : VERSION.exec(text);
  if (match === null) return undefined;
  const [, major = '', minor = '.0', patch = '.0', , prerelease = '', , , metadata = ''] = match;
  const version = { major: BigInt(major), minor: BigInt(minor.slice(1)), patch: BigInt(patch.slice(1)) };
  if ([version.major, version.minor, version.patch].some((part) => part > MAX_SEGMENT)) return undefined;
  return startsWithZero(prerelease) ? undefined : { ...version, prerelease, metadata, original: text };
}

/** Whether a number in the prerelease has a zero in front. */
function startsWithZero(prerelease: string): boolean {
  return prerelease.split('.').some((part) => /^0\d+$/.test(part));
}

/** Why `text` is no version, in the words of Masterminds/semver. */
export function describeInvalidVersion(text: string): string {
  if (text.length > MAX_LENGTH) return `version string is too long (max ${MAX_LENGTH} bytes)`;
  const match = VERSION.exec(text);
  if (match === null) return 'invalid semantic version';
  const segments = [match[1] ?? '0', match[2]?.slice(1) ?? '0', match[3]?.slice(1) ?? '0'];
  const large = segments.find((segment) => BigInt(segment) > MAX_SEGMENT);
  if (large === undefined) return 'version segment starts with 0';
  return `error parsing version segment: strconv.ParseUint: parsing ${JSON.stringify(large)}: value out of range`;
}

/** The version written in full, without its `v`. */
export function formatVersion(version: Version): string {
  const { major, minor, patch, prerelease, metadata } = version;
  return `${major}.${minor}.${patch}${prerelease && `-${prerelease}`}${metadata && `+${metadata}`}`;
}

/** Orders versions; metadata does not count. */
export function compareVersions(a: Version, b: Version): number {
  for (const part of ['major', 'minor', 'patch'] as const) {
    if (a[part] !== b[part]) return a[part] < b[part] ? -1 : 1;
  }
  return comparePrereleases(a.prerelease, b.prerelease);
}

/** Orders prereleases; none is later than any. */
export function comparePrereleases(a: string, b: string): number {
  if (a === b) return 0;
  if (a === '' || b === '') return a === '' ? 1 : -1;
  const left = a.split('.');
  const right = b.split('.');
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const order = comparePart(left[i], right[i]);
    if (order !== 0) return order;
  }
  return 0;
}

function comparePart(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0;
  if (a === undefined || b === undefined) return a === undefined ? -1 : 1;
  const [aNumber, bNumber] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (aNumber && bNumber) return BigInt(a) < BigInt(b) ? -1 : 1;
  if (aNumber !== bNumber) return aNumber ? -1 : 1;
  return a < b ? -1 : 1;
}
