import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isManifest, isRecord, manifestFault } from './manifest.ts';
import { groupOf, keyOf, objectKey, parseObjectKey } from './object-key.ts';

describe('object keys', () => {
  it.each([
    [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }, 'Namespace//shop'],
    [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'shop' } }, 'ConfigMap/shop/a'],
    [
      { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a', namespace: 'shop' } },
      'Deployment.apps/shop/a',
    ],
    [
      { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'system:a' } },
      'ClusterRole.rbac.authorization.k8s.io//system:a',
    ],
  ])('%j is %s', (manifest, key) => {
    expect(keyOf(manifest)).toBe(key);
  });

  it('do not tell versions of a kind apart', () => {
    const metadata = { name: 'a' };
    expect(keyOf({ apiVersion: 'a.b/v1', kind: 'K', metadata })).toBe(
      keyOf({ apiVersion: 'a.b/v2beta1', kind: 'K', metadata }),
    );
  });

  it('are read back as they were written', () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
    const identity = fc.record({
      kind: fc.stringMatching(/^[A-Z][A-Za-z]{0,8}$/),
      group: fc.oneof(
        fc.constant(''),
        fc.array(word, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('.')),
      ),
      namespace: fc.oneof(fc.constant(''), word),
      name: fc.stringMatching(/^[a-z][a-z0-9.:/-]{0,12}$/),
    });
    fc.assert(
      fc.property(identity, (parts) => {
        expect(parseObjectKey(objectKey(parts))).toEqual(parts);
      }),
    );
  });

  it.each([
    ['v1', ''],
    ['apps/v1', 'apps'],
    ['a.b.c/v1', 'a.b.c'],
    ['', ''],
  ])('group of %s is %s', (apiVersion, group) => {
    expect(groupOf(apiVersion)).toBe(group);
  });
});

describe('manifestFault', () => {
  const good = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } };

  it.each([
    [null, 'it is not a map'],
    ['text', 'it is not a map'],
    [[good], 'it is not a map'],
    [{ ...good, apiVersion: undefined }, 'apiVersion is missing'],
    [{ ...good, apiVersion: '' }, 'apiVersion is missing'],
    [{ ...good, apiVersion: 1 }, 'apiVersion is missing'],
    [{ ...good, kind: '' }, 'kind is missing'],
    [{ ...good, metadata: undefined }, 'metadata is missing'],
    [{ ...good, metadata: [] }, 'metadata is missing'],
    [{ ...good, metadata: {} }, 'metadata.name is missing'],
    [{ ...good, metadata: { name: 5 } }, 'metadata.name is missing'],
    [{ ...good, metadata: { generateName: 'a-' } }, 'metadata.name is missing'],
    [{ ...good, metadata: { name: 'a', namespace: 5 } }, 'metadata.namespace is not a string'],
  ])('of %j', (value, fault) => {
    expect(manifestFault(value)).toBe(fault);
    expect(isManifest(value)).toBe(false);
  });

  it.each([
    good,
    { ...good, metadata: { name: 'a', namespace: 'b' } },
    { ...good, metadata: { name: 'a', namespace: null } },
  ])('is none in %j', (value) => {
    expect(manifestFault(value)).toBeUndefined();
    expect(isManifest(value)).toBe(true);
  });

  it('tells maps from everything else', () => {
    expect([{}, Object.create(null)].every(isRecord)).toBe(true);
    expect([null, undefined, [], '', 0, () => 1].some(isRecord)).toBe(false);
  });
});
