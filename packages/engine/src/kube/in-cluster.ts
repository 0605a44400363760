import { readFile } from 'node:fs/promises';
import { isIPv6 } from 'node:net';
import { join } from 'node:path';
import { ANONYMOUS } from './kubeconfig-file.ts';
import type { Environment, Target } from './target.ts';

const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * The cluster whose pod this process runs in, as its service account; `undefined` outside of pods.
 * The token is read again as the kubelet renews it.
 */
export async function inClusterTarget(
  environment: Environment,
  folder: string = SERVICE_ACCOUNT,
): Promise<Target | undefined> {
  const host = environment['KUBERNETES_SERVICE_HOST'];
  const port = environment['KUBERNETES_SERVICE_PORT'];
  if (!host || !port) return undefined;
  const namespace = await readFile(join(folder, 'namespace'), 'utf8').catch(() => undefined);
  if (namespace === undefined) return undefined;
  return {
    context: undefined,
    namespace: namespace.trim() || 'default',
    cluster: {
      server: `https://${isIPv6(host) ? `[${host}]` : host}:${port}`,
      serverName: undefined,
      authority: { file: join(folder, 'ca.crt') },
      insecure: false,
      proxyUrl: undefined,
      compressed: true,
    },
    user: { ...ANONYMOUS, tokenFile: join(folder, 'token') },
  };
}
