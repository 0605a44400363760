import { expect, it } from 'vitest';
import { checkReleaseName } from './release-name.ts';

it.each(['web', 'a', 'a.b-c.d0', 'x'.repeat(53)])('takes %s', (name) => {
  expect(() => checkReleaseName(name)).not.toThrow();
});

it.each(['Web', 'a_b', '-a', 'a-', 'a..b', 'a b', 'x'.repeat(54)])('refuses %s', (name) => {
  expect(() => checkReleaseName(name)).toThrow(
    `release name check failed: release name "${name}": invalid release name, must match regex ^[a-z0-9]`,
  );
});

it('refuses no name', () => {
  expect(() => checkReleaseName('')).toThrow('release name "": no name provided');
});
