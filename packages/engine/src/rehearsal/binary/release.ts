import { NaruError } from '@naru/core';

/** The newest patch of every minor that rehearsals were tried with. The first is the default. */
const NEWEST_PATCH: Readonly<Record<string, string>> = {
  '1.36': '1.36.3',
  '1.35': '1.35.4',
  '1.34': '1.34.4',
  '1.33': '1.33.13',
};

export const DEFAULT_KUBERNETES = '1.36.3';

/**
 * The exact version that `1.34`, `v1.34` or `1.34.2` stands for. An exact version is taken as it is, known here or
 * not; whether it exists is found out when its binaries are fetched.
 */
export function resolveKubernetesVersion(requested: string): string {
  const plain = requested.trim().replace(/^v/, '');
  if (/^\d+\.\d+\.\d+$/.test(plain)) return plain;
  const newest = NEWEST_PATCH[plain];
  if (newest !== undefined) return newest;
  throw new NaruError('KUBERNETES_VERSION_UNKNOWN', { requested, known: Object.keys(NEWEST_PATCH).join(', ') });
}
