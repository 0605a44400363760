import { describe, expect, it } from 'vitest';
import { setbackOf } from './network-error.ts';

const ASKED = { server: 'https://s', action: 'list pods', timeoutSeconds: 60, proxy: undefined };

function failed(code: string, message = 'it broke'): Error {
  return Object.assign(new Error(message), { code });
}

describe('setbackOf', () => {
  it.each([
    ['ECONNREFUSED', 'CLUSTER_UNREACHABLE', true, true],
    ['EAI_AGAIN', 'CLUSTER_UNREACHABLE', true, true],
    ['ENOTFOUND', 'CLUSTER_UNREACHABLE', true, false],
    ['UND_ERR_CONNECT_TIMEOUT', 'CLUSTER_UNREACHABLE', true, false],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'CLUSTER_UNREACHABLE', true, false],
    ['ECONNRESET', 'CLUSTER_UNREACHABLE', false, true],
    ['UND_ERR_SOCKET', 'CLUSTER_UNREACHABLE', false, true],
    ['UND_ERR_DESTROYED', 'CLUSTER_UNREACHABLE', false, false],
    ['UND_ERR_HEADERS_TIMEOUT', 'CLUSTER_SILENT', false, false],
    ['UND_ERR_BODY_TIMEOUT', 'CLUSTER_SILENT', false, false],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'CLUSTER_UNTRUSTED', true, false],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'CLUSTER_UNTRUSTED', true, false],
    ['CERT_HAS_EXPIRED', 'CLUSTER_UNTRUSTED', true, false],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'CLUSTER_UNTRUSTED', true, false],
    ['SOMETHING_ELSE', 'CLUSTER_UNREACHABLE', false, false],
  ])('%s is %s (unprocessed: %s, passing: %s)', (code, expected, unprocessed, passing) => {
    const cause = failed(code);
    const setback = setbackOf(cause, ASKED);
    expect(setback).toMatchObject({ unprocessed, passing });
    expect(setback.error.code).toBe(expected);
    expect(setback.error.cause).toBe(cause);
  });

  it('finds the code below wrappings', () => {
    const wrapped = new Error('fetch failed', { cause: new Error('deeper', { cause: failed('ECONNREFUSED') }) });
    expect(setbackOf(wrapped, ASKED).error.message).toBe('no answer from https://s: connection refused');
  });

  it('names the proxy on the way', () => {
    const { error } = setbackOf(failed('ECONNREFUSED'), { ...ASKED, proxy: 'proxy:3128' });
    expect(error.message).toBe('no answer from https://s: connection refused (through the proxy proxy:3128)');
  });

  it('says what was asked and for how long it waited', () => {
    expect(setbackOf(failed('UND_ERR_HEADERS_TIMEOUT'), ASKED).error.message).toBe(
      'https://s did not answer list pods within 60 s',
    );
  });

  it('survives things that are no errors', () => {
    expect(setbackOf('a\u001B[31m string', ASKED).error.message).toBe('no answer from https://s: a string');
    expect(setbackOf(null, ASKED).error.code).toBe('CLUSTER_UNREACHABLE');
  });
});
