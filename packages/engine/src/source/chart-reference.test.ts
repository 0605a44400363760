import { describe, expect, it } from 'vitest';
import { pullCommand, readReference } from './chart-reference.ts';

const PIN = `sha256:${'0123456789abcdef'.repeat(4)}`;
const REPOSITORY = 'https://charts.example.com/stable';

describe('readReference', () => {
  it.each([
    ['./web', { kind: 'local', path: './web' }],
    ['web-1.0.0.tgz', { kind: 'local', path: 'web-1.0.0.tgz' }],
    ['C:\\charts\\web', { kind: 'local', path: 'C:\\charts\\web' }],
    ['https://example.com/web.tgz', { kind: 'archive', url: 'https://example.com/web.tgz' }],
    ['HTTP://example.com/web.tgz', { kind: 'archive', url: 'HTTP://example.com/web.tgz' }],
    ['oci://ghcr.io/shop/web', { kind: 'registry', host: 'ghcr.io', path: 'shop/web', version: '' }],
    ['oci://localhost:5000/web:1.0.0', { kind: 'registry', host: 'localhost:5000', path: 'web', version: '1.0.0' }],
    ['oci://[::1]:5000/web:1.0.0_b.7', { kind: 'registry', host: '[::1]:5000', path: 'web', version: '1.0.0+b.7' }],
    ['oci://ghcr.io/a/b/c__d-e.f:1.0.0+b.7', { kind: 'registry', path: 'a/b/c__d-e.f', version: '1.0.0+b.7' }],
    [`oci://ghcr.io/web@${PIN}`, { kind: 'registry', host: 'ghcr.io', path: 'web', version: '', digest: PIN }],
    [`oci://ghcr.io/web:1.0.0@${PIN}`, { kind: 'registry', version: '1.0.0', digest: PIN }],
  ])('%s', (written, expected) => {
    expect(readReference(written, {})).toMatchObject(expected);
  });

  it('takes a name for a chart of the repository, a version and a digest', () => {
    const reference = readReference('web', { repository: REPOSITORY, version: '>=1 <2', digest: PIN });
    expect(reference).toEqual({
      kind: 'repository',
      repository: REPOSITORY,
      name: 'web',
      version: '>=1 <2',
      digest: PIN,
    });
    expect(readReference('oci://ghcr.io/web:1.0.0', { version: '1.0.0' })).toMatchObject({ version: '1.0.0' });
  });

  it.each([
    ['web', { repository: 'charts.example.com' }, 'starts with https://'],
    ['web', { repository: 'file:///charts' }, 'starts with https://'],
    ['../web', { repository: REPOSITORY }, 'only the name'],
    ['https://example.com/web.tgz', { repository: REPOSITORY }, 'only the name'],
    ['', { repository: REPOSITORY }, 'only the name'],
    ['ftp://example.com/web.tgz', {}, 'not fetched from ftp:'],
    ['oci://ghcr.io', {}, 'oci://HOST/PATH'],
    ['oci://ghcr.io/', {}, 'oci://HOST/PATH'],
    ['oci://ghcr.io/Web', {}, 'oci://HOST/PATH'],
    ['oci://ghcr.io/../web', {}, 'oci://HOST/PATH'],
    ['oci://user:secret@ghcr.io/web', {}, 'oci://HOST/PATH'],
    ['oci://ghcr.io/web@sha256:abc', {}, 'hexadecimal'],
    [`oci://ghcr.io/web@${PIN}`, { digest: PIN.replace('0', '1') }, 'it is not sha256:1'],
    ['oci://ghcr.io/web:1.0.0', { version: '1.0.1' }, '1.0.1 is asked for'],
    ['web', { repository: REPOSITORY, digest: 'md5:abc' }, 'hexadecimal'],
  ])('refuses %j with %j', (written, options, reason) => {
    expect(() => readReference(written, options)).toThrow(
      expect.objectContaining({
        code: 'CHART_REFERENCE_INVALID',
        details: { reference: expect.not.stringContaining('secret'), reason: expect.stringContaining(reason) },
      }),
    );
  });

  it.each(['latest', '1.0.0.0', '>>1'])('refuses the version %j', (version) => {
    expect(() => readReference('web', { repository: REPOSITORY, version })).toThrow(
      expect.objectContaining({ code: 'CHART_VERSION_INVALID' }),
    );
  });
});

describe('pullCommand', () => {
  it.each([
    ['./web', {}, './web'],
    ['https://reader:secret@example.com/web.tgz', {}, 'https://example.com/web.tgz'],
    [
      'web',
      { repository: 'https://reader:secret@example.com', version: '^1' },
      "web --repo https://example.com --version '^1'",
    ],
    ['web', { repository: REPOSITORY }, `web --repo ${REPOSITORY}`],
    ['oci://ghcr.io/web:1.0.0', {}, "oci://ghcr.io/web --version '1.0.0'"],
    [`oci://ghcr.io/web@${PIN}`, {}, `oci://ghcr.io/web@${PIN}`],
  ])('asks for %s with %j again, without its password', (written, options, expected) => {
    expect(pullCommand(readReference(written, options))).toBe(`naru chart pull ${expected}`);
  });
});
