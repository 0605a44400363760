import { NaruError } from '@naru/core';
import type { Credential, Identity } from './identity.ts';
import type { UserEntry } from './kubeconfig-file.ts';
import { plainText } from './plain-text.ts';
import { tokenExpiryMs } from './web-token.ts';

type Provider = NonNullable<UserEntry['provider']>;

/**
 * The `auth-provider: oidc` of a kubeconfig. Its token is renewed with the refresh token when it has ended; the renewed one is
 * kept in memory and never written back. Other providers left Kubernetes with version 1.26 and are refused by name.
 */
export function oidcCredential(base: Identity, provider: Provider): Credential {
  if (provider.name !== 'oidc') {
    throw failure(provider, `the provider ${provider.name} is gone since Kubernetes 1.26; use a credential plugin`);
  }
  const config = { ...provider.config };
  let known: Identity = { ...base, token: config['id-token'] };
  return {
    current: async () => {
      if (known.token !== undefined && (tokenExpiryMs(known.token) ?? 0) > Date.now()) return known;
      known = { ...base, token: await refreshedToken(provider, config) };
      return known;
    },
    renew: () => false,
  };
}

/** The client library is slow to load and hardly anyone needs it. It keeps the tokens that it got in `config`. */
async function refreshedToken(provider: Provider, config: Record<string, string>): Promise<string | undefined> {
  const { OpenIDConnectAuth } = await import('@kubernetes/client-node/dist/oidc_auth.js');
  const request: { headers: Record<string, string> } = { headers: {} };
  try {
    const user = { name: 'oidc', authProvider: { name: 'oidc', config } };
    await new OpenIDConnectAuth().applyAuthentication(user, request);
  } catch (error) {
    throw failure(provider, plainText(error instanceof Error ? error.message : String(error)), error);
  }
  return request.headers['Authorization']?.replace(/^Bearer /u, '') ?? config['id-token'];
}

function failure({ name }: Provider, reason: string, cause?: unknown): NaruError {
  return new NaruError(
    'CREDENTIAL_PLUGIN_FAILED',
    { command: `auth-provider ${plainText(name)}`, reason, hint: '' },
    { cause },
  );
}
