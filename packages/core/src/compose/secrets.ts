import { suggest } from '../document/suggestion.ts';
import { NaruError, type Place } from '../error/naru-error.ts';
import { type Finding, findingOf } from '../finding/finding.ts';
import type { Secret } from '../spec/secret.ts';
import type { Candidate } from './needs.ts';
import type { Sources } from './sources.ts';

/** The key of the one text that a Secret of ours holds, unless the platform names another. */
const TEXT_KEY = 'value';
/** The key of a certificate, as the type `kubernetes.io/tls` has it. */
export const CERTIFICATE_KEY = 'tls.crt';

/** The Secret that a component gets for a declared one: each has its own, in its own namespace. */
export function secretName(component: string, secret: string): string {
  return `${component}-${secret}`;
}

export function secretKey({ generate, key }: Secret): string {
  if (generate?.authority !== undefined || generate?.certificate !== undefined) return CERTIFICATE_KEY;
  return key ?? TEXT_KEY;
}

/** What expressions of a component see of the secrets: never what they hold. Reading one is using it. */
export function secretScope(
  secrets: Sources['secrets'],
  component: string,
  used: Set<string>,
): Readonly<Record<string, unknown>> {
  const scope = {};
  for (const [name, { spec }] of secrets) {
    const get = (): Readonly<Record<string, string>> => {
      used.add(name);
      return { name: secretName(component, name), key: secretKey(spec) };
    };
    Object.defineProperty(scope, name, { enumerable: true, get });
  }
  return scope;
}

/** What is wrong with the secrets that a platform declares. */
export function secretFindings({ secrets, platform }: Sources): readonly Finding[] {
  return [...secrets].flatMap(([name, { spec }]) => {
    const placeOf = (...path: readonly string[]): Place =>
      platform.document.placeOf(['spec', 'secrets', name, ...path]);
    const sources = [spec.generate, spec.fromEnv, spec.fromFile].filter((source) => source !== undefined);
    const { length, alphabet, authority, certificate } = spec.generate ?? {};
    const kinds = [length ?? alphabet, authority, certificate].filter((kind) => kind !== undefined);
    if (sources.length !== 1 || kinds.length > 1) {
      return [findingOf(new NaruError('SECRET_SOURCE_AMBIGUOUS', { secret: name }, { place: placeOf() }))];
    }
    const signer = certificate?.authority;
    if (signer === undefined || secrets.get(signer)?.spec.generate?.authority !== undefined) return [];
    const place = placeOf('generate', 'certificate', 'authority');
    return [findingOf(new NaruError('SECRET_AUTHORITY_UNKNOWN', { secret: name, authority: signer }, { place }))];
  });
}

/** The secrets that a component names besides those that its expressions use. */
export function namedSecrets(
  { name: component, entry, placeOf }: Candidate,
  secrets: Sources['secrets'],
  findings: Finding[],
): readonly string[] {
  return (entry.secrets ?? []).filter((name, index) => {
    if (secrets.has(name)) return true;
    const known = [...secrets.keys()];
    const details = { component, secret: name, suggestion: suggest(name, known), known: known.join(', ') };
    findings.push(findingOf(new NaruError('SECRET_UNKNOWN', details, { place: placeOf('secrets', index) })));
    return false;
  });
}
