import { describe, expect, it } from 'vitest';
import { errorFromStatus } from './status-error.ts';

const SERVER = 'https://s';
const ABOUT = {
  action: 'apply ConfigMap shop/a',
  object: 'ConfigMap shop/a',
  kind: { apiVersion: 'v1', kind: 'ConfigMap' },
};

function refuse(code: number, status: Record<string, unknown> = {}, retryAfterSeconds?: number) {
  const body = { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, ...status };
  return errorFromStatus(
    { server: SERVER, code, body, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) },
    ABOUT,
  );
}

describe('errorFromStatus', () => {
  it('names verb, resource, user and namespace of what RBAC forbids', () => {
    const message =
      'deployments.apps "web" is forbidden: User "jane" cannot patch resource "deployments" in API group "apps" in the namespace "shop"';
    const error = refuse(403, { reason: 'Forbidden', message });
    expect(error.code).toBe('REQUEST_FORBIDDEN');
    expect(error.details).toMatchObject({
      user: 'jane',
      verb: 'patch',
      resource: 'deployments.apps',
      namespace: 'shop',
    });
    expect(error.message).toBe('jane may not patch deployments.apps in namespace shop');
  });

  it.each([
    [
      'nodes is forbidden: User "jane" cannot list resource "nodes" in API group "" at the cluster scope',
      'jane may not list nodes',
    ],
    ['forbidden: User "system:anonymous" cannot get path "/version"', 'system:anonymous may not get /version'],
  ])('%s', (message, expected) => {
    expect(refuse(403, { reason: 'Forbidden', message }).message).toBe(expected);
  });

  it.each([
    [
      403,
      'admission webhook "images.example.com" denied the request: no latest tags',
      'images.example.com',
      'no latest tags',
    ],
    [400, 'admission webhook "a.b.c" denied the request', 'a.b.c', 'admission webhook "a.b.c" denied the request'],
    [
      422,
      `configmaps "a" is forbidden: ValidatingAdmissionPolicy 'demo' with binding 'all' denied request: replicas too high`,
      'demo',
      'replicas too high',
    ],
    [
      403,
      'pods "a" is forbidden: violates PodSecurity "restricted:latest": runAsNonRoot != true',
      'PodSecurity "restricted:latest"',
      'violates PodSecurity "restricted:latest": runAsNonRoot != true',
    ],
    [
      403,
      'pods "a" is forbidden: exceeded quota: small, requested: pods=1, used: pods=1, limited: pods=1',
      'quota: small',
      'exceeded quota: small, requested: pods=1, used: pods=1, limited: pods=1',
    ],
    [
      403,
      'configmaps "a" is forbidden: unable to create new content in namespace shop because it is being terminated',
      'admission control',
      'unable to create new content in namespace shop because it is being terminated',
    ],
  ])('%i %s is refused by %s', (code, message, by, reason) => {
    const error = refuse(code, { message });
    expect(error.code).toBe('ADMISSION_REFUSED');
    expect(error.details).toEqual({ object: ABOUT.object, by, reason });
  });

  it('tells a webhook that does not answer from one that refuses', () => {
    const message = 'Internal error occurred: failed calling webhook "w.example.com": connection refused';
    const error = refuse(500, { reason: 'InternalError', message });
    expect(error.code).toBe('WEBHOOK_UNREACHABLE');
    expect(error.retry).toBe('backoff');
    expect(error.message).toBe('the webhook w.example.com, which must see ConfigMap shop/a, fails: connection refused');
  });

  it('names the managers that own fields', () => {
    const causes = [
      { reason: 'FieldManagerConflict', message: 'conflict with "hpa" using autoscaling/v2', field: '.spec.replicas' },
      { reason: 'FieldManagerConflict', message: 'conflict with "kubectl-edit" using v1', field: '.data.a' },
    ];
    const error = refuse(409, { reason: 'Conflict', message: 'Apply failed with 2 conflicts', details: { causes } });
    expect(error.message).toBe('others own fields of ConfigMap shop/a: .spec.replicas (hpa), .data.a (kubectl-edit)');
    expect(error.remedyIn('en')).toBe(
      'Leave these fields to hpa, kubectl-edit, or have hpa, kubectl-edit give them up.',
    );
    expect(error.messageIn('ko')).toContain('.spec.replicas (hpa)');
  });

  it('names every field that is invalid', () => {
    const causes = [
      { reason: 'FieldValueRequired', message: 'Required value', field: 'spec.selector' },
      { reason: 'FieldValueInvalid', message: 'Invalid value: -1', field: 'spec.replicas' },
    ];
    const error = refuse(422, { reason: 'Invalid', message: 'Deployment is invalid', details: { causes } });
    expect(error.message).toBe(
      'ConfigMap shop/a is not valid: spec.selector: Required value; spec.replicas: Invalid value: -1',
    );
  });

  it.each([
    [400, { reason: 'BadRequest', message: 'unknown field "spec.foo"' }, 'REQUEST_REFUSED'],
    [401, { reason: 'Unauthorized', message: 'Unauthorized' }, 'CREDENTIAL_REFUSED'],
    [404, { reason: 'NotFound', message: 'x', details: { name: 'shop', kind: 'namespaces' } }, 'OBJECT_MISSING'],
    [404, { reason: 'NotFound', message: 'the server could not find the requested resource' }, 'KIND_UNSERVED'],
    [405, { reason: 'MethodNotAllowed', message: 'no' }, 'REQUEST_REFUSED'],
    [409, { reason: 'AlreadyExists', message: 'configmaps "a" already exists' }, 'OBJECT_PRESENT'],
    [409, { reason: 'Conflict', message: 'the object has been modified' }, 'OBJECT_CHANGED'],
    [410, { reason: 'Expired', message: 'too old resource version' }, 'VERSION_EXPIRED'],
    [413, { reason: 'RequestEntityTooLarge', message: 'limit is 3145728' }, 'REQUEST_REFUSED'],
    [422, { reason: 'Invalid', message: 'something is wrong' }, 'OBJECT_INVALID'],
    [429, { reason: 'TooManyRequests', message: 'slow down' }, 'CLUSTER_BUSY'],
    [500, { reason: 'InternalError', message: 'etcdserver: no space' }, 'CLUSTER_FAULTY'],
    [
      500,
      { reason: 'InternalError', message: 'failed to create typed patch object (…): .x: not declared' },
      'OBJECT_INVALID',
    ],
    [500, { reason: 'ServerTimeout', message: 'try again' }, 'CLUSTER_BUSY'],
    [503, { reason: 'ServiceUnavailable', message: 'apiserver is shutting down' }, 'CLUSTER_BUSY'],
    [
      504,
      { reason: 'Timeout', message: 'x', details: { causes: [{ reason: 'ResourceVersionTooLarge' }] } },
      'VERSION_EXPIRED',
    ],
  ])('%i %j is %s', (code, status, expected) => {
    expect(refuse(code, status).code).toBe(expected);
  });

  it('passes on how long the server wants to be left alone', () => {
    expect(refuse(429, { message: 'slow down' }, 7).details).toMatchObject({ retryAfterSeconds: 7 });
    expect(refuse(503, { message: 'not now' }).remedyIn('en')).toBe('Run the command again in 1 s.');
  });

  it.each([
    [502, '<html>Bad Gateway</html>', 'CLUSTER_BUSY'],
    [401, '', 'CREDENTIAL_REFUSED'],
    [403, 'Forbidden', 'ADMISSION_REFUSED'],
    [404, '<html>not here</html>', 'CLUSTER_ANSWER_UNREADABLE'],
    [404, '404 page not found\n', 'KIND_UNSERVED'],
    [302, '', 'CLUSTER_ANSWER_UNREADABLE'],
    [418, 'teapot', 'CLUSTER_ANSWER_UNREADABLE'],
    [500, undefined, 'CLUSTER_FAULTY'],
  ])('%i %j, without a status, is %s', (code, body, expected) => {
    expect(errorFromStatus({ server: SERVER, code, body }, ABOUT).code).toBe(expected);
  });

  it('strips what a hostile name could do to a terminal', () => {
    const error = refuse(422, {
      message: 'x',
      details: { causes: [{ field: 'a\u001B[2J', message: 'b\u202Ec', reason: 'FieldValueInvalid' }] },
    });
    expect(error.message).toBe('ConfigMap shop/a is not valid: a: bc');
  });

  it('survives a status whose fields have the wrong types', () => {
    expect(refuse(409, { reason: 7, message: null, details: { causes: 'many' } }).message).toBe(
      'ConfigMap shop/a is not what it was when it was read: HTTP 409',
    );
  });
});
