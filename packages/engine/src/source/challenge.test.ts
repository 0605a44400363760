import { describe, expect, it } from 'vitest';
import { readChallenge } from './challenge.ts';

const REALM = 'https://auth.example.com/token';
const BEARER = { scheme: 'bearer', realm: REALM, service: '', scope: '' };

describe('readChallenge', () => {
  it.each([
    ['Basic realm="x"', { scheme: 'basic' }],
    ['basic', { scheme: 'basic' }],
    [`Bearer realm="${REALM}"`, BEARER],
    [
      `Bearer realm="${REALM}",service="registry.example.com",scope="repository:a/b:pull,push"`,
      { ...BEARER, service: 'registry.example.com', scope: 'repository:a/b:pull,push' },
    ],
    [`bearer realm = ${REALM} , service=r`, { ...BEARER, service: 'r' }],
    [`Bearer realm="${REALM}", scope="with \\"quotes\\""`, { ...BEARER, scope: 'with "quotes"' }],
    [`Basic realm="x", Bearer realm="${REALM}",service="r"`, { ...BEARER, service: 'r' }],
    [`Bearer realm="${REALM}", Basic realm="x"`, BEARER],
    [['Basic realm="x"', `Bearer realm="${REALM}"`], BEARER],
    ['Bearer', undefined],
    ['Bearer service="r"', undefined],
    ['Negotiate', undefined],
    ['Digest realm="x", nonce="y", Basic realm="z"', { scheme: 'basic' }],
    ['', undefined],
    [undefined, undefined],
  ])('%j', (header, expected) => {
    expect(readChallenge(header)).toEqual(expected);
  });

  it('reads a hostile header in a time that follows its length', () => {
    const begun = performance.now();
    readChallenge(`Bearer ${'a=,'.repeat(100_000)}`);
    readChallenge(`Bearer ${' '.repeat(100_000)}`);
    readChallenge(`Bearer x="${'\\'.repeat(100_001)}`);
    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});
