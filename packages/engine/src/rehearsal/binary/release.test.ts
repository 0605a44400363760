import { NaruError } from '@naru/core';
import { expect, it } from 'vitest';
import { DEFAULT_KUBERNETES, resolveKubernetesVersion } from './release.ts';

it.each([
  ['1.36', '1.36.3'],
  ['1.34', '1.34.4'],
  ['v1.34', '1.34.4'],
  [' 1.35 ', '1.35.4'],
  ['1.34.2', '1.34.2'],
  ['v1.30.9', '1.30.9'],
  [DEFAULT_KUBERNETES, '1.36.3'],
])('%s stands for %s', (requested, version) => {
  expect(resolveKubernetesVersion(requested)).toBe(version);
});

it.each(['', '1', '1.2', '1.340', 'latest', '1.36.x', '1.36.3-rc.0', '../1.36.3'])(
  'refuses %j and says what there is',
  (requested) => {
    const failure = failureOf(() => resolveKubernetesVersion(requested));
    expect(failure.code).toBe('KUBERNETES_VERSION_UNKNOWN');
    expect(failure.exitCode).toBe(2);
    expect(failure.remedyIn('en')).toContain('1.36, 1.35, 1.34');
  },
);

function failureOf(action: () => unknown): NaruError {
  try {
    action();
  } catch (error) {
    if (error instanceof NaruError) return error;
  }
  throw new Error('nothing was refused');
}
