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

/** How a connection failed, whoever was at its other end. */
export interface NetworkFault {
  readonly kind: 'never sent' | 'silent' | 'untrusted' | 'broken';
  readonly reason: string;
  /** Asking again soon may help. */
  readonly passing: boolean;
}

/** Reads what the network library threw. What no system or library named is a bug, and is thrown on. */
export function networkFault(thrown: unknown): NetworkFault {
  const code = codeOf(thrown);
  if (code === '' && thrown instanceof Error) throw thrown;
  const never = NEVER_SENT[code];
  if (never !== undefined) return { kind: 'never sent', ...never };
  const reason = plainText(thrown instanceof Error ? thrown.message : String(thrown));
  if (SILENT.has(code)) return { kind: 'silent', reason, passing: false };
  if (UNTRUSTED.test(code)) return { kind: 'untrusted', reason, passing: false };
  return { kind: 'broken', reason, passing: BROKEN.has(code) };
}

/** Tells what became of a request to an API server whose connection failed. */
export function setbackOf(thrown: unknown, { server, action, timeoutSeconds, proxy }: Asked): Setback {
  const { kind, reason, passing } = networkFault(thrown);
  const cause = { cause: thrown };
  if (kind === 'silent') {
    const error = new NaruError('CLUSTER_SILENT', { server, request: action, seconds: timeoutSeconds }, cause);
    return { error, unprocessed: false, passing };
  }
  if (kind === 'untrusted') {
    return { error: new NaruError('CLUSTER_UNTRUSTED', { server, reason }, cause), unprocessed: true, passing };
  }
  const way = proxy === undefined ? '' : ` (through the proxy ${proxy})`;
  const error = new NaruError('CLUSTER_UNREACHABLE', { server, reason: reason + way }, cause);
  return { error, unprocessed: kind === 'never sent', passing };
}

function codeOf(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null) return '';
  if ('code' in thrown && typeof thrown.code === 'string') return thrown.code;
  return 'cause' in thrown ? codeOf(thrown.cause) : '';
}
