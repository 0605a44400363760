import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type Lockfile, missingPlatforms } from './lockfile.ts';

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lockfile;

it('holds the packages of every platform: `npm ci` refuses a lockfile that does not', () => {
  expect(Object.keys(missingPlatforms(lock))).toEqual([]);
});

it('names no download addresses', () => {
  const addressed = Object.entries(lock.packages).filter(
    ([, { resolved, link }]) => resolved !== undefined && link !== true,
  );

  expect(addressed.map(([path]) => path)).toEqual([]);
});

it('reads platforms from names', () => {
  const packages = {
    a: {
      dev: true,
      optionalDependencies: {
        '@x/y-linux-arm64-musl': '1.0.0',
        '@x/y-win32-x64-msvc': '1.0.0',
        '@x/y-darwin-arm64': '1.0.0',
      },
    },
  };

  expect(missingPlatforms({ packages: { ...packages, 'node_modules/@x/y-darwin-arm64': {} } })).toEqual({
    'node_modules/@x/y-linux-arm64-musl': {
      version: '1.0.0',
      cpu: ['arm64'],
      libc: ['musl'],
      os: ['linux'],
      dev: true,
      optional: true,
    },
    'node_modules/@x/y-win32-x64-msvc': { version: '1.0.0', cpu: ['x64'], os: ['win32'], dev: true, optional: true },
  });
});
