import { describe, expect, it } from 'vitest';
import type { Details } from './catalogue.ts';
import { CLUSTER_ERRORS } from './cluster-errors.ts';
import { NaruError } from './naru-error.ts';

type Code = keyof typeof CLUSTER_ERRORS;

const owners = [
  { field: '.spec.replicas', manager: 'hpa' },
  { field: '.data.a', manager: 'kubectl' },
];

/** One of each: a row without a sample does not compile. */
const SAMPLES: { readonly [C in Code]: Details<C> } = {
  KUBECONFIG_MISSING: { looked: ['/home/me/.kube/config'] },
  KUBECONFIG_UNREADABLE: { file: 'k', reason: 'EACCES' },
  KUBECONFIG_MALFORMED: { file: 'k', reason: 'server must be an address' },
  CONTEXT_UNKNOWN: { context: 'prod', known: ['dev', 'test'] },
  CONTEXT_UNSET: { known: [] },
  CONTEXT_INCOMPLETE: { context: 'prod', missing: 'user me' },
  CREDENTIAL_UNREADABLE: { file: 'c.crt', reason: 'ENOENT' },
  CREDENTIAL_PLUGIN_FAILED: { command: 'login', reason: 'exit code 1', hint: '' },
  CREDENTIAL_REFUSED: { server: 'https://s', reason: 'Unauthorized' },
  TOKEN_EXPIRED: { server: 'https://s', expiredAt: '2026-01-01T00:00:00.000Z' },
  PROXY_MALFORMED: { variable: 'HTTPS_PROXY' },
  REQUEST_FORBIDDEN: { user: 'jane', verb: 'list', resource: 'pods', namespace: 'shop', reason: 'x' },
  ADMISSION_REFUSED: { object: 'Pod shop/a', by: 'no-latest', reason: 'latest is out' },
  OBJECT_MISSING: { object: 'Pod shop/a' },
  OBJECT_PRESENT: { object: 'Pod shop/a' },
  OBJECT_CHANGED: { object: 'Pod shop/a', reason: 'modified' },
  FIELD_CONFLICTED: { object: 'Pod shop/a', owners },
  OBJECT_INVALID: {
    object: 'Pod shop/a',
    causes: [
      { field: 'spec', reason: 'Required' },
      { field: '', reason: 'bad' },
    ],
  },
  REQUEST_REFUSED: { request: 'list pods', reason: 'no' },
  KIND_UNSERVED: { apiVersion: 'v1', kind: 'Shop', server: 'https://s' },
  VERSION_EXPIRED: { request: 'watch pods', reason: 'too old' },
  CLUSTER_UNREACHABLE: { server: 'https://s', reason: 'connection refused' },
  CLUSTER_UNTRUSTED: { server: 'https://s', reason: 'self-signed' },
  CLUSTER_SILENT: { server: 'https://s', request: 'list pods', seconds: 60 },
  CLUSTER_BUSY: { server: 'https://s', reason: 'slow down', retryAfterSeconds: 0 },
  CLUSTER_FAULTY: { server: 'https://s', request: 'list pods', reason: 'oops' },
  CLUSTER_ANSWER_UNREADABLE: { server: 'https://s', request: 'list pods', reason: '<html>' },
  WEBHOOK_UNREACHABLE: { webhook: 'w', object: 'Pod shop/a', reason: 'refused' },
};

/** TypeScript loses the pair of a code and its details when it walks over a table. */
function sample<C extends Code>(code: C): NaruError<C> {
  const details: { readonly [D in Code]: Details<D> } = SAMPLES;
  return new NaruError(code, details[code]);
}

const CODES = Object.keys(SAMPLES) as Code[];

it('has a sample of each row', () => {
  expect(CODES.toSorted()).toEqual(Object.keys(CLUSTER_ERRORS).toSorted());
});

describe.each(CODES)('%s', (code) => {
  it('names every plain value that it is told, in both languages', () => {
    const error = sample(code);
    for (const language of ['en', 'ko'] as const) {
      const text = `${error.messageIn(language)} ${error.remedyIn(language)}`;
      for (const value of ['server', 'object', 'file', 'context', 'user', 'webhook'] as const) {
        const told: unknown = new Map(Object.entries(error.details)).get(value);
        if (typeof told === 'string') expect(text).toContain(told);
      }
      expect(text).not.toMatch(/undefined|\[object|NaN/u);
    }
  });

  it('has a message without and a remedy with a full stop, and Korean in Korean', () => {
    const error = sample(code);
    expect(error.messageIn('en')).not.toMatch(/\.$|[가-힣]/u);
    expect(error.remedyIn('en')).toMatch(/^[A-Z].*\.$/u);
    expect(error.messageIn('ko')).toMatch(/[가-힣]/u);
    expect(error.remedyIn('ko')).toMatch(/[가-힣].*\.$/u);
  });
});

it('names each manager once in what to do, and every field in what is wrong', () => {
  const error = new NaruError('FIELD_CONFLICTED', {
    object: 'o',
    owners: [...owners, { field: '.x', manager: 'hpa' }],
  });
  expect(error.message).toBe('others own fields of o: .spec.replicas (hpa), .data.a (kubectl), .x (hpa)');
  expect(error.remedyIn('en')).toBe('Leave these fields to hpa, kubectl, or have hpa, kubectl give them up.');
});

it('prefers the hint of the kubeconfig to its own remedy', () => {
  const error = new NaruError('CREDENTIAL_PLUGIN_FAILED', { command: 'login', reason: 'r', hint: 'Ask the desk.' });
  expect(error.remedyIn('en')).toBe('Ask the desk.');
  expect(error.remedyIn('ko')).toBe('Ask the desk.');
});

it('leaves out a namespace that there is none of', () => {
  const everywhere = { user: 'jane', verb: 'list', resource: 'nodes', namespace: '', reason: '' };
  expect(new NaruError('REQUEST_FORBIDDEN', everywhere).message).toBe('jane may not list nodes');
  expect(new NaruError('REQUEST_FORBIDDEN', everywhere).messageIn('ko')).not.toContain('네임스페이스');
});

it('asks to come back after at least a second', () => {
  const busy = new NaruError('CLUSTER_BUSY', { server: 's', reason: 'r', retryAfterSeconds: 0 });
  expect(busy.remedyIn('en')).toBe('Run the command again in 1 s.');
});
