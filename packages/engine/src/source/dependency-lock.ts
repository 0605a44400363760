import { type ChartDependency, parseYaml, stringifyYaml } from '@naru/chart';
import { isRecord } from '@naru/core';
import { sha256Of } from './chart-cache.ts';

/** One dependency, at the version that was chosen. */
export interface LockedDependency {
  readonly name: string;
  readonly repository: string;
  readonly version: string;
}

/** `Chart.lock`. */
export interface DependencyLock {
  readonly dependencies: readonly LockedDependency[];
  readonly digest: string;
}

/** Undefined for what is no lock. */
export function readLock(text: string): DependencyLock | undefined {
  const content = parseYaml(text);
  if (!isRecord(content) || typeof content['digest'] !== 'string' || !Array.isArray(content['dependencies'])) {
    return undefined;
  }
  const dependencies = content['dependencies'].filter(isRecord).map((entry) => {
    const of = (name: string): string => (typeof entry[name] === 'string' ? entry[name] : '');
    return { name: of('name'), repository: of('repository'), version: of('version') };
  });
  return { dependencies, digest: content['digest'] };
}

/** The text that Helm writes; `now` is when. */
export function lockText({ dependencies, digest }: DependencyLock, now: Date): string {
  return stringifyYaml({ dependencies, digest, generated: now.toISOString() });
}

/** The digest that ties a lock to what `Chart.yaml` asks for, as Helm computes it. */
export function lockDigest(asked: readonly ChartDependency[], locked: readonly LockedDependency[]): string {
  const wanted = asked.map(({ name, version, repository, condition, tags, importValues, alias }) => ({
    name,
    ...(version === '' ? {} : { version }),
    repository,
    ...(condition === '' ? {} : { condition }),
    ...(tags.length === 0 ? {} : { tags }),
    ...(importValues.length === 0 ? {} : { 'import-values': importValues }),
    ...(alias === '' ? {} : { alias }),
  }));
  const chosen = locked.map(({ name, version, repository }) => ({
    name,
    ...(version === '' ? {} : { version }),
    repository,
  }));
  return sha256Of(Buffer.from(goJson([wanted, chosen])));
}

/** Go writes these characters as escapes in JSON. */
function goJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
