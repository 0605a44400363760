import { createSecureContext, getCACertificates } from 'node:tls';
import { NaruError } from '@naru/core';
import { Agent, ProxyAgent, type Dispatcher } from 'undici';
import type { Identity } from './identity.ts';
import { plainText } from './plain-text.ts';

export interface PoolOptions {
  readonly serverName: string | undefined;
  readonly authority: Buffer | undefined;
  readonly insecure: boolean;
  readonly proxy: string | undefined;
  readonly connectTimeoutMs: number;
}

/** Connections of one identity: a few that are kept for requests, and one more for each stream. */
export interface ConnectionPool {
  readonly requests: Dispatcher;
  /** Watches and followed logs: they hold a connection for minutes, and must not starve requests. */
  readonly streams: Dispatcher;
  /** Takes nothing new and lets what runs finish. */
  retire(): void;
  /** Breaks what runs. */
  close(): Promise<void>;
}

/** More bring nothing on loopback and little on a far cluster; an API server counts its clients' connections. */
const REQUEST_CONNECTIONS = 16;
/** Load balancers forget idle connections after a minute or more. */
const KEEP_ALIVE_MS = 30_000;

/** Opens nothing yet. Refuses keys and certificates that cannot be used. */
export function openPool(options: PoolOptions, identity: Identity): ConnectionPool {
  const tls = {
    ca: options.authority ?? trustedAuthorities(),
    ...(identity.certificate === undefined ? {} : { cert: identity.certificate }),
    ...(identity.key === undefined ? {} : { key: identity.key }),
  };
  checkKeys(tls);
  const connect = {
    ...tls,
    rejectUnauthorized: !options.insecure,
    ...(options.serverName === undefined ? {} : { servername: options.serverName }),
    timeout: options.connectTimeoutMs,
    keepAlive: true,
    keepAliveInitialDelay: 30_000,
    allowH2: false,
  };
  const open = (connections: number | null): Dispatcher => {
    const shared = { connections, keepAliveTimeout: KEEP_ALIVE_MS, connect, allowH2: false };
    return options.proxy === undefined
      ? new Agent(shared)
      : new ProxyAgent({
          ...shared,
          uri: options.proxy,
          requestTls: connect,
          connectTimeout: options.connectTimeoutMs,
        });
  };
  const requests = open(REQUEST_CONNECTIONS);
  const streams = open(null);
  return {
    requests,
    streams,
    retire: () => {
      void requests.close();
      void streams.close();
    },
    close: async () => {
      await Promise.all([requests.destroy(), streams.destroy()]);
    },
  };
}

/** What the operating system trusts counts, too: companies put their own authorities there. */
function trustedAuthorities(): string[] {
  return [...new Set([...getCACertificates('default'), ...getCACertificates('system')])];
}

function checkKeys(tls: { ca: Buffer | string[]; cert?: string | Buffer; key?: string | Buffer }): void {
  const faulty = (what: string, error: unknown): NaruError => {
    const reason = plainText(error instanceof Error ? error.message : String(error));
    return new NaruError('CREDENTIAL_UNREADABLE', { file: what, reason }, { cause: error });
  };
  if (Buffer.isBuffer(tls.ca)) {
    if (!tls.ca.includes('-----BEGIN')) throw faulty('certificate-authority', new Error('it is not a PEM certificate'));
  }
  try {
    createSecureContext(tls);
  } catch (error) {
    throw faulty('client-certificate, client-key or certificate-authority', error);
  }
}
