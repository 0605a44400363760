import { ChartError, type ChartFiles, readArchive } from '@naru/chart';
import { NaruError } from '@naru/core';
import { aliasedChart, type FetchOptions, fetchPublished, type Published, readReference } from '@naru/engine';
import type { Context } from '../context.ts';
import { chartRefusal } from './chart-refusal.ts';
import type { SourceFlags } from './chart-source-options.ts';

/** Fetches the published chart that a name and the options beside it mean; undefined for a path on this disk. */
export async function fetchNamed(
  written: string,
  { prov, ...flags }: SourceFlags & { readonly prov?: true },
  context: Context,
): Promise<Published | undefined> {
  const { repo, version = '', digest } = flags;
  const alias = repo === undefined ? await aliasedChart(written, context.io.environment) : undefined;
  const repository = alias?.repository ?? repo;
  const reference = readReference(alias?.chart ?? written, { repository, version, digest });
  if (reference.kind === 'local') return undefined;
  return await fetchPublished(reference, { ...(await optionsOf(flags, context)), provenance: prov === true });
}

/** The files of such a chart. */
export async function fetchFiles(
  written: string,
  flags: SourceFlags,
  context: Context,
): Promise<ChartFiles | undefined> {
  const published = await fetchNamed(written, flags, context);
  if (published === undefined) return undefined;
  const { archive, address } = published;
  try {
    return readArchive(archive);
  } catch (error) {
    if (!(error instanceof ChartError)) throw error;
    throw chartRefusal(address, error);
  }
}

/** A password comes from standard input alone: what stands in a command line, every user of the host can read. */
async function optionsOf(flags: SourceFlags, { io, messages }: Context): Promise<FetchOptions> {
  if ((flags.username === undefined) !== (flags.passwordStdin === undefined)) {
    throw new NaruError('USAGE_INVALID', { reason: messages.usage.loginIncomplete });
  }
  return {
    environment: io.environment,
    offline: flags.offline === true,
    username: flags.username,
    password: flags.passwordStdin === true ? (await io.readInput()).replace(/\r?\n$/, '') : undefined,
    passCredentials: flags.passCredentials === true,
    caFile: flags.caFile,
    certFile: flags.certFile,
    keyFile: flags.keyFile,
    insecure: flags.insecureSkipTlsVerify === true,
    plainHttp: flags.plainHttp === true,
    signal: io.interrupt,
  };
}
