import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach } from 'vitest';

/** Who may read and write in a registry that wants to know. */
export const REGISTRY_USER = { username: 'reader', password: 'correct horse' } as const;
/** bcrypt of that password, at the lowest cost there is. */
const PASSWORD_FILE = `${REGISTRY_USER.username}:$2b$04$oaRWTvhPY1pJCDWzbljl2Oy0aDdz8wRAoXMrGwyg5WCjB2TLLUFgm\n`;

/** From the Debian package docker-registry. */
const PROGRAM = '/usr/bin/docker-registry';

export interface RegistryOptions {
  /** What it wants to be shown: nothing, a password, or a token from a server at `realm` whose key `certificate` belongs to. */
  readonly wants?: 'nothing' | 'password' | { readonly realm: () => string; readonly certificate: string };
  /** Talks TLS with this certificate. */
  readonly tls?: { readonly certificate: string; readonly key: string };
}

/** The name by which a token server and its registry know each other. */
export const REGISTRY_SERVICE = 'test-registry';

/**
 * A real OCI registry on loopback for the tests of a file or a `describe`; gives its host and port. Where the program is not
 * installed the tests are skipped, and the reason is printed.
 */
export function useRegistry(options: RegistryOptions = {}): () => string {
  let registry: { readonly child: ChildProcess; readonly host: string; readonly folder: string } | undefined;
  const excuse = existsSync(PROGRAM)
    ? undefined
    : `${PROGRAM} is not installed (tools/install-node-packages.ts does it)`;

  beforeAll(async () => {
    if (excuse !== undefined) process.stderr.write(`skipped, ${excuse}\n`);
    else registry = await startRegistry(options);
  });
  beforeEach((context) => {
    if (excuse !== undefined) context.skip(excuse);
  });
  afterAll(() => {
    registry?.child.kill('SIGKILL');
    if (registry !== undefined) rmSync(registry.folder, { recursive: true });
  });

  return () => {
    if (registry === undefined) throw new Error('the registry is asked for before the tests have begun');
    return registry.host;
  };
}

async function startRegistry(
  options: RegistryOptions,
): Promise<{ readonly child: ChildProcess; readonly host: string; readonly folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'naru-registry-'));
  const config = join(folder, 'config.json');
  writeFileSync(config, JSON.stringify(configOf(options, folder)));
  const child = spawn(PROGRAM, ['serve', config], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  const host = await new Promise<string>((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const port = /listening on 127\.0\.0\.1:(\d+)/.exec(said)?.[1];
      if (port !== undefined) resolve(`127.0.0.1:${port}`);
    });
    child.once('error', reject);
    child.once('close', (code) => reject(new Error(`docker-registry ended with ${code}: ${said}`)));
  });
  return { child, host, folder };
}

/** JSON, which is YAML, too. */
function configOf({ wants = 'nothing', tls }: RegistryOptions, folder: string): object {
  const file = (name: string, content: string): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const auth =
    wants === 'password'
      ? { htpasswd: { realm: 'test', path: file('htpasswd', PASSWORD_FILE) } }
      : wants !== 'nothing' && {
          token: {
            realm: wants.realm(),
            service: REGISTRY_SERVICE,
            issuer: REGISTRY_SERVICE,
            rootcertbundle: file('token.pem', wants.certificate),
          },
        };
  return {
    version: '0.1',
    storage: { filesystem: { rootdirectory: join(folder, 'data') } },
    http: {
      addr: '127.0.0.1:0',
      ...(tls && { tls: { certificate: file('tls.pem', tls.certificate), key: file('tls.key', tls.key) } }),
    },
    ...(auth && { auth }),
  };
}
