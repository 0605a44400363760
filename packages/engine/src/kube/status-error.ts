import { NaruError } from '@naru/core';
import { isObject, objectAt, objectsAt, textAt, type JsonObject } from './json-value.ts';
import { plainText } from './plain-text.ts';
import type { KubeRequest } from './request.ts';

/** A refusal of the server: its HTTP code and, when it is an API server that speaks, its `Status`. */
export interface Refusal {
  readonly server: string;
  readonly code: number;
  /** The parsed body, whatever it is; the text when it is not JSON. */
  readonly body: unknown;
  readonly retryAfterSeconds?: number;
}

type About = Pick<KubeRequest, 'action' | 'object' | 'kind'>;

interface Status extends Refusal {
  readonly reason: string;
  readonly message: string;
  readonly details: JsonObject;
  readonly causes: readonly { readonly reason: string; readonly message: string; readonly field: string }[];
}

const TYPED_PATCH = /failed to create typed (?:patch|live|new) object|failed to create manager|cannot convert/u;

/** Words a refusal. The order matters: admission answers with whatever code it likes. */
export function errorFromStatus(refusal: Refusal, about: About): NaruError {
  const status = readStatus(refusal);
  return admissionError(status, about) ?? errorByCode(status, about);
}

function errorByCode(status: Status, about: About): NaruError {
  const { server, code, message: reason } = status;
  switch (code) {
    case 401:
      return new NaruError('CREDENTIAL_REFUSED', { server, reason });
    case 403:
      return forbiddenError(status, about);
    case 404:
      return missingError(status, about);
    case 409:
      return conflictError(status, about);
    case 410:
      return new NaruError('VERSION_EXPIRED', { request: about.action, reason });
    case 422:
      return invalidError(status, about);
    case 429:
      return busyError(status);
    default:
      return code >= 500 ? failureError(status, about) : refusedError(status, about);
  }
}

function readStatus(refusal: Refusal): Status {
  const body = isObject(refusal.body) && refusal.body['kind'] === 'Status' ? refusal.body : {};
  const details = objectAt(body, 'details');
  return {
    ...refusal,
    reason: textAt(body, 'reason'),
    message: plainText(textAt(body, 'message')) || `HTTP ${refusal.code}`,
    details,
    causes: objectsAt(details, 'causes').map((cause) => ({
      reason: textAt(cause, 'reason'),
      message: plainText(textAt(cause, 'message')),
      field: plainText(textAt(cause, 'field')),
    })),
  };
}

/** Webhooks and policies put their name into the text only. */
function admissionError({ message, code }: Status, { object }: About): NaruError | undefined {
  const webhook = /admission webhook "([^"]+)" denied the request(?:: (.*))?$/u.exec(message);
  if (webhook !== null) {
    const [, by = '', reason = message] = webhook;
    return new NaruError('ADMISSION_REFUSED', { object, by, reason });
  }
  const policy = /ValidatingAdmissionPolicy '([^']+)' with binding '[^']+' denied request: (.*)$/u.exec(message);
  if (policy !== null) {
    const [, by = '', reason = message] = policy;
    return new NaruError('ADMISSION_REFUSED', { object, by, reason });
  }
  const unreachable = /failed calling webhook "([^"]+)": (.*)$/u.exec(message);
  if (unreachable !== null && code >= 500) {
    const [, name = '', reason = message] = unreachable;
    return new NaruError('WEBHOOK_UNREACHABLE', { object, webhook: name, reason });
  }
  return undefined;
}

const RBAC =
  /User "([^"]*)" cannot (\S+) (?:resource "([^"]*)"(?: in API group "([^"]*)")?|path "([^"]*)")(?: in the namespace "([^"]*)")?/u;

function forbiddenError({ message }: Status, { object }: About): NaruError {
  const denied = RBAC.exec(message);
  if (denied !== null) {
    const [, user = '', verb = '', plural = '', group = '', path = '', namespace = ''] = denied;
    const resource = path === '' ? [plural, group].filter((part) => part !== '').join('.') : path;
    return new NaruError('REQUEST_FORBIDDEN', { user, verb, resource, namespace, reason: message });
  }
  const reason = /is forbidden: (.*)$/u.exec(message)?.[1] ?? message;
  const by =
    /violates (PodSecurity "[^"]+")/u.exec(reason)?.[1] ??
    /exceeded (quota: [^,]+)/u.exec(reason)?.[1] ??
    'admission control';
  return new NaruError('ADMISSION_REFUSED', { object, by, reason });
}

function missingError(status: Status, about: About): NaruError {
  const name = textAt(status.details, 'name');
  if (name !== '') {
    return new NaruError('OBJECT_MISSING', { object: plainText(`${textAt(status.details, 'kind')} ${name}`) });
  }
  // The group of a definition that has been deleted is not answered by the API's own code any more.
  const unrouted = typeof status.body === 'string' && status.body.startsWith('404 page not found');
  if (status.reason === '' && !unrouted) return foreignAnswer(status, about);
  return about.kind === undefined
    ? refusedError(status, about)
    : new NaruError('KIND_UNSERVED', { ...about.kind, server: status.server });
}

function conflictError({ reason, message, causes }: Status, { object }: About): NaruError {
  if (reason === 'AlreadyExists') return new NaruError('OBJECT_PRESENT', { object });
  const owners = causes
    .filter((cause) => cause.reason === 'FieldManagerConflict')
    .map(({ field, message: text }) => ({ field, manager: /^conflict with "([^"]*)"/u.exec(text)?.[1] ?? text }));
  if (owners.length > 0) return new NaruError('FIELD_CONFLICTED', { object, owners });
  return new NaruError('OBJECT_CHANGED', { object, reason: message });
}

function invalidError({ causes, message }: Status, { object }: About): NaruError {
  const named = causes.map(({ field, message: reason }) => ({ field, reason }));
  return new NaruError('OBJECT_INVALID', {
    object,
    causes: named.length > 0 ? named : [{ field: '', reason: message }],
  });
}

function busyError({ server, message: reason, retryAfterSeconds = 1 }: Status): NaruError {
  return new NaruError('CLUSTER_BUSY', { server, reason, retryAfterSeconds });
}

function failureError(status: Status, about: About): NaruError {
  const { server, code, message: reason, causes } = status;
  // A version from before a restored backup lies in the future of this server: it will never be reached.
  if (causes.some((cause) => cause.reason === 'ResourceVersionTooLarge')) {
    return new NaruError('VERSION_EXPIRED', { request: about.action, reason });
  }
  // The server reports a manifest that does not fit the schema of server-side apply as its own failure.
  if (TYPED_PATCH.test(reason)) {
    return new NaruError('OBJECT_INVALID', { object: about.object, causes: [{ field: '', reason }] });
  }
  if (code === 502 || code === 503 || code === 504 || status.reason === 'ServerTimeout') return busyError(status);
  return new NaruError('CLUSTER_FAULTY', { server, request: about.action, reason });
}

function refusedError(status: Status, about: About): NaruError {
  if (status.reason === '' && status.details['kind'] === undefined && !isObject(status.body)) {
    return foreignAnswer(status, about);
  }
  return new NaruError('REQUEST_REFUSED', { request: about.action, reason: status.message });
}

function foreignAnswer({ server, code, body }: Status, { action }: About): NaruError {
  const start = typeof body === 'string' && body !== '' ? `: ${plainText(body).slice(0, 80)}` : '';
  return new NaruError('CLUSTER_ANSWER_UNREADABLE', { server, request: action, reason: `HTTP ${code}${start}` });
}
