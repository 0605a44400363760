import { ChartError, type ChartFiles, readArchive } from '@naru/chart';
import { NaruError } from '@naru/core';
import type { ChartReference, FetchOptions } from '@naru/engine';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { chartRefusal } from './chart-refusal.ts';
import { option } from './command.ts';

/** Where a chart comes from, as the command line says it. */
export interface SourceFlags {
  readonly repo?: string;
  readonly version?: string;
  readonly digest?: string;
  readonly offline?: true;
  readonly username?: string;
  readonly passwordStdin?: true;
  readonly passCredentials?: true;
  readonly caFile?: string;
  readonly certFile?: string;
  readonly keyFile?: string;
  readonly insecureSkipTlsVerify?: true;
  readonly plainHttp?: true;
}

/** The options of every command that may fetch a chart. */
export function withSource(command: Command, context: Context): Command {
  return command
    .addOption(option('--repo <address>', 'chartRepo', context))
    .addOption(option('--version <range>', 'chartVersion', context))
    .addOption(option('--digest <digest>', 'chartDigest', context))
    .addOption(option('--offline', 'cacheOnly', context))
    .addOption(option('--username <name>', 'username', context))
    .addOption(option('--password-stdin', 'passwordStdin', context))
    .addOption(option('--pass-credentials', 'passCredentials', context))
    .addOption(option('--ca-file <file>', 'caFile', context))
    .addOption(option('--cert-file <file>', 'certFile', context))
    .addOption(option('--key-file <file>', 'keyFile', context))
    .addOption(option('--insecure-skip-tls-verify', 'insecure', context))
    .addOption(option('--plain-http', 'plainHttp', context));
}

/** Asked before anything is loaded that fetching takes: a chart on this disk must be rendered at once. */
const ADDRESS = /^[a-z][a-z\d+.-]*:\/\//i;

/** The files of a published chart; undefined for one on this disk. */
export async function publishedFiles(
  written: string,
  flags: SourceFlags,
  context: Context,
): Promise<ChartFiles | undefined> {
  if (flags.repo === undefined && !ADDRESS.test(written)) return undefined;
  const reference = await referenceOf(written, flags);
  if (reference.kind === 'local') return undefined;
  const { fetchPublished } = await import('@naru/engine');
  const { archive, address } = await fetchPublished(reference, await fetchOptions(flags, context));
  try {
    return readArchive(archive);
  } catch (error) {
    if (!(error instanceof ChartError)) throw error;
    throw chartRefusal(address, error);
  }
}

/** What is meant by a chart's name and the options beside it. */
export async function referenceOf(written: string, { repo, version, digest }: SourceFlags): Promise<ChartReference> {
  const { readReference } = await import('@naru/engine');
  return readReference(written, { repository: repo, version: version ?? '', digest });
}

/** How to fetch it. A password comes from standard input alone: what stands in a command line, every user of the host can read. */
export async function fetchOptions(flags: SourceFlags, { io, messages }: Context): Promise<FetchOptions> {
  if ((flags.username === undefined) !== (flags.passwordStdin === undefined)) {
    throw new NaruError('USAGE_INVALID', { reason: messages.usage.loginIncomplete });
  }
  const password = flags.passwordStdin === true ? (await io.readInput()).replace(/\r?\n$/, '') : undefined;
  return {
    environment: io.environment,
    offline: flags.offline === true,
    username: flags.username,
    password,
    passCredentials: flags.passCredentials === true,
    caFile: flags.caFile,
    certFile: flags.certFile,
    keyFile: flags.keyFile,
    insecure: flags.insecureSkipTlsVerify === true,
    plainHttp: flags.plainHttp === true,
    signal: io.interrupt,
  };
}
