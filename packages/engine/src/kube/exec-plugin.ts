import { spawn } from 'node:child_process';
import { NaruError } from '@naru/core';
import { abortable } from './abortable.ts';
import type { Credential, Identity } from './identity.ts';
import { isObject, objectAt, textAt } from './json-value.ts';
import type { ExecEntry } from './kubeconfig-file.ts';
import { plainText } from './plain-text.ts';
import type { Environment, Target } from './target.ts';

interface Plugin {
  readonly exec: ExecEntry;
  readonly target: Target;
  readonly environment: Environment;
  /** A person sits at the terminal of this process and may be asked. */
  readonly interactive: boolean;
}

interface Issued {
  readonly identity: Identity;
  readonly expiresAtMs: number;
}

/** A plugin that talks to nobody has no reason to take longer. */
const UNATTENDED_MS = 60_000;
/** A credential that ends within a request is of no use. */
const SPARE_MS = 5_000;

/** A credential that a program of the user issues, kept until it expires or is refused. Many who wait start one program. */
export function execCredential(base: Identity, plugin: Plugin): Credential {
  let issued: Issued | undefined;
  let pending: Promise<Issued> | undefined;
  const issue = (): Promise<Issued> => {
    pending ??= runPlugin(plugin)
      .then((output) => (issued = readOutput(base, plugin.exec, output)))
      .finally(() => (pending = undefined));
    return pending;
  };
  return {
    current: async (signal) => {
      if (issued !== undefined && issued.expiresAtMs - SPARE_MS > Date.now()) return issued.identity;
      return (await abortable(issue(), signal)).identity;
    },
    renew: (refused) => {
      if (issued?.identity === refused) issued = undefined;
      return true;
    },
  };
}

async function runPlugin({ exec, target, environment, interactive }: Plugin): Promise<string> {
  if (exec.interactiveMode === 'Always' && !interactive)
    throw failure(exec, 'it wants to ask a person, and none is there');
  const attended = interactive && exec.interactiveMode !== 'Never';
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const child = spawn(exec.command, [...exec.args], {
    env: { ...environment, ...exec.env, KUBERNETES_EXEC_INFO: JSON.stringify(execInfo(exec, target, attended)) },
    stdio: [attended ? 'inherit' : 'ignore', 'pipe', attended ? 'inherit' : 'pipe'],
    timeout: attended ? 0 : UNATTENDED_MS,
    killSignal: 'SIGKILL',
  });
  let output = '';
  let complaint = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (complaint = (complaint + text).slice(-2000)));
  child.once('error', (error) => {
    const missing = 'code' in error && error.code === 'ENOENT';
    reject(failure(exec, missing ? 'there is no such program' : plainText(error.message), error));
  });
  child.once('close', (code, signal) => {
    if (code === 0) resolve(output);
    else reject(failure(exec, plainText(complaint) || (code === null ? `ended by ${signal}` : `exit code ${code}`)));
  });
  return promise;
}

/** What the plugin is told about the cluster, as the exec credential protocol has it. */
function execInfo(exec: ExecEntry, { cluster }: Target, interactive: boolean): object {
  const authority = cluster.authority !== undefined && 'data' in cluster.authority ? cluster.authority.data : undefined;
  const info = {
    server: cluster.server,
    'tls-server-name': cluster.serverName,
    'insecure-skip-tls-verify': cluster.insecure || undefined,
    'certificate-authority-data': authority?.toString('base64'),
    'proxy-url': cluster.proxyUrl,
  };
  return {
    apiVersion: exec.apiVersion,
    kind: 'ExecCredential',
    spec: { interactive, ...(exec.provideClusterInfo ? { cluster: info } : {}) },
  };
}

function readOutput(base: Identity, exec: ExecEntry, output: string): Issued {
  const answer = parse(exec, output);
  if (!isObject(answer) || answer['kind'] !== 'ExecCredential' || answer['apiVersion'] !== exec.apiVersion) {
    throw failure(exec, `it does not print an ExecCredential of ${exec.apiVersion}`);
  }
  const status = objectAt(answer, 'status');
  const token = textAt(status, 'token') || undefined;
  const certificate = textAt(status, 'clientCertificateData') || undefined;
  const key = textAt(status, 'clientKeyData') || undefined;
  if (token === undefined && certificate === undefined)
    throw failure(exec, 'it prints neither a token nor a certificate');
  if ((certificate === undefined) !== (key === undefined)) throw failure(exec, 'a certificate needs its key');
  const expires = Date.parse(textAt(status, 'expirationTimestamp'));
  return {
    identity: { ...base, token, ...(certificate === undefined ? {} : { certificate, key }) },
    expiresAtMs: Number.isNaN(expires) ? Number.POSITIVE_INFINITY : expires,
  };
}

/** The output is never repeated in an error: it may hold the token. */
function parse(exec: ExecEntry, output: string): unknown {
  try {
    return JSON.parse(output);
  } catch {
    throw failure(exec, 'it does not print JSON');
  }
}

function failure(exec: ExecEntry, reason: string, cause?: unknown): NaruError {
  const details = { command: plainText(exec.command), reason, hint: plainText(exec.installHint) };
  return new NaruError('CREDENTIAL_PLUGIN_FAILED', details, { cause });
}
