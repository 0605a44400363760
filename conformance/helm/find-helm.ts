import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The version whose output is the reference. */
export const HELM_VERSION = 'v4.3';

/** The reference Helm in `NARU_HELM`, the cache folder or the PATH; nothing when there is none of the right version. */
export function findHelm(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const cache =
    environment['NARU_CACHE'] ??
    join(environment['XDG_CACHE_HOME'] ?? join(environment['HOME'] ?? '/', '.cache'), 'naru');
  const folders = [
    join(cache, 'helm', '4.3.1', `${process.platform}-${process.arch}`),
    ...(environment['PATH'] ?? '').split(delimiter),
  ];
  const given = environment['NARU_HELM'];
  const candidates = [...(given === undefined ? [] : [given]), ...folders.map((folder) => join(folder, 'helm'))];
  return candidates.find((path) => existsSync(path) && versionOf(path).startsWith(HELM_VERSION));
}

function versionOf(path: string): string {
  try {
    return execFileSync(path, ['version', '--template', '{{.Version}}'], { encoding: 'utf8' });
  } catch {
    return '';
  }
}
