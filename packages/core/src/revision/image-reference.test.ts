import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fullReference, siteReference } from './image-reference.ts';

const DIGEST = `sha256:${'0'.repeat(64)}`;

describe('fullReference', () => {
  it.each([
    ['nginx', 'docker.io/library/nginx'],
    ['nginx:1.27', 'docker.io/library/nginx:1.27'],
    [`nginx@${DIGEST}`, `docker.io/library/nginx@${DIGEST}`],
    [`nginx:1.27@${DIGEST}`, `docker.io/library/nginx:1.27@${DIGEST}`],
    ['library/nginx', 'docker.io/library/nginx'],
    ['grafana/loki:3.6', 'docker.io/grafana/loki:3.6'],
    ['a/b/c', 'docker.io/a/b/c'],
    ['docker.io/nginx', 'docker.io/library/nginx'],
    ['docker.io/library/nginx', 'docker.io/library/nginx'],
    ['index.docker.io/nginx', 'docker.io/library/nginx'],
    ['index.docker.io/grafana/loki', 'docker.io/grafana/loki'],
    ['quay.io/a/b:1', 'quay.io/a/b:1'],
    ['localhost/a', 'localhost/a'],
    ['localhost:5000/a:1', 'localhost:5000/a:1'],
    ['registry:5000/a', 'registry:5000/a'],
    ['10.0.0.1/a', '10.0.0.1/a'],
    ['Registry/a', 'Registry/a'],
    ['localhosts/a', 'docker.io/localhosts/a'],
  ])('%s is %s', (image, full) => {
    expect(fullReference(image)).toBe(full);
  });

  it('of a full reference is itself', () => {
    const part = fc.stringMatching(/^[a-z0-9]([a-z0-9.:_-]{0,5}[a-z0-9])?$/);
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
        const full = fullReference(parts.join('/'));
        expect(fullReference(full)).toBe(full);
        expect(full.split('/').length).toBeGreaterThan(1);
      }),
    );
  });
});

describe('siteReference', () => {
  const mirror = { host: 'mirror.example:5000', rewrite: {} };
  const rewrite = {
    'docker.io/library': 'mirror/lib',
    'docker.io': 'mirror/hub',
    'docker.io/library/nginx:1.27': 'mirror/nginx:pinned',
    'quay.io/': 'mirror/quay/',
  };

  it.each([
    ['nginx', 'mirror.example:5000/docker.io/library/nginx'],
    ['quay.io/a/b:1', 'mirror.example:5000/quay.io/a/b:1'],
    [`a/b@${DIGEST}`, `mirror.example:5000/docker.io/a/b@${DIGEST}`],
    ['mirror.example:5000/a/b', 'mirror.example:5000/a/b'],
    ['mirror.example:5000x/a', 'mirror.example:5000/mirror.example:5000x/a'],
  ])('puts the host in front and keeps the original one: %s', (image, expected) => {
    expect(siteReference(image, mirror)).toBe(expected);
  });

  it.each([
    ['nginx', 'mirror/lib/nginx'],
    ['nginx:1.27', 'mirror/nginx:pinned'],
    ['nginx:1.27.1', 'mirror/lib/nginx:1.27.1'],
    ['nginx:1.27-alpine', 'mirror/lib/nginx:1.27-alpine'],
    [`nginx:1.27@${DIGEST}`, `mirror/nginx:pinned@${DIGEST}`],
    ['docker.io/libraryx/nginx', 'mirror/hub/libraryx/nginx'],
    ['quay.io/a', 'mirror/quay/a'],
    ['quay.iox/a', 'quay.iox/a'],
    ['ghcr.io/a', 'ghcr.io/a'],
  ])('replaces the longest prefix that ends at a boundary: %s', (image, expected) => {
    expect(siteReference(image, { host: undefined, rewrite })).toBe(expected);
  });

  it('prefers a prefix to the host, and leaves the reference as written without either', () => {
    expect(siteReference('nginx', { host: 'mirror.example', rewrite })).toBe('mirror/lib/nginx');
    expect(siteReference('ghcr.io/a', { host: 'mirror.example', rewrite })).toBe('mirror.example/ghcr.io/a');
    expect(siteReference('nginx', { host: undefined, rewrite: {} })).toBe('nginx');
  });

  it('never gives two images of different hosts the same reference', () => {
    const image = fc
      .tuple(fc.constantFrom('docker.io', 'quay.io', 'a.b:1'), fc.constantFrom('x', 'x/y'))
      .map((parts) => parts.join('/'));
    fc.assert(
      fc.property(image, image, (a, b) => {
        expect(siteReference(a, mirror) === siteReference(b, mirror)).toBe(fullReference(a) === fullReference(b));
      }),
    );
  });
});
