import { NaruError } from '@naru/core';
import { plainText } from './plain-text.ts';

/** A request that got no answer. */
export interface Setback {
  readonly error: NaruError;
  /** The server cannot have begun to act on the request, so that sending it again is harmless. */
  readonly unprocessed: boolean;
  /** Asking again soon may help. */
  readonly passing: boolean;
}

interface Asked {
  readonly server: string;
  readonly action: string;
  readonly timeoutSeconds: number;
  /** The proxy on the way, without credentials: often it is what fails. */
  readonly proxy: string | undefined;
}

/** Failures before the first byte of the request left, and whether they pass by themselves. */
const NEVER_SENT: Readonly<Record<string, { readonly reason: string; readonly passing: boolean }>> = {
  ECONNREFUSED: { reason: 'connection refused', passing: true },
  EAI_AGAIN: { reason: 'the name server does not answer', passing: true },
  ENOTFOUND: { reason: 'the name is unknown', passing: false },
  EHOSTUNREACH: { reason: 'no route to the host', passing: false },
  ENETUNREACH: { reason: 'no route to the network', passing: false },
  UND_ERR_CONNECT_TIMEOUT: { reason: 'connecting takes too long', passing: false },
  ERR_SSL_WRONG_VERSION_NUMBER: { reason: 'it does not speak TLS', passing: false },
  ERR_SSL_PACKET_LENGTH_TOO_LONG: { reason: 'it does not speak TLS', passing: false },
};
const BROKEN = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'UND_ERR_SOCKET']);
const SILENT = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);
const UNTRUSTED =
  /^(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|CERT_\w+|HOSTNAME_MISMATCH|ERR_TLS_CERT_ALTNAME_INVALID|ERR_TLS_CERT_SIGNATURE_ALGORITHM_UNSUPPORTED)$/u;

/** Tells what became of a request whose connection failed. What no system or library named is a bug, and is thrown on. */
export function setbackOf(thrown: unknown, { server, action, timeoutSeconds, proxy }: Asked): Setback {
  const code = codeOf(thrown);
  if (code === '' && thrown instanceof Error) throw thrown;
  const cause = { cause: thrown };
  const way = proxy === undefined ? '' : ` (through the proxy ${proxy})`;
  const never = NEVER_SENT[code];
  if (never !== undefined) {
    const error = new NaruError('CLUSTER_UNREACHABLE', { server, reason: never.reason + way }, cause);
    return { error, unprocessed: true, passing: never.passing };
  }
  if (SILENT.has(code)) {
    const error = new NaruError('CLUSTER_SILENT', { server, request: action, seconds: timeoutSeconds }, cause);
    return { error, unprocessed: false, passing: false };
  }
  const reason = plainText(thrown instanceof Error ? thrown.message : String(thrown));
  if (UNTRUSTED.test(code)) {
    const error = new NaruError('CLUSTER_UNTRUSTED', { server, reason }, cause);
    return { error, unprocessed: true, passing: false };
  }
  const error = new NaruError('CLUSTER_UNREACHABLE', { server, reason: reason + way }, cause);
  return { error, unprocessed: false, passing: BROKEN.has(code) };
}

function codeOf(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null) return '';
  if ('code' in thrown && typeof thrown.code === 'string') return thrown.code;
  return 'cause' in thrown ? codeOf(thrown.cause) : '';
}
