import { readFile } from 'node:fs/promises';
import { NaruError } from '@naru/core';
import { execCredential } from './exec-plugin.ts';
import type { Credential, Identity } from './identity.ts';
import type { Impersonation, Material } from './kubeconfig-file.ts';
import { oidcCredential } from './oidc-provider.ts';
import type { Environment, Target } from './target.ts';

/** How to become the target's user. Files that it names are read here, so that a missing one is said before any request. */
export async function credentialFor(
  target: Target,
  environment: Environment,
  interactive: boolean,
): Promise<Credential> {
  const { user } = target;
  const base: Identity = {
    certificate: user.certificate && (await readMaterial(user.certificate)),
    key: user.key && (await readMaterial(user.key)),
    basic: user.basic,
    token: user.token,
  };
  if (user.tokenFile !== undefined) return tokenFileCredential(base, user.tokenFile);
  if (user.token !== undefined || user.basic !== undefined) return fixedCredential(base);
  if (user.exec !== undefined) return execCredential(base, { exec: user.exec, target, environment, interactive });
  if (user.provider !== undefined) return oidcCredential(base, user.provider);
  return fixedCredential(base);
}

/** The headers that show an identity and, when asked for, speak for someone else. */
export function identityHeaders(
  { token, basic }: Identity,
  impersonation: Impersonation | undefined,
): Readonly<Record<string, string | string[]>> {
  const headers: Record<string, string | string[]> = {};
  if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
  else if (basic !== undefined) {
    headers['authorization'] = `Basic ${Buffer.from(`${basic.username}:${basic.password}`).toString('base64')}`;
  }
  if (impersonation === undefined) return headers;
  headers['impersonate-user'] = impersonation.user;
  if (impersonation.uid !== undefined) headers['impersonate-uid'] = impersonation.uid;
  if (impersonation.groups.length > 0) headers['impersonate-group'] = [...impersonation.groups];
  for (const [key, values] of Object.entries(impersonation.extra)) {
    headers[`impersonate-extra-${encodeURIComponent(key.toLowerCase())}`] = [...values];
  }
  return headers;
}

export async function readMaterial(material: Material): Promise<Buffer> {
  if ('data' in material) return material.data;
  try {
    return await readFile(material.file);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new NaruError('CREDENTIAL_UNREADABLE', { file: material.file, reason }, { cause: error });
  }
}

function fixedCredential(identity: Identity): Credential {
  return { current: async () => identity, renew: () => false };
}

/** Bound tokens are written anew long before they end; a minute is what other clients wait, too. */
const TOKEN_FILE_MS = 60_000;

async function tokenFileCredential(base: Identity, file: string): Promise<Credential> {
  const read = async (): Promise<Identity> => ({
    ...base,
    token: (await readMaterial({ file })).toString('utf8').trim(),
  });
  let known: Identity | undefined = await read();
  let readAt = performance.now();
  return {
    current: async () => {
      if (known === undefined || performance.now() - readAt > TOKEN_FILE_MS) {
        known = await read();
        readAt = performance.now();
      }
      return known;
    },
    renew: (refused) => {
      if (known === refused) known = undefined;
      return true;
    },
  };
}
