import { quoteGo } from '../value/quote.ts';
import { comparePrereleases, compareVersions, parseVersion } from './version.ts';
import type { Version } from './version.ts';

interface Part {
  readonly operator: string;
  readonly version: Version;
  readonly minorOpen: boolean;
  readonly patchOpen: boolean;
  /** Whether any part was left open: `1.2`, `1.x`, `*`. */
  readonly open: boolean;
}

const VERSION =
  'v?([0-9|xX*]+)(\\.[0-9|xX*]+)?(\\.[0-9|xX*]+)?(-(?:[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?(?:\\+(?:[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?';
const PLAIN = VERSION.replaceAll(/\((?!\?)/g, '(?:');
const OPERATOR = '(=||!=|>|<|>=|=>|<=|=<|~|~>|\\^)';
const ANY_OPERATOR = '(?:=>|=<|>=|<=|!=|~>|=|>|<|~|\\^|)';
const ONE = new RegExp(`^\\s*${OPERATOR}\\s*${VERSION}\\s*$`);
const EACH = new RegExp(`${ANY_OPERATOR}\\s*${PLAIN}`, 'g');
const VALID = new RegExp(`^(?:\\s*${ANY_OPERATOR}\\s*${PLAIN}\\s*)(?:(?:\\s+|,\\s*)${ANY_OPERATOR}\\s*${PLAIN}\\s*)*$`);
const RANGE = new RegExp(`\\s*(${PLAIN})\\s+-\\s+(${PLAIN})\\s*`, 'g');
const MAX_LENGTH = 4096;

/** A constraint such as `>=1.2 <2 || ^3.1`: parsed once, asked often. */
export interface Constraint {
  /** One list per alternative; every part of a list must hold. */
  readonly alternatives: readonly { readonly parts: readonly Part[]; readonly allowsPrerelease: boolean }[];
}

/** Reads a constraint; gives the reason as a text when it is none. */
export function parseConstraint(text: string): Constraint | string {
  if (text.length > MAX_LENGTH) return `improper constraint: ${quoteGo(text.slice(0, 64))}`;
  const ranged = text.replace(RANGE, (_, from: string, to: string) => `>= ${from}, <= ${to} `);
  const alternatives: { parts: Part[]; allowsPrerelease: boolean }[] = [];
  for (const alternative of ranged.split('||')) {
    if (!VALID.test(alternative)) return `improper constraint: ${quoteGo(alternative)}`;
    const parts: Part[] = [];
    for (const written of alternative.match(EACH) ?? [alternative]) {
      const part = parsePart(written);
      if (part === undefined) return 'constraint parser error';
      parts.push(part);
    }
    alternatives.push({ parts, allowsPrerelease: parts.some((part) => part.version.prerelease !== '') });
  }
  return { alternatives };
}

function parsePart(written: string): Part | undefined {
  const match = ONE.exec(written);
  if (match === null) return undefined;
  const [, operator = '', major = '', minor = '', patch = '', prerelease = ''] = match;
  const isOpen = (part: string): boolean => ['', 'x', 'X', '*'].includes(part.replace('.', ''));
  let text = `${major}${minor}${patch}${prerelease}`;
  const open = { minorOpen: false, patchOpen: false, open: false };
  if (isOpen(major)) {
    text = `0.0.0${prerelease}`;
    open.open = true;
  } else if (isOpen(minor)) {
    text = `${major}.0.0${prerelease}`;
    open.open = true;
    open.minorOpen = true;
  } else if (isOpen(patch)) {
    text = `${major}${minor}.0${prerelease}`;
    open.open = true;
    open.patchOpen = true;
  }
  const version = parseVersion(text);
  return version === undefined ? undefined : { operator, version, ...open };
}

/** Whether `version` meets the constraint. A prerelease meets only alternatives that name one. */
export function satisfies(version: Version, constraint: Constraint): boolean {
  return constraint.alternatives.some(({ parts, allowsPrerelease }) =>
    parts.every((part) => (version.prerelease === '' || allowsPrerelease) && holds(version, part)),
  );
}

function holds(version: Version, part: Part): boolean {
  const order = compareVersions(version, part.version);
  switch (part.operator) {
    case '!=':
      return isDifferent(version, part);
    case '>':
      return isGreater(version, part);
    case '<':
      return order < 0;
    case '>=':
    case '=>':
      return order >= 0;
    case '<=':
    case '=<':
      return isAtMost(version, part);
    case '~':
    case '~>':
      return isNear(version, part);
    case '^':
      return isCompatible(version, part);
    default:
      return part.open ? isNear(version, part) : order === 0;
  }
}

function isDifferent(version: Version, { version: other, open, minorOpen, patchOpen }: Part): boolean {
  if (!open) return compareVersions(version, other) !== 0;
  if (version.major !== other.major) return true;
  if (minorOpen) return false;
  if (version.minor !== other.minor) return true;
  if (version.patch !== other.patch && !patchOpen) return true;
  if (patchOpen) return comparePrereleases(version.prerelease, other.prerelease) !== 0;
  return compareVersions(version, other) !== 0;
}

function isGreater(version: Version, { version: other, open, minorOpen, patchOpen }: Part): boolean {
  if (!open || version.major !== other.major) {
    return open ? version.major > other.major : compareVersions(version, other) > 0;
  }
  if (minorOpen) return false;
  return patchOpen ? version.minor > other.minor : compareVersions(version, other) > 0;
}

function isAtMost(version: Version, { version: other, open, minorOpen }: Part): boolean {
  if (!open) return compareVersions(version, other) <= 0;
  if (version.major > other.major) return false;
  return !(version.major === other.major && version.minor > other.minor && !minorOpen);
}

function isNear(version: Version, { version: other, minorOpen, patchOpen }: Part): boolean {
  if (compareVersions(version, other) < 0) return false;
  const isZero = other.major === 0n && other.minor === 0n && other.patch === 0n;
  if (isZero && !minorOpen && !patchOpen) return true;
  return version.major === other.major && (version.minor === other.minor || minorOpen);
}

function isCompatible(version: Version, { version: other, minorOpen, patchOpen }: Part): boolean {
  if (compareVersions(version, other) < 0) return false;
  if (other.major > 0n || minorOpen) return version.major === other.major;
  if (version.major > 0n) return false;
  if (other.minor > 0n || patchOpen) return version.minor === other.minor;
  if (version.minor > 0n) return false;
  return version.patch === other.patch;
}
