import type { Command } from 'commander';
import type { Context } from '../context.ts';
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
