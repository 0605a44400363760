import { join } from 'node:path';
import { type DeclaredSecret, type GivenSecret, NaruError, type Platform, type Written } from '@naru/core';
import { readText } from './read-text.ts';

/** What Kubernetes takes in one Secret (k8s.io/kubernetes, MaxSecretSize). */
const SECRET_LIMIT_BYTES = 1024 * 1024;

/** Reads what whoever delivers gives for the secrets of a platform. What is missing is told by a delivery alone. */
export async function loadSecrets(
  folder: string,
  platform: Written<Platform>,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<ReadonlyMap<string, DeclaredSecret>> {
  const declared = Object.entries(platform.spec.spec.secrets ?? {});
  const entries = declared.map(async ([name, spec]): Promise<readonly [string, DeclaredSecret]> => {
    const path = ['spec', 'secrets', name];
    if (spec.fromEnv !== undefined) {
      const place = platform.document.placeOf([...path, 'fromEnv']);
      const missing = new NaruError('SECRET_UNSET', { secret: name, variable: spec.fromEnv }, { place });
      return [name, { spec, given: givenText(environment[spec.fromEnv], missing) }];
    }
    if (spec.fromFile === undefined) return [name, { spec, given: undefined }];
    const place = platform.document.placeOf([...path, 'fromFile']);
    const { text, finding } = await readText(join(folder, spec.fromFile), SECRET_LIMIT_BYTES, place);
    const given: GivenSecret =
      text === undefined ? { text: undefined, missing: finding.error } : { text, missing: undefined };
    return [name, { spec, given }];
  });
  return new Map(await Promise.all(entries));
}

/** An empty variable is one that somebody forgot. */
function givenText(text: string | undefined, missing: NaruError): GivenSecret {
  return text === undefined || text === '' ? { text: undefined, missing } : { text, missing: undefined };
}
