import type { Document } from '../document/document.ts';
import type { Sources } from '../compose/sources.ts';
import { NaruError } from '../error/naru-error.ts';
import { type Finding, findingOf } from '../finding/finding.ts';
import { isRecord } from '../object/manifest.ts';

/** Names under which charts take a secret itself. A name of a Secret, or of a key in one, is none. */
const SECRET = /(?:password|passwd|passphrase|token|apikey|privatekey|clientsecret|^secretkey|accesskeysecret)$/;

/** Secrets that stand in the platform's own files as plain text. */
export function cleartextSecrets({ platform, sites, valuesFiles }: Sources, site: string): readonly Finding[] {
  const named = sites.get(site)?.document;
  const inComponents = [platform.document, ...(named === undefined ? [] : [named])].flatMap((document) =>
    secretsIn(document, ['spec', 'components']),
  );
  return [...inComponents, ...[...valuesFiles.values()].flatMap((document) => secretsIn(document, []))];
}

type Step = string | number;

function secretsIn(document: Document, at: readonly Step[]): readonly Finding[] {
  let value: unknown = document.value;
  for (const step of at) value = isRecord(value) ? value[step] : undefined;
  return walk(value, at).map((path) => {
    const place = document.placeOf(path);
    return findingOf(new NaruError('SECRET_CLEARTEXT', { field: path.join('.') }, { place }), 'warning');
  });
}

function walk(value: unknown, path: readonly Step[]): readonly (readonly Step[])[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => walk(item, [...path, index]));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, item]) => {
    const here = [...path, name];
    return typeof item === 'string' ? (isSecret(name, item) ? [here] : []) : walk(item, here);
  });
}

/** Whether a text under this name is a secret in plain sight. */
export function isSecret(name: string, value: string): boolean {
  // What refers to a value from elsewhere gives nothing away: `${{ … }}`, `$(VAR)`, `{{ … }}`.
  if (value === '' || /[$][{(]|\{\{/.test(value)) return false;
  return SECRET.test(name.replaceAll(/[-_]/g, '').toLowerCase());
}
