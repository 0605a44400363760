import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ResourceType } from './kube-object.ts';
import { describeObject, kindOf, resourcePath, withQuery } from './resource-path.ts';

const PODS: ResourceType = { group: '', version: 'v1', kind: 'Pod', plural: 'pods', namespaced: true, verbs: [] };
const ROLES: ResourceType = {
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  kind: 'ClusterRole',
  plural: 'clusterroles',
  namespaced: false,
  verbs: [],
};

describe('resourcePath', () => {
  it.each([
    [resourcePath(PODS), '/api/v1/pods'],
    [resourcePath(PODS, { namespace: 'shop' }), '/api/v1/namespaces/shop/pods'],
    [resourcePath(PODS, { namespace: 'shop', name: 'web' }), '/api/v1/namespaces/shop/pods/web'],
    [resourcePath(PODS, { namespace: 'shop', name: 'web' }, 'status'), '/api/v1/namespaces/shop/pods/web/status'],
    [resourcePath(ROLES, { name: 'system:node' }), '/apis/rbac.authorization.k8s.io/v1/clusterroles/system%3Anode'],
    [resourcePath(ROLES, { namespace: 'ignored', name: 'a' }), '/apis/rbac.authorization.k8s.io/v1/clusterroles/a'],
  ])('%s', (path, expected) => {
    expect(path).toBe(expected);
  });

  it('keeps any name inside its segment', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: fc.constantFrom('.', '/', '%', '?', '#', 'a', '한') }), (name) => {
        fc.pre(!['.', '..'].includes(name));
        const url = new URL(resourcePath(PODS, { namespace: 'shop', name }), 'https://server');
        expect(url.pathname.startsWith('/api/v1/namespaces/shop/pods/')).toBe(true);
        expect(url.pathname.split('/')).toHaveLength(7);
        expect(url.search + url.hash).toBe('');
      }),
    );
  });

  it.each(['', '.', '..'])('refuses the name "%s", which would address something else', (name) => {
    expect(() => resourcePath(PODS, { namespace: 'shop', name })).toThrow(TypeError);
  });
});

it('leaves out parameters that are off', () => {
  expect(withQuery('/x', { watch: true, force: false, limit: undefined, continue: '', a: 'b=c&d', n: 0 })).toBe(
    '/x?watch=true&a=b%3Dc%26d&n=0',
  );
  expect(withQuery('/x', { force: false })).toBe('/x');
});

it('names kinds and objects as people do', () => {
  expect(kindOf(PODS)).toEqual({ apiVersion: 'v1', kind: 'Pod' });
  expect(kindOf(ROLES)).toEqual({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole' });
  expect(describeObject('Pod', { namespace: 'shop', name: 'web' })).toBe('Pod shop/web');
  expect(describeObject('ClusterRole', { name: 'a' })).toBe('ClusterRole a');
});
