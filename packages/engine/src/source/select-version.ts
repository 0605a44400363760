import { compareVersions, parseConstraint, parseVersion, satisfies } from '@naru/chart';
import { NaruError } from '@naru/core';
import { plainText } from '../kube/plain-text.ts';

/** Where versions are published, for errors. */
interface Published {
  readonly chart: string;
  readonly source: string;
}

/**
 * The version that Helm would take: the one that is written so, else the newest that meets `wanted` as a range. An empty `wanted`
 * is the newest that is no prerelease. `versions` are newest first.
 *
 * Throws `CHART_VERSION_INVALID` and `CHART_VERSION_UNMATCHED`.
 */
export function selectVersion(versions: readonly string[], wanted: string, { chart, source }: Published): string {
  if (wanted !== '' && versions.includes(wanted)) return wanted;
  const constraint = parseConstraint(wanted === '' ? '*' : wanted);
  if (typeof constraint === 'string')
    throw new NaruError('CHART_VERSION_INVALID', { version: wanted, reason: constraint });
  for (const written of versions) {
    const version = parseVersion(written);
    if (version !== undefined && satisfies(version, constraint)) return written;
  }
  const nearest = nearestTo(versions, wanted).map(plainText).join(', ');
  throw new NaruError('CHART_VERSION_UNMATCHED', { chart, version: wanted === '' ? '*' : wanted, source, nearest });
}

/** The versions around the first one that `wanted` names, else the newest. */
function nearestTo(versions: readonly string[], wanted: string): readonly string[] {
  const named = parseVersion(/\d+(?:\.\d+){0,2}(?:-[\w.-]+)?/.exec(wanted)?.[0] ?? '');
  if (named === undefined) return versions.slice(0, 3);
  const below = versions.findIndex((written) => {
    const version = parseVersion(written);
    return version !== undefined && compareVersions(version, named) < 0;
  });
  const at = below === -1 ? versions.length : below;
  const from = Math.max(0, Math.min(at - 2, versions.length - 3));
  return versions.slice(from, from + 3);
}

/** The tag of a version: registries allow no `+` in one. */
export function tagOf(version: string): string {
  return version.replaceAll('+', '_');
}

/** Written in full; Helm takes no tag for a version that is not. */
const STRICT = /^(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){2}(?:[-+]|$)/;

/** The versions among tags, newest first; what is no version is left out. */
export function versionsOf(tags: readonly string[]): readonly string[] {
  return tags
    .flatMap((tag) => {
      const written = tag.replaceAll('_', '+');
      const version = STRICT.test(written) ? parseVersion(written) : undefined;
      return version === undefined ? [] : [{ written, version }];
    })
    .toSorted((a, b) => compareVersions(b.version, a.version))
    .map(({ written }) => written);
}
