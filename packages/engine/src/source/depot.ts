import { NaruError } from '@naru/core';
import { type ChartCache, sha256Of } from './chart-cache.ts';
import type { FetchOptions } from './fetch-options.ts';
import type { HttpClient } from './http.ts';

/** What a chart is fetched with. */
export interface Depot {
  readonly options: FetchOptions;
  readonly cache: ChartCache;
  /** Undefined when no server may be asked. */
  readonly http: HttpClient | undefined;
  /** By their addresses: charts of one repository ask for its index once. */
  readonly indexes: Map<string, Promise<Uint8Array>>;
  /** Refuses what is neither cached nor may be fetched. */
  readonly missing: (address: string) => never;
}

/** The archive of a chart as it is published. */
export interface Published {
  /** Name and version as the source tells them, or a part of its address; fit to name a file. */
  readonly name: string;
  readonly archive: Uint8Array;
  /** The signature file beside it. */
  readonly provenance: Uint8Array | undefined;
  /** Names exactly this chart to its source: a digest of the archive, or of the manifest in a registry. */
  readonly digest: string;
  readonly address: string;
}

/** No chart that Helm loads is larger when it is unpacked. */
export const ARCHIVE_LIMIT_BYTES = 100 * 1024 * 1024;

/** Refuses bytes that are not what was promised. */
export function checkDigest(bytes: Uint8Array, expected: string | undefined, address: string): void {
  const actual = sha256Of(bytes);
  if (expected === undefined || expected === actual) return;
  throw new NaruError('CHART_DIGEST_MISMATCHED', { address, expected, actual });
}

/** Refuses what cannot be an archive, such as a login page with status 200. */
export function checkArchive(bytes: Uint8Array, address: string): void {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return;
  throw new NaruError('CHART_ANSWER_INVALID', { address, reason: 'what is there is no packed chart' });
}

/** A name without anything that leads elsewhere, hides a file or steers a terminal. */
export function fileName(text: string): string {
  const name = text.replaceAll(/[^\w.+-]+/g, '-').replace(/^[.-]+/, '');
  return name === '' ? 'chart' : name.slice(0, 200);
}
