import { readFile } from 'node:fs/promises';
import { NaruError } from '@naru/core';
import type { Dispatcher } from 'undici';
import { type ConnectionPool, openPool } from '../kube/connection-pool.ts';
import type { Identity } from '../kube/identity.ts';
import { proxyFor } from '../kube/proxy.ts';
import { fileFault } from '../load/read-text.ts';
import type { FetchOptions } from './fetch-options.ts';

/** Connections to the servers of charts. */
export interface Connections {
  /** The way to a server; only to the one that is `ours` the client certificate is shown. */
  readonly to: (url: URL, ours: boolean) => Dispatcher;
  readonly close: () => Promise<void>;
}

const CONNECT_TIMEOUT_MS = 10_000;
const NOBODY: Identity = {};

/** Reads the files that the options name, and opens nothing yet. */
export async function openConnections(options: FetchOptions): Promise<Connections> {
  const { environment, insecure = false, caFile, certFile, keyFile } = options;
  const authority = await readMaterial(caFile);
  const us: Identity = { certificate: await readMaterial(certFile), key: await readMaterial(keyFile) };
  const shared = { serverName: undefined, authority, insecure, connectTimeoutMs: CONNECT_TIMEOUT_MS };
  const pools = new Map<string, ConnectionPool>();
  const open = (proxy: string | undefined, ours: boolean): ConnectionPool => {
    try {
      return openPool({ ...shared, proxy }, ours ? us : NOBODY);
    } catch (error) {
      if (!(error instanceof NaruError) || error.code !== 'CREDENTIAL_UNREADABLE') throw error;
      const file = [caFile, certFile, keyFile].filter((name) => name !== undefined).join(', ');
      const { reason } = error.details as { readonly reason: string };
      throw new NaruError('CHART_SERVER_MATERIAL_UNUSABLE', { file, reason }, { cause: error });
    }
  };
  return {
    to: (url, ours) => {
      const proxy = proxyFor({ server: url.origin, proxyUrl: undefined }, environment);
      const key = `${ours} ${proxy ?? ''}`;
      const pool = pools.get(key) ?? open(proxy, ours);
      pools.set(key, pool);
      return pool.requests;
    },
    close: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.close()));
    },
  };
}

async function readMaterial(file: string | undefined): Promise<Buffer | undefined> {
  if (file === undefined) return undefined;
  try {
    return await readFile(file);
  } catch (error) {
    throw new NaruError('CHART_SERVER_MATERIAL_UNUSABLE', { file, reason: fileFault(error) }, { cause: error });
  }
}
